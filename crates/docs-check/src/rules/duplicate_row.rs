//! DOC-ROW-DUPLICATE.

use smol_str::{SmolStr, format_smolstr};

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
            let name = row.name.text.clone();
            (
                row.within.as_ref().map_or(name.clone(), |within| format_smolstr!("{within}.{name}")),
                row.name.span,
            )
        });
        report(page, rows, findings);
    }
    for list in &facts.word_lists {
        report(page, list.words.iter().map(|word| (word.text.clone(), word.span)), findings);
    }
    for table in facts.refusals.chunk_by(|left, right| left.header == right.header) {
        report(page, table.iter().map(|row| (row.name.text.clone(), row.name.span)), findings);
    }
    report(
        page,
        facts.error_codes.iter().map(|code| (SmolStr::from(code.status.to_string()), code.span)),
        findings,
    );
    report(page, facts.test_values.iter().map(|row| (row.value.text.clone(), row.value.span)), findings);
}

fn report(page: &Page<'_>, names: impl Iterator<Item = (SmolStr, Span)>, findings: &mut Findings) {
    let mut names: Vec<(SmolStr, Span)> = names.collect();
    names.sort_by(|(left, _), (right, _)| left.cmp(right));
    for alike in names.chunk_by(|(left, _), (right, _)| left == right).filter(|alike| alike.len() > 1) {
        // The later row is the one to look at.
        let (Some((name, first)), later) = (alike.first(), alike.iter().skip(1)) else { continue };
        let spans = later.map(|(_, span)| span).chain([first]);
        let message = format!("`{name}` is listed {} times", alike.len());
        let spots = spans.map(|span| (page.spot(*span), format!("`{name}` here")));
        findings.report(&RULE, Draft::new(name.as_str(), message, "keep one of the rows").at_all(spots));
    }
}
