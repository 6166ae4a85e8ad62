//! DOC-FIELDS.

use super::rule;
use crate::{
    corpus::{Corpus, Draft, Findings},
    described::row_span,
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
        let known = described.schema.names();
        let listed: Vec<&str> = table.rows.iter().map(|row| row.name.text.as_str()).collect();
        let subject = &described.subject;
        for name in listed.iter().filter(|name| !known.contains(**name) && !corpus.is_name_variant(name)) {
            // Rows such as `owner.name` describe what is inside a member.
            if name.split(['.', '[']).next().is_some_and(|first| first != *name && known.contains(first)) {
                continue;
            }
            let message = format!("{subject} has no `{name}` in the contract");
            let help = "correct the name, or add it to the contract";
            let draft = Draft::new(format!("{subject} {name}"), message, help);
            findings.report(&RULE, draft.at(described.page, row_span(table, name), "not in the contract"));
        }
        let missing: Vec<String> = known
            .iter()
            .filter(|name| !listed.contains(&name.as_str()) && !corpus.is_name_variant(name))
            .filter(|name| described.schema.member(name).is_some_and(|member| member.is_documented()))
            .map(|name| format!("`{name}`"))
            .collect();
        if !missing.is_empty() {
            let missing = missing.join(", ");
            let message = format!("the table leaves out {missing}, which {subject} has in the contract");
            let draft = Draft::new(format!("{subject} {missing}"), message, "add the rows")
                .at(described.page, table.header, "the table")
                .weighing(crate::Severity::Warning);
            findings.report(&RULE, draft);
        }
    }
}
