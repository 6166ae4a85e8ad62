//! DOC-TYPE.

use super::rule;
use crate::{
    findings::{Draft, Findings},
    page::Page,
    schema_view::SchemaView,
};

rule! {
    /// ## What it does
    /// Compares a type that a table states, in a column or in words such as “(boolean)” or “An integer …”, with the
    /// contract's: what kind of value it is, its format, what its items are, and which object it links.
    ///
    /// ## Why is this bad?
    /// Clients send or expect the wrong kind of value.
    ///
    /// ## Example
    /// “An integer with the price” where the contract has a number with cents.
    "DOC-TYPE", "stated-type", Warning, Contract
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    for described in &page.described {
        let Some(table) = page.facts.tables.get(described.table) else { continue };
        for row in table.members() {
            let name = row.name.text.as_str();
            let Some(stated) = &row.stated_type else { continue };
            let Some(member) = described.schema.member(name) else { continue };
            // What a type links stands in the document, not in what it says.
            let source = page.text.slice(stated.span);
            let Some((here, there)) = difference(page, &stated.text, source, &member) else { continue };
            let subject = &described.subject;
            let message =
                format!("`{name}` is called {} here and is {} in {subject}", article(&here), article(&there));
            let draft = Draft::new(format!("{subject} {name}"), message, "state one type");
            findings.report(&RULE, draft.at(page.spot(stated.span), format!("{there} in the contract")));
        }
    }
}

/// What a type is called here and what it is, where the two differ: in their kind, their format, their items or the
/// object that they are.
fn difference(page: &Page<'_>, stated: &str, source: &str, member: &SchemaView) -> Option<(String, String)> {
    if answers_another_question(stated) {
        return Some((stated.to_owned(), member.type_name().unwrap_or("one of several").to_owned()));
    }
    let actual = member.type_name()?;
    if !agrees(stated, member) {
        return Some((stated.to_owned(), actual.to_owned()));
    }
    if let (Some(format), Some(known)) = (format_of(stated), member.format())
        && FORMATS.contains(&format)
        && FORMATS.contains(&known)
        && format != known
    {
        return Some((stated.to_owned(), format!("{actual} ({known})")));
    }
    let items = stated.strip_prefix("array of ").or_else(|| stated.strip_prefix("list of "));
    if let (Some(told), Some(items)) = (items, member.items()) {
        // The plural is how sentences write it.
        let told = if source.contains("](#") { "object" } else { told.trim_end_matches('s') };
        let kind = items.type_name()?;
        let words = items.words().is_some() && told == "object";
        if !agrees(told, &items) && !words {
            return Some((stated.to_owned(), format!("array of {kind}")));
        }
        return other_model(page, source, &items)
            .map(|known| (stated.to_owned(), format!("array of {known}")));
    }
    other_model(page, source, member).map(|known| (stated.to_owned(), known))
}

/// Formats that are told apart; others name what no schema asserts.
const FORMATS: [&str; 9] = ["uuid", "date", "date-time", "time", "uri", "email", "int32", "int64", "uint64"];

/// The format in brackets after a type.
fn format_of(stated: &str) -> Option<&str> {
    let (_, rest) = stated.split_once(" (")?;
    rest.split_once(')').map(|(format, _)| format)
}

/// The model that a member is, where the type links another model of the contract.
fn other_model(page: &Page<'_>, source: &str, member: &SchemaView) -> Option<String> {
    let mut links = source.split("](#");
    let linked = links.next()?.rsplit_once('[')?.1;
    let alone = links.count() == 1;
    let known = member.model()?;
    let is_model = page.models.iter().any(|model| model.name == linked);
    (alone && is_model && linked != known).then(|| known.to_owned())
}

/// Whether a cell for the type says whether the field is required.
fn answers_another_question(stated: &str) -> bool {
    let word = stated.to_lowercase();
    ["y", "n", "yes", "no", "required", "optional"].contains(&word.as_str()) || word.starts_with("y if ")
}

/// Whether a stated type fits the schema. Words that name no type of JSON fit everything.
fn agrees(stated: &str, member: &SchemaView) -> bool {
    let stated = stated.to_lowercase();
    let first = stated.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let actual = member.type_name().unwrap_or_default();
    match first {
        "boolean" | "bool" => actual == "boolean",
        "integer" | "int" => actual == "integer",
        "number" | "decimal" | "float" => actual == "number" || actual == "integer",
        "string" => actual == "string",
        "array" | "list" => actual == "array",
        "object" => actual == "object",
        "uuid" | "guid" => actual == "string" && member.format().is_none_or(|format| format == "uuid"),
        _ => true,
    }
}

fn article(kind: &str) -> String {
    let vowel = kind.to_lowercase().starts_with(['a', 'e', 'i', 'o']);
    format!("{} {kind}", if vowel { "an" } else { "a" })
}
