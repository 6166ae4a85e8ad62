//! Whether a JSON value keeps a schema, and each way in which it does not.

use jsonschema::{
    JsonType, Validator,
    error::{TypeKind, ValidationErrorKind},
    paths::LocationSegment,
};
use serde::Serialize;
use serde_json::{Map, Value};

mod sample;

use crate::{Bounded, JsonPointer, Segment, parse_timestamp};
pub(crate) use sample::Sample;

/// One way in which a value breaks its schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// The offending place. A missing member is named by the place where it should be.
    pub pointer: JsonPointer,
    /// The schema keyword that is broken, such as `required`.
    pub keyword: String,
    /// What was expected there, in a few words.
    pub expected: String,
    /// What is there: its type and shape, never its value.
    pub actual: String,
}

impl Violation {
    /// A violation of a rule that no schema keyword holds.
    pub fn new(pointer: JsonPointer, keyword: &str, expected: impl Into<String>, actual: &Value) -> Self {
        Self { pointer, keyword: keyword.to_owned(), expected: expected.into(), actual: masked(actual) }
    }
}

/// Decides whether values keep a schema.
///
/// Formats are asserted: `date-time` and `date` as RFC 3339 writes them, `uuid` with hyphens.
#[derive(Debug)]
pub struct Checker {
    schema: Value,
    validator: Validator,
}

impl Checker {
    /// A checker for a schema that stands alone.
    ///
    /// Fails where the schema itself is not one.
    pub fn new(schema: Value) -> Result<Self, String> {
        let validator = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .with_format("uuid", |text: &str| text.len() == 36 && uuid::Uuid::try_parse(text).is_ok())
            .with_format("date-time", |text: &str| parse_timestamp(text).is_some())
            .with_format("date", |text: &str| text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok())
            .build(&schema)
            .map_err(|error| error.to_string())?;
        Ok(Self { schema, validator })
    }

    /// The schema.
    pub const fn schema(&self) -> &Value {
        &self.schema
    }

    /// Whether the value keeps the schema.
    pub fn accepts(&self, value: &Value) -> bool {
        self.validator.is_valid(value)
    }

    /// Every violation, one for each place, in the order in which the schema declares its members.
    pub fn check(&self, value: &Value) -> Vec<Violation> {
        self.check_whole(value, usize::MAX).first
    }

    /// As [`check`](Self::check), but at most `max` violations, and how many more there are. Faulty items of an array
    /// beyond the first `max` count once each. Time and memory grow with the value, not with its faults.
    pub fn check_first(&self, value: &Value, max: usize) -> Bounded<Violation> {
        if self.accepts(value) {
            return Bounded::default();
        }
        let sampled = Sample::of(self, value, max).map(|sample| self.check_sample(&sample, max));
        match sampled {
            Ok(violations) if !violations.is_empty() => violations,
            // Only an array as a whole is at fault, such as by its length.
            _ => self.check_whole(value, max),
        }
    }

    /// The violations in a sample, each at its place in the document that it is taken from.
    pub(crate) fn check_sample(&self, sample: &Sample, max: usize) -> Bounded<Violation> {
        let mut found = self.check_whole(&sample.value, max);
        found.first.iter_mut().for_each(|violation| sample.restore(&mut violation.pointer));
        found.omitted += sample.faulty_omitted;
        found
    }

    fn check_whole(&self, value: &Value, max: usize) -> Bounded<Violation> {
        let mut violations = Vec::new();
        let mut omitted = 0;
        for error in self.validator.iter_errors(value) {
            collect(&error, max, &mut violations, &mut omitted);
        }
        // A value of the wrong type also misses its words and formats; its type says it all.
        let rank = |violation: &Violation| usize::from(violation.keyword != "type");
        violations.sort_by_cached_key(|violation| {
            (self.declared_place(&violation.pointer), violation.pointer.clone(), rank(violation))
        });
        violations.dedup_by(|later, first| later.pointer == first.pointer);
        let bounded = Bounded::of(violations, max);
        Bounded { omitted: bounded.omitted + omitted, ..bounded }
    }

    /// The members of the value that the schema does not name.
    pub fn undeclared_members(&self, value: &Value) -> Vec<String> {
        self.undeclared(value).cloned().collect()
    }

