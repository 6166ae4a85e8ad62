//! DOC-REQUIREDNESS-UNSTATED.

use super::rule;
use crate::{
    Table, TableKind,
    column::{Column, classify},
    corpus::Corpus,
    findings::{Draft, Findings},
    page::Page,
    spot::Spot,
    watch::Watch,
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
    "DOC-REQUIREDNESS-UNSTATED", "requiredness-unstated", Warning, Requiredness, Unstated
}

/// Tables without the column, and whether another table of a body has it.
#[derive(Default)]
struct Unstated {
    stated: bool,
    tables: Vec<(String, Spot)>,
}

impl Watch for Unstated {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        for table in &page.facts.tables {
            let states = states_requiredness(table);
            self.stated |= states && table.kind == TableKind::Body;
            if states || !matches!(table.kind, TableKind::Body | TableKind::Query) {
                continue;
            }
            let names: Vec<_> = table.rows.iter().map(|row| format!("`{}`", row.name.text)).collect();
            if !names.is_empty() {
                self.tables.push((names.join(", "), page.spot(table.header)));
            }
        }
    }

    fn conclude(self: Box<Self>, _: &Corpus<'_>, findings: &mut Findings) {
        for (names, spot) in self.tables.into_iter().filter(|_| self.stated) {
            let message = format!("the table does not say whether {names} must be sent");
            let draft = Draft::new(names, message, "add the column that the other body tables have");
            findings.report(&RULE, draft.at(spot, "no column on what is required"));
        }
    }
}

fn states_requiredness(table: &Table) -> bool {
    table.rows.iter().any(|row| row.requiredness.is_some())
        || table.columns.iter().any(|column| classify(column) == Column::Default)
}
