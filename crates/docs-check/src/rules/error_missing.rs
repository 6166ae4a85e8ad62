//! DOC-ERROR-MISSING.

use super::{
    rule,
    whole_documentation::{FirstCall, nowhere, tells_errors},
};
use crate::{corpus::Corpus, findings::Findings, page::Page, watch::Watch};

rule! {
    /// ## What it does
    /// Finds documentation with operations that shows no error: no status, no body, no table of codes.
    ///
    /// ## Why is this bad?
    /// Clients are written as if every call succeeds.
    ///
    /// ## Example
    /// Operations that only show what a success looks like.
    "DOC-ERROR-MISSING", "error-missing", Info, Completeness, ErrorMissing
}

/// What is told so far.
#[derive(Default)]
struct ErrorMissing {
    first_call: FirstCall,
    told: bool,
}

impl Watch for ErrorMissing {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        self.first_call.look(page);
        self.told = self.told || tells_errors(page);
    }

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        if self.told {
            return;
        }
        if let Some(spot) = self.first_call.of_whole(corpus) {
            let (what, help) = ("an error reply", "show what an error looks like");
            findings.report(&RULE, nowhere(what, help, spot, "no error is told"));
        }
    }
}
