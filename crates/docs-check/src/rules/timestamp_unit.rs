//! DOC-TIMESTAMP-UNIT.

use super::rule;
use crate::{
    FaultKind,
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
            let rows = page.facts.tables.iter().flat_map(|table| &table.rows);
            let row = rows.filter(|row| row.name.text == member.key).find_map(|row| row.description.as_ref());
            let told = comment.map(|fault| fault.span).or(row.map(|word| word.span));
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
