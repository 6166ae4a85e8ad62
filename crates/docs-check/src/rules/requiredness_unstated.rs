//! DOC-REQUIREDNESS-UNSTATED.

use super::rule;
use crate::{
    Table, TableKind,
    column::{Column, classify},
    corpus::{Corpus, Draft, Findings},
};

rule! {
    /// ## What it does
    /// Finds tables of a request body or query without a column on what is required, in documents whose other body
    /// tables have one. A column of defaults says it too: what has a default may be left out.
    ///
    /// ## Why is this bad?
    /// The reader cannot tell an oversight from “all” or “none”.
    ///
    /// ## Example
    /// `Parameter | Description` beside `Parameter | Description | Required?`.
    "DOC-REQUIREDNESS-UNSTATED", "requiredness-unstated", Warning, Requiredness
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let tables = || corpus.pages.iter().flat_map(|read| &read.facts.tables);
    if !tables().any(|table| table.kind == TableKind::Body && states_requiredness(table)) {
        return;
    }
    for (page, read) in corpus.pages() {
        let asked = |table: &&Table| matches!(table.kind, TableKind::Body | TableKind::Query);
        for table in read.facts.tables.iter().filter(asked).filter(|table| !states_requiredness(table)) {
            let names: Vec<_> = table.rows.iter().map(|row| format!("`{}`", row.name.text)).collect();
            if names.is_empty() {
                continue;
            }
            let names = names.join(", ");
            let draft = Draft::new(
                &names,
                format!("the table does not say whether {names} must be sent"),
                "add the column that the other body tables have",
            );
            findings.report(&RULE, draft.at(page, table.header, "no column on what is required"));
        }
    }
}

fn states_requiredness(table: &Table) -> bool {
    table.rows.iter().any(|row| row.requiredness.is_some())
        || table.columns.iter().any(|column| classify(column) == Column::Default)
}
