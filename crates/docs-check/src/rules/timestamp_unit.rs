//! DOC-TIMESTAMP-UNIT.

use std::{cell::LazyCell, collections::BTreeMap};

use super::rule;
use crate::{
    FaultKind, Span,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds numbers of milliseconds that a comment or a row calls a Unix timestamp, without a word on the unit.
    ///
    /// ## Why is this bad?
    /// A Unix timestamp counts seconds: who believes the words lands in the year 55000.
    ///
    /// ## Example
    /// `"sunkOn": 1678724487099 // A Unix timestamp`
    "DOC-TIMESTAMP-UNIT", "timestamp-unit", Warning, Types
}

/// Seconds have ten digits until the year 2286, milliseconds thirteen since 2001.
const MILLISECONDS_MIN: u64 = 1_000_000_000_000;

fn check(page: &Page<'_>, findings: &mut Findings) {
    let described = LazyCell::new(|| {
        let mut described: BTreeMap<&str, Span> = BTreeMap::new();
        for row in page.facts.tables.iter().flat_map(|table| &table.rows) {
            if let Some(description) = &row.description {
                described.entry(&row.name.text).or_insert(description.span);
            }
        }
        described
    });
    for example in &page.facts.examples {
        for member in &example.members {
            let number: Option<u64> = page.text.slice(member.value_span).parse().ok();
            if number.is_none_or(|number| number < MILLISECONDS_MIN) {
                continue;
            }
            let line = page.text.position_of(member.value_span.start).line;
            let comment = example.faults.iter().find(|fault| {
                fault.kind == FaultKind::Comment && page.text.position_of(fault.span.start).line == line
            });
            let row = described.get(member.key.as_str()).copied();
            let told = comment.map(|fault| fault.span).or(row);
            let Some(told) = told.filter(|span| calls_it_unix(page.text.slice(*span))) else { continue };
            let message = format!("`{}` is called a Unix timestamp and shows milliseconds", member.key);
            let draft = Draft::new(member.key.as_str(), message, "say that it counts milliseconds");
            findings.report(
                &RULE,
                draft
                    .at(page.spot(told), "a Unix timestamp")
                    .at(page.spot(member.value_span), "milliseconds"),
            );
        }
    }
}

fn calls_it_unix(words: &str) -> bool {
    let lower = words.to_lowercase();
    (lower.contains("unix time") || lower.contains("epoch"))
        && !lower.contains("milli")
        && !lower.contains("(ms)")
}
