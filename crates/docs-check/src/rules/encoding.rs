//! DOC-UTF8.

use super::rule;
use crate::{
    Severity,
    findings::{Draft, Findings},
    limits::{DOCUMENT_BYTES_MAX, mebibytes},
    page::Page,
    text::Encoding,
};

rule! {
    /// ## What it does
    /// Finds documents that are no text, bytes that are not UTF-8, and text in UTF-16.
    ///
    /// ## Why is this bad?
    /// Every reader guesses another character, and what stands around the bytes cannot be compared. Of what is no text
    /// nothing is checked.
    ///
    /// ## Example
    /// The byte `E9` where `é` is meant.
    "DOC-UTF8", "invalid-utf8", Error, Form
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    let start = crate::Span::new(0, 0);
    match page.text.encoding() {
        Encoding::Binary => {
            let draft = Draft::new(
                "binary",
                "the document is no text, and nothing of it is checked",
                "give the text",
            );
            findings.report(&RULE, draft.at(page.spot(start), "no text"));
        }
        Encoding::TooLarge => {
            let megabytes = mebibytes(DOCUMENT_BYTES_MAX);
            let message = format!("the document has more than {megabytes} MiB, and nothing of it is checked");
            let draft = Draft::new("too-large", message, "part the document, or take data out of it");
            findings.report(&RULE, draft.at(page.spot(start), "too large"));
        }
        Encoding::Utf16 => {
            let draft = Draft::new("utf-16", "the document is written in UTF-16", "save it as UTF-8");
            findings.report(&RULE, draft.at(page.spot(start), "UTF-16").weighing(Severity::Info));
        }
        Encoding::Utf8 => {}
    }
    let invalid = page.text.invalid();
    let spots = invalid.iter().map(|span| (page.spot(*span), "not UTF-8".to_owned()));
    let count = invalid.len();
    let message = format!(
        "{count} {} not text",
        if count == 1 { "sequence of bytes is" } else { "sequences of bytes are" }
    );
    findings
        .report(&RULE, Draft::new("", message, "save the document as UTF-8").at_all(spots.take(SPOTS_MAX)));
}

/// Places beyond this many say nothing more: the document is not text.
const SPOTS_MAX: usize = 20;
