//! Schemas out of tables and examples.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{
    Sheet,
    draft::{self, camel, merge, sentence},
};
use crate::{Example, LimitKind, Requiredness, Row, Span, Table, identifier::words};

/// Objects in objects deeper than this are drafted as objects of any kind.
const DEPTH_MAX: usize = 32;

/// A parameter in the path or the query.
pub(super) fn parameter(sheet: &Sheet<'_>, row: &Row, name: &str, place: &str) -> Value {
    let mut parameter = json!({"name": name, "in": place});
    if place == "path" || row.requiredness == Some(Requiredness::Required) {
        merge(&mut parameter, "required", true.into());
    }
    if let Some(description) = &row.description {
        merge(&mut parameter, "description", sentence(&description.text).into());
    }
    if row.deprecated.is_some() {
        merge(&mut parameter, "deprecated", true.into());
    }
    merge(&mut parameter, "schema", of_row(sheet, row));
    merge(&mut parameter, "x-source", sheet.source(row.name.span));
    parameter
}

/// The object that a table describes.
pub(super) fn object_schema(sheet: &Sheet<'_>, table: &Table) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for row in table.members() {
        let mut property = of_row(sheet, row);
        if let Some(description) = &row.description {
            merge(&mut property, "description", sentence(&description.text).into());
        }
        if row.deprecated.is_some() {
            merge(&mut property, "deprecated", true.into());
        }
        merge(&mut property, "x-source", sheet.source(row.name.span));
        properties.entry(row.name.text.clone()).or_insert(property);
        if row.requiredness == Some(Requiredness::Required) {
            required.push(row.name.text.as_str());
        }
    }
    let mut schema = json!({"type": "object"});
    merge(&mut schema, "properties", Value::Object(properties));
    merge(&mut schema, "required", json!(once(required)));
    merge(&mut schema, "x-source", sheet.source(table.span));
    schema
}

/// Words in order, each once, as schemas want them.
pub(super) fn once<'w>(words: impl IntoIterator<Item = &'w str>) -> Vec<&'w str> {
    let mut known = BTreeSet::new();
    words.into_iter().filter(|word| known.insert(*word)).collect()
}

/// What an example shows, as far as it is certain.
pub(super) fn example_schema(sheet: &Sheet<'_>, example: &Example) -> Value {
    let mut schema = match &example.value {
        Some(value) if example.is_certain() => of_value(value, DEPTH_MAX),
        _ => json!({}),
    };
    merge(&mut schema, "x-source", sheet.source(example.span));
    schema
}

/// A name for the object of a table: what the sentence before it or its heading calls it.
pub(super) fn name_of(sheet: &Sheet<'_>, table: &Table) -> String {
    let introduction = table.introduction.map(|span| sheet.text.slice(span)).unwrap_or_default();
    let spoken: Vec<&str> = introduction.split_whitespace().collect();
    let object = spoken.windows(2).find_map(|pair| match pair {
        [name, word] if word.to_lowercase().starts_with("object") => Some(*name),
        _ => None,
    });
    let capital = |name: &&str| name.starts_with(char::is_uppercase) && name.chars().any(char::is_lowercase);
    let heading = sheet.facts.subject_at(table.span).map_or("Object", |heading| heading.title.as_str());
    let name = camel(&words(object.filter(capital).unwrap_or(heading)));
    let mut letters = name.chars();
    let name: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    draft::key(&name)
}

