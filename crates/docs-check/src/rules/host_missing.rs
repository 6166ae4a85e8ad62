//! DOC-HOST-MISSING.

use super::{
    rule,
    whole_documentation::{FirstCall, nowhere, tells_host},
};
use crate::{corpus::Corpus, findings::Findings, page::Page, watch::Watch};

rule! {
    /// ## What it does
    /// Finds documentation whose operations have paths only, without a base URL anywhere.
    ///
    /// ## Why is this bad?
    /// Nobody can make the first call.
    ///
    /// ## Example
    /// `GET /boats`, and no host on any page.
    "DOC-HOST-MISSING", "host-missing", Info, Completeness, HostMissing
}

/// What is told so far.
#[derive(Default)]
struct HostMissing {
    first_call: FirstCall,
    told: bool,
}

impl Watch for HostMissing {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        self.first_call.look(page);
        self.told = self.told || tells_host(page);
    }

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        if self.told {
            return;
        }
        if let Some(spot) = self.first_call.of_whole(corpus) {
            let (what, help) = ("the host that serves them", "give the base URL");
            findings.report(&RULE, nowhere(what, help, spot, "no host"));
        }
    }
}
