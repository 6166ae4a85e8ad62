//! DOC-STATUS.

use super::rule;
use crate::{
    Role, described,
    findings::{Draft, Findings},
    page::Page,
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

fn check(page: &Page<'_>, findings: &mut Findings) {
    let Some(contract) = page.contract else { return };
    let lines = page.facts.statuses.iter().map(|status| (status.code, status.span));
    // A status in a caption belongs to the example under it.
    let captions = page.facts.examples.iter().filter(|example| example.role == Role::Reply);
    let captions = captions.filter_map(|example| {
        let caption = example.caption.as_ref()?;
        let status = example.status.filter(|status| caption.text.contains(&status.to_string()))?;
        Some((status, caption.span))
    });
    for (status, span) in lines.chain(captions).filter(|(status, _)| *status < 400) {
        let declared = page.facts.operation_at(span);
        let Some(operation) = declared.and_then(|declared| described::operation(contract, declared)) else {
            continue;
        };
        let (id, expected) = (operation.spec.id, operation.spec.status);
        if status != expected {
            let message = format!("{id} answers {expected} in the contract, and {status} here");
            let draft = Draft::new(id, message, "state one status");
            findings.report(&RULE, draft.at(page.spot(span), format!("{expected} in the contract")));
        }
    }
}
