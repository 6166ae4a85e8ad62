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
    /// contract's.
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
            let Some(actual) = member.type_name() else { continue };
            if agrees(&stated.text, &member) {
                continue;
            }
            let subject = &described.subject;
            let message = format!(
                "`{name}` is called {} here and is {} in {subject}",
                article(&stated.text),
                article(actual)
            );
            let draft = Draft::new(format!("{subject} {name}"), message, "state one type");
            findings.report(&RULE, draft.at(page.spot(stated.span), format!("{actual} in the contract")));
        }
    }
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
    let vowel = kind.starts_with(['a', 'e', 'i', 'o']);
    format!("{} {kind}", if vowel { "an" } else { "a" })
}
