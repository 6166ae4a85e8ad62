//! DOC-STATUS.

use super::rule;
use crate::{
    corpus::{Corpus, Draft, Findings},
    described,
};

rule! {
    /// ## What it does
    /// Compares a success status that stands with an operation with the contract's.
    ///
    /// ## Why is this bad?
    /// Clients that wait for one of the two take a success for a failure.
    ///
    /// ## Example
    /// `STATUS 201` where the contract answers 200.
    "DOC-STATUS", "success-status", Error, Contract
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let Some(contract) = corpus.contract else { return };
    for (page, read) in corpus.pages() {
        for status in read.facts.statuses.iter().filter(|status| status.code < 400) {
            let declared = read.facts.operation_at(status.span);
            let Some(operation) = declared.and_then(|declared| described::operation(contract, declared))
            else {
                continue;
            };
            let (id, expected) = (operation.spec.id, operation.spec.status);
            if status.code != expected {
                let message = format!("{id} answers {expected} in the contract, and {} here", status.code);
                let draft = Draft::new(id, message, "state one status");
                findings.report(&RULE, draft.at(page, status.span, format!("{expected} in the contract")));
            }
        }
    }
}
