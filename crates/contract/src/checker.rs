//! Whether a JSON value keeps a schema, and each way in which it does not.

use jsonschema::{
    JsonType, Validator,
    error::{TypeKind, ValidationErrorKind},
    paths::LocationSegment,
};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{JsonPointer, Segment, parse_timestamp};

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
        let mut violations = Vec::new();
        for error in self.validator.iter_errors(value) {
            collect(&error, &mut violations);
        }
        // A value of the wrong type also misses its words and formats; its type says it all.
        let rank = |violation: &Violation| usize::from(violation.keyword != "type");
        violations.sort_by_cached_key(|violation| {
            (self.declared_place(&violation.pointer), violation.pointer.clone(), rank(violation))
        });
        violations.dedup_by(|later, first| later.pointer == first.pointer);
        violations
    }

    /// The members of the value that the schema does not name.
    pub fn undeclared_members(&self, value: &Value) -> Vec<String> {
        let Some(object) = value.as_object() else { return Vec::new() };
        let declared = self.properties(&self.schema);
        object.keys().filter(|key| !declared.is_some_and(|all| all.contains_key(*key))).cloned().collect()
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

    fn properties<'s>(&'s self, schema: &'s Value) -> Option<&'s Map<String, Value>> {
        self.resolve(schema).get("properties").and_then(Value::as_object)
    }

    fn resolve<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
        target.and_then(|target| self.schema.pointer(target)).unwrap_or(schema)
    }
}

fn collect(error: &jsonschema::ValidationError<'_>, violations: &mut Vec<Violation>) {
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
        return nearest.iter().for_each(|error| collect(error, violations));
    }
    if let ValidationErrorKind::AdditionalProperties { unexpected } = kind {
        violations.extend(unexpected.iter().map(|key| Violation {
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
