//! DOC-AUTH-MISSING.

use std::collections::BTreeSet;

use estoppel_contract::{Authentication, Contract, CredentialHeader};

use super::{
    rule,
    whole_documentation::{FirstCall, nowhere, tells_authentication},
};
use crate::{
    corpus::Corpus,
    findings::{Draft, Findings},
    page::Page,
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Finds documentation with operations that never says how a call is authenticated, or never names a header that
    /// every call carries in the contract.
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
    /// Headers of the contract that a document names.
    named: BTreeSet<&'static str>,
}

impl Watch for AuthMissing {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        self.first_call.look(page);
        self.told = self.told || tells_authentication(page);
        let text = page.text.as_str();
        let headers = page.contract.map(headers).unwrap_or_default().iter().map(|header| header.name);
        self.named.extend(headers.filter(|name| text.contains(name)));
    }

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        let Some(spot) = self.first_call.of_whole(corpus) else { return };
        if self.told {
            let headers = corpus.contract.map(headers).unwrap_or_default();
            for name in headers.iter().map(|header| header.name).filter(|name| !self.named.contains(name)) {
                let message = format!(
                    "every call carries the header `{name}` in the contract, and no document names it"
                );
                let draft = Draft::new(name, message, "say that calls carry the header");
                findings.report(&RULE, draft.at(spot, "no call can be authenticated"));
            }
        } else {
            let (what, help) = ("how a call is authenticated", "say which header or token a call carries");
            findings.report(&RULE, nowhere(what, help, spot, "no call can be authenticated"));
        }
    }
}

/// The headers that every call carries beside its secret.
const fn headers(contract: &Contract) -> &'static [CredentialHeader] {
    match contract.service.authentication {
        Authentication::Secret { headers, .. } => headers,
        Authentication::ClientCredentials { .. } => &[],
    }
}
