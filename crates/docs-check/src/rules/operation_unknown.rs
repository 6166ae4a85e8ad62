//! DOC-OPERATION-UNKNOWN.

use super::rule;
use crate::{
    described,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds operations of the documents that the contract does not have.
    ///
    /// ## Why is this bad?
    /// The method or path is misspelled, or the contract lacks an operation.
    ///
    /// ## Example
    /// `POST /boat` where the contract has `POST /boats`.
    "DOC-OPERATION-UNKNOWN", "operation-unknown", Error, Contract
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    let Some(contract) = page.contract else { return };
    for declared in &page.facts.operations {
        if described::operation(contract, declared).is_some() {
            continue;
        }
        let path = described::path_below_server(contract, declared);
        let name = format!("{} {path}", declared.method);
        let help = described::nearest(contract, declared, |_| true).map_or_else(
            || "correct the method and path, or add the operation to the contract".to_owned(),
            |near| format!("the contract has {} {}", near.spec.method, near.path),
        );
        let message = format!("the contract has no operation {name}");
        findings.report(
            &RULE,
            Draft::new(name, message, help).at(page.spot(declared.span), "not in the contract"),
        );
    }
}