    /// The members of the value that the schema does not name.
    pub(crate) fn undeclared<'v>(&self, value: &'v Value) -> impl Iterator<Item = &'v String> {
        let declared = self.properties(&self.schema);
        let keys = value.as_object().into_iter().flat_map(Map::keys);
        keys.filter(move |key| !declared.is_some_and(|all| all.contains_key(*key)))
    }

    /// Positions among declared members, outermost first.
    fn declared_place(&self, pointer: &JsonPointer) -> Vec<usize> {
        let mut schema = Some(&self.schema);
        let mut place = Vec::new();
        for segment in pointer.segments() {
            match segment {
                Segment::Key(key) => {
                    let properties = schema.and_then(|schema| self.properties(schema));
                    let index = properties.and_then(|all| all.keys().position(|known| known == key));
                    place.push(index.unwrap_or(usize::MAX));
                    schema = properties.and_then(|all| all.get(key));
                }
                Segment::Index(index) => {
                    place.push(*index);
                    schema = schema.and_then(|schema| self.resolve(schema).get("items"));
                }
            }
        }
        place
    }

    pub(crate) fn properties<'s>(&'s self, schema: &'s Value) -> Option<&'s Map<String, Value>> {
        self.resolve(schema).get("properties").and_then(Value::as_object)
    }

    pub(crate) fn resolve<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
        target.and_then(|target| self.schema.pointer(target)).unwrap_or(schema)
    }
}

fn collect(
    error: &jsonschema::ValidationError<'_>,
    max: usize,
    violations: &mut Vec<Violation>,
    omitted: &mut usize,
) {
    let pointer: JsonPointer = error
        .instance_path()
        .iter()
        .map(|segment| match segment {
            LocationSegment::Property(key) => Segment::Key(key.to_string()),
            LocationSegment::Index(index) => Segment::Index(index),
        })
        .collect();
    let kind = error.kind();
    if let ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } = kind
        && let Some(nearest) = nearest(context)
    {
        return nearest.iter().for_each(|error| collect(error, max, violations, omitted));
    }
    if let ValidationErrorKind::AdditionalProperties { unexpected } = kind {
        *omitted += unexpected.len().saturating_sub(max);
        violations.extend(unexpected.iter().take(max).map(|key| Violation {
            pointer: pointer.clone().child(Segment::Key(key.clone())),
            keyword: kind.keyword().to_owned(),
            expected: "no such member".to_owned(),
            actual: "a member".to_owned(),
        }));
        return;
    }
    let missing = match kind {
        ValidationErrorKind::Required { property } => property.as_str(),
        _ => None,
    };
    violations.push(Violation {
        keyword: kind.keyword().to_owned(),
        expected: expected(kind),
        actual: missing.map_or_else(|| masked(error.instance()), |_| "nothing".to_owned()),
        pointer: match missing {
            Some(key) => pointer.child(Segment::Key(key.to_owned())),
            None => pointer,
        },
    });
}

/// The branch that the value was most likely meant to keep: one whose constants it has, of which it lacks the fewest
/// members, with the fewest errors.
fn nearest<'c, 'e>(
    branches: &'c [Vec<jsonschema::ValidationError<'e>>],
) -> Option<&'c Vec<jsonschema::ValidationError<'e>>> {
    let is_constant = |error: &jsonschema::ValidationError<'_>| {
        matches!(error.kind(), ValidationErrorKind::Constant { .. })
    };
    let known = branches.iter().filter(|branch| !branch.is_empty());
    let lacks = |error: &&jsonschema::ValidationError<'_>| {
        matches!(error.kind(), ValidationErrorKind::Required { .. })
    };
    known.min_by_key(|branch| {
        (branch.iter().any(is_constant), branch.iter().filter(lacks).count(), branch.len())
    })
}

fn expected(kind: &ValidationErrorKind) -> String {
    match kind {
        ValidationErrorKind::Required { .. } => "a value".to_owned(),
        ValidationErrorKind::Type { kind: TypeKind::Single(json_type) } => type_name(*json_type).to_owned(),
        ValidationErrorKind::Type { kind: TypeKind::Multiple(types) } => {
            types.iter().map(type_name).collect::<Vec<_>>().join(" or ")
        }
        ValidationErrorKind::Enum { options } => {
            let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
            format!("one of {}", options.iter().map(Value::to_string).collect::<Vec<_>>().join(", "))
        }
        ValidationErrorKind::Constant { expected_value } => expected_value.to_string(),
        ValidationErrorKind::Format { format } => format!("format {format}"),
        ValidationErrorKind::Pattern { pattern } => format!("a match of {pattern}"),
        ValidationErrorKind::Minimum { limit } => format!("at least {limit}"),
        ValidationErrorKind::Maximum { limit } => format!("at most {limit}"),
        ValidationErrorKind::MinLength { limit } => format!("at least {limit} characters"),
        ValidationErrorKind::MaxLength { limit } => format!("at most {limit} characters"),
        ValidationErrorKind::MinItems { limit } => format!("at least {limit} items"),
        ValidationErrorKind::MaxItems { limit } => format!("at most {limit} items"),
        ValidationErrorKind::MultipleOf { multiple_of } => format!("a multiple of {multiple_of}"),
        ValidationErrorKind::Not { schema } => {
            let title = schema.get("title").and_then(Value::as_str);
            format!("not {}", title.map_or_else(|| schema.to_string(), str::to_owned))
        }
        other => format!("what {} asks", other.keyword()),
    }
}

