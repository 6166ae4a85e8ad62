//! DOC-LINE-LENGTH.

use super::rule;
use crate::{
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds lines of more than a hundred thousand bytes.
    ///
    /// ## Why is this bad?
    /// Such a line is data that got into a document, or a document that has lost its line breaks. Sentences this long
    /// are not read for facts, so that what is in them is not checked.
    ///
    /// ## Example
    /// A picture in Base64 in the middle of a page.
    "DOC-LINE-LENGTH", "endless-line", Info, Form
}

const LENGTH_MAX: usize = 100_000;

fn check(page: &Page<'_>, findings: &mut Findings) {
    let endless = page.text.lines().filter(|line| line.end - line.start > LENGTH_MAX);
    for line in endless.take(LINES_MAX) {
        let message = format!("a line has {} bytes, and sentences in it are not read", line.end - line.start);
        let start = crate::Span::new(line.start, line.start);
        let draft = Draft::new("", message, "take data out of the document, or break its lines");
        findings.report(&RULE, draft.at(page.spot(start), "the line begins here"));
    }
}

/// Documents with more endless lines are data.
const LINES_MAX: usize = 5;
