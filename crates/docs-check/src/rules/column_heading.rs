//! DOC-COLUMN.

use std::collections::BTreeMap;

use super::rule;
use crate::{
    corpus::Corpus,
    findings::{Draft, Findings},
    page::Page,
    spot::Spots,
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Finds column headings that stand once in the plural where the other tables have the singular, or the other way.
    ///
    /// ## Why is this bad?
    /// It harms no reader; programs that look for the column miss it.
    ///
    /// ## Example
    /// `Parameters | Description` beside three tables of `Parameter | Description`
    "DOC-COLUMN", "column-heading", Info, Tables, ColumnHeadings
}

/// A heading is usual if it stands at least so often.
const USUAL_MIN: usize = 3;

/// First headings of tables.
#[derive(Default)]
struct ColumnHeadings(BTreeMap<String, Spots>);

impl Watch for ColumnHeadings {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        for table in &page.facts.tables {
            if let Some(first) = table.columns.first() {
                self.0.entry(first.clone()).or_default().push(page.spot(table.header));
            }
        }
    }

    fn conclude(self: Box<Self>, _: &Corpus<'_>, findings: &mut Findings) {
        for (heading, spots) in &self.0 {
            let other = heading.strip_suffix('s').map_or_else(|| format!("{heading}s"), str::to_owned);
            let Some(usual) = self.0.get(other.as_str()) else { continue };
            if usual.len() < USUAL_MIN || usual.len() <= spots.len() {
                continue;
            }
            let message =
                format!("a column is called “{heading}”, and “{other}” in {} other tables", usual.len());
            let places = spots.iter().map(|spot| (spot, format!("“{heading}” here")));
            findings.report(&RULE, Draft::new(heading, message, "call it the same").at_all(places));
        }
    }
}
