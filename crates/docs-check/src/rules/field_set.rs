//! DOC-FIELDS.

use super::rule;
use crate::{
    TableKind,
    corpus::{Corpus, Draft, Findings},
    described::row_span,
    identifier::one_slip_apart,
};

rule! {
    /// ## What it does
    /// Compares the names in a table with those of the contract: parameters, members of a body, of a reply, of a
    /// model. Names that the contract holds by inference or by a ruling need not be in the table.
    ///
    /// ## Why is this bad?
    /// What only the table has is ignored by the API; what only the contract has is documented nowhere.
    ///
    /// ## Example
    /// A body table of `name` and `prot` where the contract has `name` and `port`.
    "DOC-FIELDS", "fields-against-contract", Error, Contract
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    for described in &corpus.described {
        let Some(read) = corpus.pages.get(described.page) else { continue };
        let Some(table) = read.facts.tables.get(described.table) else { continue };
        // Parameters of a path are compared with the path itself.
        if table.kind == TableKind::Path {
            continue;
        }
        let known = described.schema.names();
        let listed: Vec<&str> = table.rows.iter().map(|row| row.name.text.as_str()).collect();
        let subject = &described.subject;
        let mut missing: Vec<&str> = known
            .iter()
            .map(String::as_str)
            .filter(|name| !listed.contains(name) && !corpus.is_name_variant(name))
            .filter(|name| described.schema.member(name).is_some_and(|member| member.is_documented()))
            .collect();
        let unknown: Vec<&str> = listed
            .iter()
            .copied()
            .filter(|name| !known.contains(*name) && !corpus.is_name_variant(name))
            // Rows such as `owner.name` describe what is inside a member.
            .filter(|name| {
                name.split(['.', '[']).next().is_none_or(|first| first == *name || !known.contains(first))
            })
            .collect();
        for name in &unknown {
            // One name that nobody knows beside one that is missing: one is meant for the other.
            let paired = unknown.len() == 1 && missing.len() == 1;
            let near = missing.iter().position(|other| paired || one_slip_apart(name, other));
            let help = near.map(|index| missing.remove(index)).map_or_else(
                || "correct the name, or add it to the contract".to_owned(),
                |near| format!("the contract has `{near}`"),
            );
            let message = format!("{subject} has no `{name}` in the contract");
            let draft = Draft::new(format!("{subject} {name}"), message, help);
            findings.report(&RULE, draft.at(described.page, row_span(table, name), "not in the contract"));
        }
        if !missing.is_empty() {
            let missing = missing.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let message = format!("the table leaves out {missing}, which {subject} has in the contract");
            let draft = Draft::new(format!("{subject} {missing}"), message, "add the rows")
                .at(described.page, table.header, "the table")
                .weighing(crate::Severity::Warning);
            findings.report(&RULE, draft);
        }
    }
}
