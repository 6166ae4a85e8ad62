//! DOC-AVAILABILITY.

use estoppel_contract::Availability;

use super::rule;
use crate::{
    NoticeKind, described,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Compares notices such as “not currently available” with whether the contract serves the operation.
    ///
    /// ## Why is this bad?
    /// Clients are written against what answers 404, or not written against what works.
    ///
    /// ## Example
    /// A notice beside an operation that the contract serves.
    "DOC-AVAILABILITY", "availability", Warning, Contract
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    let Some(contract) = page.contract else { return };
    for declared in &page.facts.operations {
        let Some(operation) = described::operation(contract, declared) else { continue };
        let notice =
            page.facts.notices.iter().find(|notice| {
                notice.kind == NoticeKind::NotAvailable && declared.scope.contains(notice.span)
            });
        let name = operation.spec.id;
        let (message, span) = match (operation.spec.availability, notice) {
            (Availability::Served, Some(notice)) => {
                (format!("the document calls {name} not available, and the contract serves it"), notice.span)
            }
            (Availability::Announced { .. }, None) => (
                format!("the contract only announces {name}, and the document does not say so"),
                declared.span,
            ),
            _ => continue,
        };
        let help = "say in both whether the operation is served";
        findings
            .report(&RULE, Draft::new(name, message, help).at(page.spot(span), "compare with the contract"));
    }
}
