//! Facts as JSON, each place with its lines and columns, and the schema of that JSON.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    Document, Facts, Span,
    extract::{Reading, read},
    text::Text,
};

/// What documents state, as `estoppel docs extract --format json` writes it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Facts of documents")]
struct FactSheet {
    /// Version of this form: 1.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// The documents, in the order given.
    documents: Vec<DocumentFacts>,
}

/// One document and what it states.
#[derive(Debug, Serialize, JsonSchema)]
struct DocumentFacts {
    /// Its name.
    file: String,
    /// What it states.
    facts: Facts,
}

/// What documents state, as JSON. Each place has its bytes, and its lines and columns from one.
pub fn fact_sheet(documents: &[Document<'_>]) -> Value {
    let sheets = documents.iter().map(|document| {
        let Reading { text, mut facts, .. } = read(document.bytes);
        facts.relocate(|span| text.in_source(span));
        json!({"file": document.name, "facts": with_lines(&facts, &text)})
    });
    json!({"version": 1, "documents": sheets.collect::<Vec<_>>()})
}

/// The JSON Schema of [`fact_sheet`].
pub fn fact_sheet_schema() -> Value {
    let mut schema = schemars::schema_for!(FactSheet).to_value();
    let span = schema.pointer_mut("/$defs/Span").and_then(Value::as_object_mut);
    if let Some(span) = span {
        let told = [
            ("line", "Line of the first character, from one."),
            ("column", "Column of the first character, from one, in characters."),
            ("endLine", "Line of the end."),
            ("endColumn", "Column after the last character."),
        ];
        for (name, description) in told {
            let number = json!({"description": description, "type": "integer", "minimum": 1});
            if let Some(properties) = span.get_mut("properties").and_then(Value::as_object_mut) {
                properties.insert(name.to_owned(), number);
            }
            if let Some(required) = span.get_mut("required").and_then(Value::as_array_mut) {
                required.push(name.into());
            }
        }
    }
    schema
}

fn with_lines(facts: &Facts, text: &Text<'_>) -> Value {
    let mut value = serde_json::to_value(facts).unwrap_or_default();
    // What an example says is the document's own, whatever it looks like.
    let mut said = Vec::new();
    for example in value.get_mut("examples").and_then(Value::as_array_mut).into_iter().flatten() {
        said.push(example.get_mut("value").map(Value::take));
    }
    add_lines(&mut value, text);
    let examples = value.get_mut("examples").and_then(Value::as_array_mut).into_iter().flatten();
    for (example, said) in examples.zip(said) {
        if let (Some(place), Some(said)) = (example.get_mut("value"), said) {
            *place = said;
        }
    }
    value
}

/// Facts are a few levels deep, so that this may call itself.
fn add_lines(value: &mut Value, text: &Text<'_>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| add_lines(item, text)),
        Value::Object(members) => {
            let offset = |name: &str| {
                let number = members.get(name).and_then(Value::as_u64);
                number.and_then(|number| usize::try_from(number).ok())
            };
            match (offset("start"), offset("end")) {
                (Some(start), Some(end)) if members.len() == 2 => {
                    members.extend(lines(Span::new(start, end), text));
                }
                _ => members.values_mut().for_each(|member| add_lines(member, text)),
            }
        }
        _ => {}
    }
}

fn lines(span: Span, text: &Text<'_>) -> Map<String, Value> {
    let (start, end) = (text.position(span.start), text.position(span.end));
    let numbers =
        [("line", start.line), ("column", start.column), ("endLine", end.line), ("endColumn", end.column)];
    numbers.into_iter().map(|(name, number)| (name.to_owned(), number.into())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_lines() {
        let page = "# A\n\n```json\n{\"start\": 1, \"end\": 2}\n```\n";
        let sheet = fact_sheet(&[Document { name: "a.md", bytes: page.as_bytes() }]);
        let facts = &sheet["documents"][0]["facts"];
        assert_eq!(
            facts["headings"][0]["span"],
            json!({"start": 2, "end": 3, "line": 1, "column": 3, "endLine": 1, "endColumn": 4})
        );
        assert_eq!(facts["examples"][0]["value"], json!({"start": 1, "end": 2}));
    }

    #[test]
    fn sheets_fit_their_schema() {
        let schema = fact_sheet_schema();
        assert!(schema["$defs"]["Span"]["required"].as_array().is_some_and(|names| names.len() == 6));
        let checker = estoppel_contract::Checker::new(schema).unwrap();
        let page = "# A\n\n`GET /boats`\n\nKey | Description\n--|--\nrig | One of `sloop` or `yawl`\n\n```json\n{\"a\": 1,}\n```\n";
        let sheet = fact_sheet(&[Document { name: "a.md", bytes: page.as_bytes() }]);
        assert_eq!(checker.check(&sheet).len(), 0);
        assert_eq!(checker.check(&json!({"version": 2, "documents": []})).len(), 1);
    }
}
