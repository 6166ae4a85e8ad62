//! DOC-COLUMN.

use std::collections::BTreeMap;

use super::rule;
use crate::corpus::{Corpus, Draft, Findings, Spot};

rule! {
    /// ## What it does
    /// Finds column headings that stand once in the plural where the other tables have the singular, or the other way.
    ///
    /// ## Why is this bad?
    /// It harms no reader; programs that look for the column miss it.
    ///
    /// ## Example
    /// `Parameters | Description` beside three tables of `Parameter | Description`
    "DOC-COLUMN", "column-heading", Info, Tables
}

/// A heading is usual if it stands at least so often.
const USUAL_MIN: usize = 3;

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let mut headings: BTreeMap<&str, Vec<Spot>> = BTreeMap::new();
    for (page, read) in corpus.pages() {
        for table in &read.facts.tables {
            if let Some(first) = table.columns.first() {
                headings.entry(first).or_default().push(Spot { page, span: table.header });
            }
        }
    }
    for (heading, spots) in &headings {
        let other = heading.strip_suffix('s').map_or_else(|| format!("{heading}s"), str::to_owned);
        let Some(usual) = headings.get(other.as_str()) else { continue };
        if usual.len() < USUAL_MIN || usual.len() <= spots.len() {
            continue;
        }
        let message =
            format!("a column is called “{heading}”, and “{other}” in {} other tables", usual.len());
        let places = spots.iter().map(|spot| (*spot, format!("“{heading}” here")));
        findings.report(&RULE, Draft::new(*heading, message, "call it the same").at_all(places));
    }
}
