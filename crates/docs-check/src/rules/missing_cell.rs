//! DOC-CELL-MISSING.

use std::collections::BTreeMap;

use super::rule;
use crate::{
    Row,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds rows of parameters or fields without a description, without a word on whether they are required, or
    /// without an example, in tables that have a column for it. Examples are asked for where half of the rows have one.
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

fn check(page: &Page<'_>, findings: &mut Findings) {
    for table in &page.facts.tables {
        // Rows that lack the same cells lack them for one reason.
        let mut empty: BTreeMap<&[String], Vec<&Row>> = BTreeMap::new();
        for row in table.rows.iter().filter(|row| !row.empty_columns.is_empty()) {
            empty.entry(&row.empty_columns).or_default().push(row);
        }
        for (columns, rows) in empty {
            let columns = columns.join("” and “");
            let operation = page.facts.operation_at(table.span).map(|operation| operation.path.as_str());
            let names: Vec<String> = rows.iter().map(|row| format!("`{}`", row.name.text)).collect();
            let names = names.join(", ");
            let message = match rows.len() {
                1 => format!("the row of {names} has nothing under “{columns}”"),
                _ => format!("the rows of {names} have nothing under “{columns}”"),
            };
            let cause = format!("{names} {}", operation.unwrap_or_default());
            let spots = rows.iter().map(|row| (page.spot(row.span), "an empty cell".to_owned()));
            findings.report(&RULE, Draft::new(cause, message, "fill the cell").at_all(spots));
        }
    }
}
