//! DOC-OPERATION-UNDOCUMENTED.

use estoppel_contract::Basis;

use super::rule;
use crate::{
    Severity, Span,
    corpus::{Corpus, Draft, Findings},
    described,
};

rule! {
    /// ## What it does
    /// Lists the operations of the contract that none of the documents declares. Operations that rest on inference
    /// or on a ruling are left out. If the documents declare less than half of the contract they are taken for a
    /// part of the documentation, and the list is for information.
    ///
    /// ## Why is this bad?
    /// Readers do not learn that the operation exists.
    ///
    /// ## Example
    /// A contract with `DELETE /boats/{boatId}` beside pages that never mention it.
    "DOC-OPERATION-UNDOCUMENTED", "operation-undocumented", Warning, Contract
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let Some(contract) = corpus.contract else { return };
    // A misspelled operation is told as one, and not also as the missing operation that it is meant for.
    let declared = corpus.pages.iter().flat_map(|read| &read.facts.operations);
    let declared: Vec<&str> = declared
        .filter_map(|declared| {
            described::operation(contract, declared).or_else(|| described::nearest(contract, declared))
        })
        .map(|operation| operation.spec.id)
        .collect();
    let expected = || {
        let known = contract.operations.iter();
        known.filter(|known| matches!(known.spec.basis, Basis::Documented | Basis::Example))
    };
    let missing: Vec<String> = expected()
        .filter(|known| !declared.contains(&known.spec.id))
        .map(|known| format!("{} {}", known.spec.method, known.path))
        .collect();
    if missing.is_empty() {
        return;
    }
    let place = corpus.pages.first().and_then(|read| read.facts.headings.first());
    let place = place.map_or(Span::new(0, 0), |heading| heading.span);
    let number = super::count(missing.len(), "operation");
    let message = format!("no document declares {number} of the contract: {}", missing.join(", "));
    let part = missing.len() * 2 > expected().count();
    let severity = if part { Severity::Info } else { Severity::Warning };
    let help = "document them, or check them together with the documents that do";
    findings.report(
        &RULE,
        Draft::new("", message, help).at(0, place, "the documents begin here").weighing(severity),
    );
}
