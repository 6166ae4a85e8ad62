//! DOC-UTF8.

use super::rule;
use crate::corpus::{Corpus, Draft, Findings, Spot};

rule! {
    /// ## What it does
    /// Finds bytes that are not UTF-8.
    ///
    /// ## Why is this bad?
    /// Every reader guesses another character, and what stands around the bytes cannot be compared.
    ///
    /// ## Example
    /// The byte `E9` where `é` is meant.
    "DOC-UTF8", "invalid-utf8", Error, Form
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    for (page, read) in corpus.pages() {
        let spots =
            read.text.invalid().iter().map(|span| (Spot { page, span: *span }, "not UTF-8".to_owned()));
        let count = read.text.invalid().len();
        let message =
            format!("{count} {} not UTF-8", if count == 1 { "sequence is" } else { "sequences are" });
        findings.report(
            &RULE,
            Draft::new("", message, "save the document as UTF-8").at_all(spots.take(SPOTS_MAX)),
        );
    }
}

/// Places beyond this many say nothing more: the document is not text.
const SPOTS_MAX: usize = 20;
