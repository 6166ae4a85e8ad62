//! DOC-HOST-MISSING.

use super::{
    rule,
    whole_documentation::{first_call, nowhere, tells_host},
};
use crate::corpus::{Corpus, Findings};

rule! {
    /// ## What it does
    /// Finds documentation whose operations have paths only, without a base URL anywhere.
    ///
    /// ## Why is this bad?
    /// Nobody can make the first call.
    ///
    /// ## Example
    /// `GET /boats`, and no host on any page.
    "DOC-HOST-MISSING", "host-missing", Info, Completeness
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    if tells_host(corpus) {
        return;
    }
    if let Some(spot) = first_call(corpus) {
        findings.report(&RULE, nowhere("the host that serves them", "give the base URL", spot, "no host"));
    }
}
