//! Tables of parameters and members.

use estoppel_contract::Contract;
use serde_json::Value;

use super::Markdown;
use crate::member::{self, Member, description, members};

/// The parameters in a path or query.
pub(super) fn parameters(page: &mut Markdown, contract: &Contract, schema: &Value) {
    with_defaults(page, contract, "Parameter", &members(schema));
}

/// The members of a body; with a column of defaults where one has any.
pub(super) fn body(page: &mut Markdown, contract: &Contract, schema: &Value) {
    let members = members(schema);
    if members.iter().any(|member| member.schema.get("default").is_some()) {
        return with_defaults(page, contract, "Body Parameter", &members);
    }
    let rows = members.iter().map(|member| row(contract, member));
    page.table(["Body Parameter", "Type", "Description", "Required?"], rows);
}

fn with_defaults(page: &mut Markdown, contract: &Contract, heading: &str, members: &[Member<'_>]) {
    let rows = members.iter().map(|member| {
        let default = member.schema.get("default").map_or_else(String::new, |value| format!("`{value}`"));
        [
            member.name.to_owned(),
            type_in_words(contract, member.schema),
            default,
            description(member.schema).to_owned(),
            member.need.to_string(),
        ]
    });
    page.table([heading, "Type", "Default", "Description", "Required?"], rows);
}

/// The members of an object that is received; nothing for an object without any.
pub(super) fn object(page: &mut Markdown, contract: &Contract, members: &[Member<'_>]) {
    if members.is_empty() {
        page.paragraph("An object without members.");
    } else {
        page.table(
            ["Key", "Type", "Description", "Always there?"],
            members.iter().map(|member| row(contract, member)),
        );
    }
}

fn row(contract: &Contract, member: &Member<'_>) -> [String; 4] {
    [
        member.name.to_owned(),
        type_in_words(contract, member.schema),
        description(member.schema).to_owned(),
        member.need.to_string(),
    ]
}

/// The type of a value: `string (uuid)`, `array of objects`, with a link to the model that it is.
pub(super) fn type_in_words(contract: &Contract, schema: &Value) -> String {
    if let Some(name) = member::target(schema) {
        let words = contract.model(name).is_some_and(|model| member::words(&model.schema).is_some());
        let kind = if words { "string, one of" } else { "object," };
        return format!("{kind} {}", link(name));
    }
    if let Some(constant) = schema.get("const").and_then(Value::as_str) {
        return format!("string, always `{constant}`");
    }
    if let Some(items) = schema.get("items") {
        let item = type_in_words(contract, items);
        return format!("array of {}", item.trim_start_matches("object, "));
    }
    let alternatives = ["oneOf", "anyOf"].into_iter().find_map(|keyword| schema.get(keyword)?.as_array());
    if let Some(alternatives) = alternatives.filter(|_| !schema.get("type").is_some_and(Value::is_string)) {
        let told: Vec<String> =
            alternatives.iter().map(|alternative| type_in_words(contract, alternative)).collect();
        return told.join(" or ");
    }
    let kind = match schema.get("type") {
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => "object".to_owned(),
    };
    match schema.get("format").and_then(Value::as_str) {
        Some(format) => format!("{kind} ({format})"),
        None => kind,
    }
}

/// A link to a model or vocabulary of the page.
pub(super) fn link(name: &str) -> String {
    format!("[{name}](#{})", name.to_lowercase())
}
