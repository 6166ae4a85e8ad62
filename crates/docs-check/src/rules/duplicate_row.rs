//! DOC-ROW-DUPLICATE.

use std::collections::BTreeMap;

use super::rule;
use crate::{
    Span,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds tables that list one parameter, field, word or code twice.
    ///
    /// ## Why is this bad?
    /// If the two rows differ, one of them is wrong; if they do not, one is useless.
    ///
    /// ## Example
    /// ```text
    /// name | The boat's name
    /// name | The owner's name
    /// ```
    "DOC-ROW-DUPLICATE", "duplicate-row", Error, Tables
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    let facts = &page.facts;
    for table in &facts.tables {
        // Equal names at different places are different fields.
        let rows = table.rows.iter().map(|row| {
            let within = row.within.as_ref().map(|within| format!("{within}.")).unwrap_or_default();
            (format!("{within}{}", row.name.text), row.name.span)
        });
        report(page, rows, findings);
    }
    for list in &facts.word_lists {
        report(page, list.words.iter().map(|word| (word.text.to_string(), word.span)), findings);
    }
    report(page, facts.error_codes.iter().map(|code| (code.status.to_string(), code.span)), findings);
    report(page, facts.test_values.iter().map(|row| (row.value.text.to_string(), row.value.span)), findings);
}

fn report(page: &Page<'_>, names: impl Iterator<Item = (String, Span)>, findings: &mut Findings) {
    let mut places: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for (name, span) in names {
        places.entry(name).or_default().push(span);
    }
    for (name, mut spans) in places.into_iter().filter(|(_, spans)| spans.len() > 1) {
        // The later row is the one to look at.
        spans.rotate_left(1);
        let message = format!("`{name}` is listed {} times", spans.len());
        let spots = spans.into_iter().map(|span| (page.spot(span), format!("`{name}` here")));
        findings.report(&RULE, Draft::new(&name, message, "keep one of the rows").at_all(spots));
    }
}
