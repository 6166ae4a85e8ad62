//! Which fields of a schema must be there, and under what condition.

use std::collections::BTreeMap;

use serde_json::Value;

use super::schemas::Part;
use crate::edition::surface::{Field, Need};

/// Which fields must be there: always, or under a condition.
pub(super) fn needs(parts: &[Part<'_>], fields: &mut BTreeMap<String, Field>) {
    let strings = |schema: Option<&Value>| -> Vec<String> {
        let list = schema.and_then(Value::as_array).into_iter().flatten();
        list.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    for part in parts {
        for keyword in ["anyOf", "oneOf"] {
            let ways = part.schema.get(keyword).and_then(Value::as_array).into_iter().flatten();
            let groups: Vec<Vec<&str>> = ways.filter_map(required_only).collect();
            for group in &groups {
                let others: Vec<String> =
                    groups.iter().filter(|other| *other != group).map(|other| other.join(" and ")).collect();
                condition(fields, group, &format!("without {}", others.join(" or ")));
            }
        }
        let mut branch = Some(part.schema);
        while let Some(schema) = branch {
            let told = schema.get("if").map(Value::to_string).unwrap_or_default();
            for (key, words) in [("then", "if"), ("else", "unless")] {
                let asked = strings(schema.get(key).and_then(|then| then.get("required")));
                let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
                condition(fields, &asked, &format!("{words} {told}"));
            }
            branch = schema.get("else").and_then(Value::as_object).filter(|inner| inner.contains_key("if"));
        }
        let dependent = part.schema.get("dependentRequired").and_then(Value::as_object);
        for (name, asked) in dependent.into_iter().flatten() {
            let asked = strings(Some(asked));
            let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
            condition(fields, &asked, &format!("with {name}"));
        }
    }
    for name in parts.iter().flat_map(|part| strings(part.schema.get("required"))) {
        if let Some(field) = fields.get_mut(&name) {
            field.need = Need::Required;
        }
    }
}

fn condition(fields: &mut BTreeMap<String, Field>, names: &[&str], told: &str) {
    for name in names {
        if let Some(field) = fields.get_mut(*name) {
            field.need = match &field.need {
                Need::Conditional(known) => Need::Conditional(format!("{known}, or {told}")),
                _ => Need::Conditional(told.to_owned()),
            };
        }
    }
}

/// The members that a schema asks for, if it asks for nothing else.
pub(super) fn required_only(schema: &Value) -> Option<Vec<&str>> {
    let schema = schema.as_object().filter(|schema| schema.len() == 1)?;
    Some(schema.get("required")?.as_array()?.iter().filter_map(Value::as_str).collect())
}
