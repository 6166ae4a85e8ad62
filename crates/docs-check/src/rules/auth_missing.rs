//! DOC-AUTH-MISSING.

use super::{
    rule,
    whole_documentation::{FirstCall, nowhere, tells_authentication},
};
use crate::{corpus::Corpus, findings::Findings, page::Page, watch::Watch};

rule! {
    /// ## What it does
    /// Finds documentation with operations that never says how a call is authenticated.
    ///
    /// ## Why is this bad?
    /// Every call of a new reader is refused.
    ///
    /// ## Example
    /// Operations without a word on keys, tokens or credentials.
    "DOC-AUTH-MISSING", "authentication-missing", Info, Completeness, AuthMissing
}

/// What is told so far.
#[derive(Default)]
struct AuthMissing {
    first_call: FirstCall,
    told: bool,
}

impl Watch for AuthMissing {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        self.first_call.look(page);
        self.told = self.told || tells_authentication(page);
    }

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        if self.told {
            return;
        }
        if let Some(spot) = self.first_call.of_whole(corpus) {
            let (what, help) = ("how a call is authenticated", "say which header or token a call carries");
            findings.report(&RULE, nowhere(what, help, spot, "no call can be authenticated"));
        }
    }
}
