//! DOC-AUTH-MISSING.

use super::{
    rule,
    whole_documentation::{first_call, nowhere, tells_authentication},
};
use crate::corpus::{Corpus, Findings};

rule! {
    /// ## What it does
    /// Finds documentation with operations that never says how a call is authenticated.
    ///
    /// ## Why is this bad?
    /// Every call of a new reader is refused.
    ///
    /// ## Example
    /// Operations without a word on keys, tokens or credentials.
    "DOC-AUTH-MISSING", "authentication-missing", Info, Completeness
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    if tells_authentication(corpus) {
        return;
    }
    if let Some(spot) = first_call(corpus) {
        findings.report(
            &RULE,
            nowhere(
                "how a call is authenticated",
                "say which header or token a call carries",
                spot,
                "no call can be authenticated",
            ),
        );
    }
}