const fn type_name(json_type: JsonType) -> &'static str {
    match json_type {
        JsonType::Array => "an array",
        JsonType::Boolean => "a boolean",
        JsonType::Integer => "an integer",
        JsonType::Null => "null",
        JsonType::Number => "a number",
        JsonType::Object => "an object",
        JsonType::String => "a string",
    }
}

/// What kind of value this is, without the value.
fn masked(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "a boolean".to_owned(),
        Value::Number(number) if number.is_f64() => "a decimal number".to_owned(),
        Value::Number(_) => "an integer".to_owned(),
        Value::String(text) if text.is_empty() => "an empty string".to_owned(),
        Value::String(text) => format!("a string of {} characters", text.chars().count()),
        Value::Array(items) => format!("an array of {} items", items.len()),
        Value::Object(members) => format!("an object of {} members", members.len()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(value: &Value, expected: &[(&str, &str, &str, &str)]) {
        let checker = Checker::new(json!({
            "type": "object",
            "required": ["vin", "kind"],
            "properties": {
                "vin": {"type": "string", "minLength": 2},
                "owner": {"$ref": "#/$defs/owner"},
                "kind": {"enum": ["a", "b"]},
            },
            "not": {"title": "both at once", "required": ["x", "y"]},
            "$defs": {"owner": {"type": "object", "properties": {"since": {"type": "string", "format": "date"}}}},
        }))
        .unwrap();
        let violations = checker.check(value);
        let actual: Vec<_> = violations
            .iter()
            .map(|v| (v.pointer.to_string(), v.keyword.clone(), v.expected.clone(), v.actual.clone()))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(a, b, c, d)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned(), (*d).to_owned()))
            .collect();
        assert_eq!(actual, expected);
        assert_eq!(checker.accepts(value), expected.is_empty());
    }

    #[test]
    fn of_many_violations_the_first_are_kept_and_the_others_counted() {
        let checker = Checker::new(json!({
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"type": "string"},
                "rows": {"type": "array", "maxItems": 30_000, "items": {"$ref": "#/$defs/row"}},
            },
            "$defs": {"row": {"type": "object", "required": ["cells"], "properties": {
                "cells": {"type": "array", "minItems": 2, "items": {"type": "integer"}},
            }}},
        }))
        .unwrap();
        let good = json!({"cells": [1, 2]});
        let mut rows = vec![good.clone(); 20_000];
        let check = |rows: &[Value], expected: &[&str], omitted: usize| {
            let found = checker.check_first(&json!({"name": "x", "rows": rows}), 3);
            let places: Vec<String> = found.first.iter().map(|found| found.pointer.to_string()).collect();
            assert_eq!(
                (places.as_slice(), found.omitted),
                (&expected.iter().map(ToString::to_string).collect::<Vec<_>>()[..], omitted)
            );
        };
        check(&rows, &[], 0);
        rows[15_000] = json!({"cells": ["x", 1]});
        rows[19_999] = json!({});
        check(&rows, &["/rows/15000/cells/0", "/rows/19999/cells"], 0);
        rows[7] = json!({"cells": vec![json!("x"); 10_000]});
        check(&rows, &["/rows/7/cells/0", "/rows/7/cells/1", "/rows/7/cells/2"], 9_997 + 2);
        check(&vec![good; 30_001], &["/rows"], 0);
        check(&vec![json!(null); 30_000], &["/rows/0", "/rows/1", "/rows/2"], 29_997);
    }

    #[test]
    fn of_several_shapes_the_one_that_was_meant_is_told() {
        let shape = |word: &str, data: &str| {
            json!({
                "required": ["type", "data"],
                "properties": {"type": {"const": word}, "data": {"type": data}},
            })
        };
        let checker = Checker::new(json!({"oneOf": [shape("a", "string"), shape("b", "number")]})).unwrap();
        let told = |value: &Value| {
            let violations = checker.check(value);
            violations
                .iter()
                .map(|found| (found.pointer.to_string(), found.expected.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(told(&json!({"type": "b", "data": null})), [("/data".to_owned(), "a number".to_owned())]);
        assert_eq!(told(&json!({"type": "b"})), [("/data".to_owned(), "a value".to_owned())]);
        assert_eq!(told(&json!({"type": "c", "data": "x"})), [("/type".to_owned(), "\"a\"".to_owned())]);
    }

    #[test]
    fn every_violation_is_told_in_declared_order_without_its_value() {
        check(&json!({"vin": "ab", "kind": "a"}), &[]);
        check(
            &json!({"kind": "secret", "owner": {"since": "2020-13-01"}}),
            &[
                ("/vin", "required", "a value", "nothing"),
                ("/owner/since", "format", "format date", "a string of 10 characters"),
                ("/kind", "enum", r#"one of "a", "b""#, "a string of 6 characters"),
            ],
        );
        check(
            &json!({"vin": null, "kind": "a", "x": 1, "y": 1}),
            &[
                ("", "not", "not both at once", "an object of 4 members"),
                ("/vin", "type", "a string", "null"),
            ],
        );
    }
}