fn of_row(sheet: &Sheet<'_>, row: &Row) -> Value {
    let mut schema = stated(row.stated_type.as_ref().map(|stated| stated.text.as_str()));
    let words = once(row.words.iter().map(|word| word.text.as_str()));
    if !words.is_empty() {
        schema = one_of(sheet, row, &schema, &words);
    }
    if schema.get("type").is_none() {
        schema = shown(sheet, row).unwrap_or(schema);
    }
    for limit in &row.limits {
        let keyword = match limit.kind {
            LimitKind::Maximum => "maximum",
            LimitKind::Minimum => "minimum",
            LimitKind::LengthMaximum => "maxLength",
            LimitKind::LengthMinimum => "minLength",
        };
        let number: Value = serde_json::from_str(&limit.value.text.replace(',', "")).unwrap_or_default();
        // A length is a whole number.
        let fits = number.is_u64() || (number.is_number() && !keyword.ends_with("Length"));
        if fits {
            merge(&mut schema, keyword, number);
        }
    }
    let typed = |text: &str| match schema.get("type").and_then(Value::as_str) {
        Some("string") => Value::from(text),
        _ => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)),
    };
    let default = row.default.as_ref().filter(|default| !default.text.contains(' '));
    let default = default.map(|default| typed(&default.text));
    let example = row.example.as_ref().map(|example| typed(&example.text));
    merge(&mut schema, "default", default.unwrap_or_default());
    merge(&mut schema, "examples", example.map(|example| json!([example])).unwrap_or_default());
    schema
}

/// The words that a row lists, as its type writes them; `x-enumSource` is where the list stands that is not in the row.
fn one_of(sheet: &Sheet<'_>, row: &Row, stated: &Value, words: &[&str]) -> Value {
    if words.iter().all(|word| ["true", "false"].contains(word)) {
        return json!({"type": "boolean"});
    }
    let kind = stated.get("type").and_then(Value::as_str).unwrap_or_default();
    let numbers: Option<Vec<Value>> =
        words.iter().map(|word| serde_json::from_str(word).ok().filter(Value::is_number)).collect();
    let mut schema = match numbers {
        Some(numbers) if ["integer", "number"].contains(&kind) => json!({"type": kind, "enum": numbers}),
        _ => json!({"type": "string", "enum": words}),
    };
    let (first, last) = (row.words.first(), row.words.last());
    if let (Some(first), Some(last)) = (first, last)
        && !row.span.contains(first.span)
    {
        merge(&mut schema, "x-enumSource", sheet.source(Span::new(first.span.start, last.span.end)));
    }
    schema
}

/// What words such as `integer` or `uuid` say of a value.
fn stated(words: Option<&str>) -> Value {
    let first = words.unwrap_or_default().to_lowercase();
    let first = first.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    match first {
        "boolean" | "bool" => json!({"type": "boolean"}),
        "integer" | "int" => json!({"type": "integer"}),
        "number" | "decimal" | "float" | "double" => json!({"type": "number"}),
        "array" | "list" => json!({"type": "array"}),
        "object" => json!({"type": "object"}),
        "uuid" | "guid" => json!({"type": "string", "format": "uuid"}),
        "date" => json!({"type": "string", "format": "date"}),
        "datetime" | "timestamp" => json!({"type": "string", "format": "date-time"}),
        "string" | "text" => json!({"type": "string"}),
        _ => json!({}),
    }
}

/// What the first certain example with this key shows.
fn shown(sheet: &Sheet<'_>, row: &Row) -> Option<Value> {
    let examples = sheet.facts.examples.iter().filter(|example| example.is_certain());
    let mut values = examples.filter_map(|example| {
        let member = example.members.iter().find(|member| member.key == row.name.text)?;
        example.value.as_ref()?.pointer(&member.pointer)
    });
    values.find(|value| !value.is_null()).map(|value| of_value(value, DEPTH_MAX))
}

fn of_value(value: &Value, depth: usize) -> Value {
    match value {
        Value::Null => json!({}),
        Value::Bool(_) => json!({"type": "boolean"}),
        Value::Number(number) if number.is_f64() => json!({"type": "number"}),
        Value::Number(_) => json!({"type": "integer"}),
        Value::String(_) => json!({"type": "string"}),
        Value::Array(items) => {
            let first = items.first().filter(|_| depth > 0);
            let mut schema = json!({"type": "array"});
            merge(&mut schema, "items", first.map(|item| of_value(item, depth - 1)).unwrap_or_default());
            schema
        }
        Value::Object(members) => {
            let mut schema = json!({"type": "object"});
            if depth > 0 {
                let shown = members.iter().map(|(name, value)| (name.clone(), of_value(value, depth - 1)));
                merge(&mut schema, "properties", Value::Object(shown.collect()));
            }
            schema
        }
    }
}
