//! DOC-REQUIREDNESS-UNSTATED.

use super::rule;
use crate::{
    Table, TableKind,
    corpus::{Corpus, Draft, Findings},
};

rule! {
    /// ## What it does
    /// Finds tables of a request body without a column on what is required, in documents whose other body tables
    /// have one.
    ///
    /// ## Why is this bad?
    /// The reader cannot tell an oversight from “all” or “none”.
    ///
    /// ## Example
    /// `Parameter | Description` beside `Parameter | Description | Required?`.
    "DOC-REQUIREDNESS-UNSTATED", "requiredness-unstated", Warning, Requiredness
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    for (page, read) in corpus.pages() {
        let bodies = || read.facts.tables.iter().filter(|table| table.kind == TableKind::Body);
        if !bodies().any(states_requiredness) {
            continue;
        }
        for table in bodies().filter(|table| !states_requiredness(table)) {
            let names: Vec<_> = table.rows.iter().map(|row| format!("`{}`", row.name.text)).collect();
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
}
