//! DOC-CELL-MISSING.

use super::rule;
use crate::corpus::{Corpus, Draft, Findings};

rule! {
    /// ## What it does
    /// Finds rows of parameters or fields without a description, or without a word on whether they are required,
    /// in tables that have a column for it.
    ///
    /// ## Why is this bad?
    /// The reader learns that the field exists and not what to put there.
    ///
    /// ## Example
    /// ```text
    /// Parameter | Description | Required?
    /// sailPlan  |             | Y
    /// ```
    "DOC-CELL-MISSING", "missing-cell", Warning, Tables
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    for (page, read) in corpus.pages() {
        for row in read.facts.tables.iter().flat_map(|table| &table.rows) {
            if row.empty_columns.is_empty() {
                continue;
            }
            let columns = row.empty_columns.join("” and “");
            let operation = read.facts.operation_at(row.span).map(|operation| operation.path.as_str());
            let name = &row.name.text;
            let message = format!("the row of `{name}` has nothing under “{columns}”");
            let cause = format!("{name} {}", operation.unwrap_or_default());
            findings.report(
                &RULE,
                Draft::new(cause, message, "fill the cell").at(page, row.span, "an empty cell"),
            );
        }
    }
}
