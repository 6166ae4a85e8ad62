//! DOC-OPERATION-UNDOCUMENTED.

use std::collections::BTreeSet;

use estoppel_contract::Basis;

use super::rule;
use crate::{
    Operation, Severity, Span,
    corpus::Corpus,
    described,
    findings::{Draft, Findings},
    page::Page,
    spot::Spot,
    watch::Watch,
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
    "DOC-OPERATION-UNDOCUMENTED", "operation-undocumented", Warning, Contract, Undocumented
}

/// The operations of the contract that documents declare.
#[derive(Default)]
struct Undocumented {
    declared: BTreeSet<&'static str>,
    /// Those of the documents that the contract does not have.
    unknown: Vec<Operation>,
    begin: Option<Span>,
}

impl Watch for Undocumented {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        let Some(contract) = page.contract else { return };
        if page.number == 0 {
            self.begin = page.facts.headings.first().map(|heading| heading.span);
        }
        // A misspelled operation is told as one, and not also as the missing operation that it is meant for.
        for declared in &page.facts.operations {
            match described::operation(contract, declared) {
                Some(known) => drop(self.declared.insert(known.spec.id)),
                None => self.unknown.push(declared.clone()),
            }
        }
    }

    fn conclude(mut self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        let Some(contract) = corpus.contract.filter(|_| !corpus.documents.is_empty()) else { return };
        for unknown in std::mem::take(&mut self.unknown) {
            let missing = |known: &estoppel_contract::Operation| !self.declared.contains(known.spec.id);
            let meant = described::nearest(contract, &unknown, missing);
            self.declared.extend(meant.map(|operation| operation.spec.id));
        }
        let expected = || {
            let known = contract.operations.iter();
            known.filter(|known| matches!(known.spec.basis, Basis::Documented | Basis::Example))
        };
        let missing: Vec<String> = expected()
            .filter(|known| !self.declared.contains(&known.spec.id))
            .map(|known| format!("{} {}", known.spec.method, known.path))
            .collect();
        if missing.is_empty() {
            return;
        }
        let place = Spot::new(0, self.begin.unwrap_or_default());
        let number = super::count(missing.len(), "operation");
        let message = format!("no document declares {number} of the contract: {}", missing.join(", "));
        let part = missing.len() * 2 > expected().count();
        let severity = if part { Severity::Info } else { Severity::Warning };
        let help = "document them, or check them together with the documents that do";
        let draft = Draft::new("", message, help).at(place, "the documents begin here");
        findings.report(&RULE, draft.weighing(severity));
    }
}
