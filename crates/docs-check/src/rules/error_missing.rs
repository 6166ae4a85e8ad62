//! DOC-ERROR-MISSING.

use super::{
    rule,
    whole_documentation::{first_call, nowhere, tells_errors},
};
use crate::corpus::{Corpus, Findings};

rule! {
    /// ## What it does
    /// Finds documentation with operations that shows no error: no status, no body, no table of codes.
    ///
    /// ## Why is this bad?
    /// Clients are written as if every call succeeds.
    ///
    /// ## Example
    /// Operations that only show what a success looks like.
    "DOC-ERROR-MISSING", "error-missing", Info, Completeness
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    if tells_errors(corpus) {
        return;
    }
    if let Some(spot) = first_call(corpus) {
        findings.report(
            &RULE,
            nowhere("an error reply", "show what an error looks like", spot, "no error is told"),
        );
    }
}
