//! DOC-REQUIREDNESS.

use super::rule;
use crate::{
    Requiredness,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Compares what a table says must be sent with what the contract requires.
    ///
    /// ## Why is this bad?
    /// Clients leave out what is refused, or collect what nobody needs.
    ///
    /// ## Example
    /// `port | N` where the contract requires `port`.
    "DOC-REQUIREDNESS", "requiredness-against-contract", Error, Contract
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    for described in &page.described {
        let Some(table) = page.facts.tables.get(described.table) else { continue };
        for row in table.members() {
            let name = row.name.text.as_str();
            if described.schema.member(name).is_none() {
                continue;
            }
            let (stated, fact) = match (&row.requiredness, described.schema.requires(name)) {
                (Some(Requiredness::Required), Some(false)) => ("required", "optional"),
                (Some(Requiredness::Required), None) => ("required", "required only with or without others"),
                (Some(Requiredness::Optional), Some(true)) => ("optional", "required"),
                (Some(Requiredness::Optional), None) => ("optional", "required with or without others"),
                (Some(Requiredness::Conditional(_)), Some(true)) => {
                    ("required under a condition", "always required")
                }
                (Some(Requiredness::Conditional(_)), Some(false)) => {
                    ("required under a condition", "optional")
                }
                _ => continue,
            };
            let subject = &described.subject;
            let message = format!("`{name}` is {stated} here and {fact} in {subject} in the contract");
            let draft = Draft::new(format!("{subject} {name}"), message, "state in both what must be sent");
            let draft = draft.at(page.spot(row.name.span), format!("{fact} in the contract"));
            let name = row.name.text.clone();
            findings.later(&RULE, move |corpus| (!corpus.is_name_variant(&name)).then_some(draft));
        }
    }
}
