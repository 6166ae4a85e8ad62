//! DOC-EXAMPLE-CELL.

use serde_json::Value;

use super::rule;
use crate::{
    Example, Role, Table,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Compares the example in the row of a field with the example object beside the table. It tells an example that
    /// the object shows for another field, and one of another type.
    ///
    /// ## Why is this bad?
    /// The cell was copied from another row, or one of the two is out of date.
    ///
    /// ## Example
    /// `owner | Who owns it | +12223334444` beside `{"phone": "+12223334444", "owner": "Jane Doe"}`
    "DOC-EXAMPLE-CELL", "example-cell", Error, Tables
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    for table in &page.facts.tables {
        for draft in compare(page, table) {
            findings.report(&RULE, draft);
        }
    }
}

fn compare(page: &Page<'_>, table: &Table) -> Vec<Draft> {
    if table.rows.iter().all(|row| row.example.is_none()) {
        return Vec::new();
    }
    let Some(part) = page.facts.subject_part(table.span) else { return Vec::new() };
    let mut examples = page.facts.examples_in(part).iter();
    let certain = |example: &&Example| example.role != Role::Refusal && example.is_certain();
    let Some(example) = examples.find(certain) else { return Vec::new() };
    let value = page.value_of(example);
    let shown = |key: &str| value.as_ref().and_then(|value| value.get(key));
    let mut drafts = Vec::new();
    for row in &table.rows {
        let (Some(cell), Some(value)) = (&row.example, shown(&row.name.text)) else { continue };
        let text = as_text(value);
        if text.is_none() || text.as_deref() == Some(cell.text.as_str()) {
            continue;
        }
        let key = &row.name.text;
        let other = table.rows.iter().find(|other| {
            other.name.text != *key
                && shown(&other.name.text).and_then(Value::as_str) == Some(cell.text.as_str())
        });
        let message = match other {
            Some(other) => format!("the example of `{key}` is that of `{}`", other.name.text),
            None if unlike(&cell.text, value) => {
                format!("the example of `{key}` is of another type than in the object")
            }
            None => continue,
        };
        let member = example.members.iter().find(|member| member.key == *key);
        let shown = text.unwrap_or_default();
        let mut draft = Draft::new(key.as_str(), message, format!("the object shows `{shown}`"));
        draft = draft.at(page.spot(cell.span), "this example");
        if let Some(member) = member {
            draft = draft.at(page.spot(member.value_span), "the object's");
        }
        drafts.push(draft);
    }
    drafts
}

/// A value as a cell shows it; objects and arrays are shown by none.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// Whether one is a number or a boolean, and the other is not.
fn unlike(cell: &str, value: &Value) -> bool {
    let cell: Value = serde_json::from_str(cell).unwrap_or(Value::Null);
    match value {
        Value::Number(_) => !cell.is_number(),
        Value::Bool(_) => !cell.is_boolean(),
        _ => false,
    }
}
