//! What a schema states of each member, in the words in which a row of a page tells it.

use estoppel_contract::Contract;
use estoppel_docs_check::{LimitKind, Requiredness, Row};
use serde_json::Value;

/// Scheme and host of a base URL, and the path that all operations share.
pub(crate) fn host_and_path(url: &str) -> (&str, &str) {
    let host = url.find("://").unwrap() + 3;
    url.split_at(url[host..].find('/').map_or(url.len(), |path| host + path))
}

/// The model that a schema refers to, or the schema itself.
pub(crate) fn object_of<'c>(contract: &'c Contract, schema: &'c Value) -> &'c Value {
    model_of(schema).and_then(|name| contract.model(name)).map_or(schema, |model| &model.schema)
}

fn model_of(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix("#/$defs/")
}

pub(crate) fn members(schema: &Value) -> Vec<(&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten().collect()
}

pub(crate) fn words(schema: &Value) -> Option<Vec<String>> {
    let words = schema.get("enum")?.as_array()?.iter();
    words.map(|word| word.as_str().map(str::to_owned)).collect()
}

/// One line for each member: name, type, requiredness, default.
pub(crate) fn rows(contract: &Contract, schema: &Value) -> Vec<String> {
    let told = members(schema).into_iter().map(|(name, member)| {
        let default = member.get("default").map(Value::to_string).unwrap_or_default();
        format!("{name}: {} / {} / {default}", kind(contract, member), need(schema, name))
    });
    told.collect()
}

/// The same for a row of a page. Limits that its description states must be those of no other member.
pub(crate) fn row(row: &Row) -> String {
    let need = match &row.requiredness {
        Some(Requiredness::Required) => "always",
        Some(Requiredness::Optional) => "never",
        Some(Requiredness::Conditional(_)) => "depends",
        None => "unstated",
    };
    for limit in &row.limits {
        assert!(limit.value.text.parse::<f64>().is_ok(), "{:?} {}", limit.kind as LimitKind, row.name.text);
    }
    let default = row.default.as_ref().map(|word| word.text.to_string()).unwrap_or_default();
    let kind = row.stated_type.as_ref().map(|word| without_links(&word.text)).unwrap_or_default();
    format!("{}: {kind} / {need} / {default}", row.name.text)
}

/// `[Boat](#boat)` as `Boat`; no mark that only the page has stays.
fn without_links(text: &str) -> String {
    let mut told = String::new();
    for (index, part) in text.split('[').enumerate() {
        let linked = (index > 0).then(|| part.split_once(']')).flatten();
        match linked.and_then(|(name, rest)| Some((name, rest.split_once(')')?.1))) {
            Some((name, rest)) => told.extend([name, rest]),
            None => told.push_str(part),
        }
    }
    told.replace('`', "").replace("object, ", "").replace("string, one of ", "")
}

/// A type in words.
fn kind(contract: &Contract, schema: &Value) -> String {
    if let Some(name) = model_of(schema) {
        assert!(contract.model(name).is_some(), "{name}");
        return name.to_owned();
    }
    if let Some(constant) = schema.get("const").and_then(Value::as_str) {
        return format!("string, always {constant}");
    }
    if let Some(items) = schema.get("items") {
        return format!("array of {}", kind(contract, items));
    }
    let forms = ["oneOf", "anyOf"].into_iter().find_map(|keyword| schema.get(keyword)?.as_array());
    if let Some(forms) = forms.filter(|_| !schema.get("type").is_some_and(Value::is_string)) {
        return forms.iter().map(|form| kind(contract, form)).collect::<Vec<_>>().join(" or ");
    }
    let told = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        other => other.and_then(Value::as_str).unwrap_or("object").to_owned(),
    };
    match schema.get("format").and_then(Value::as_str) {
        Some(format) => format!("{told} ({format})"),
        None => told,
    }
}

fn need(schema: &Value, name: &str) -> &'static str {
    let asks = |part: &Value| {
        let required = part.get("required").and_then(Value::as_array);
        required.is_some_and(|required| required.iter().any(|known| known == name))
    };
    let mut conditional: Vec<&Value> = Vec::new();
    conditional.extend(schema.get("anyOf").and_then(Value::as_array).into_iter().flatten());
    let mut branch = Some(schema);
    while let Some(part) = branch.filter(|part| part.get("if").is_some()) {
        conditional.extend(part.get("then"));
        branch = part.get("else");
    }
    match (asks(schema), conditional.into_iter().any(asks)) {
        (true, _) => "always",
        (false, true) => "depends",
        (false, false) => "never",
    }
}

/// Text as a cell holds it, without marks around it.
pub(crate) fn plain(text: &str) -> String {
    let text = text.replace("\\|", "|").split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_matches(['`', '*']).to_owned()
}
