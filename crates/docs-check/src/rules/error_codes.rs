//! DOC-ERROR-CODES.

use std::collections::BTreeSet;

use estoppel_contract::Basis;

use super::rule;
use crate::{
    Severity,
    corpus::{Corpus, Draft, Findings, Spot},
};

rule! {
    /// ## What it does
    /// Compares the statuses in tables of error codes with the statuses that the contract refuses with. Statuses that
    /// the contract holds by inference or by a ruling need not be in the table.
    ///
    /// ## Why is this bad?
    /// Clients handle what never comes, or meet what nobody told them.
    ///
    /// ## Example
    /// A table of 400 and 410 where the contract refuses with 400 and 404.
    "DOC-ERROR-CODES", "error-codes", Warning, Contract
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let Some(contract) = corpus.contract else { return };
    let notices = contract.notices();
    let known: BTreeSet<u16> = notices.iter().map(|notice| notice.status).collect();
    let mut first: Option<Spot> = None;
    for (page, read) in corpus.pages() {
        for code in &read.facts.error_codes {
            first.get_or_insert(Spot { page, span: code.span });
            if !known.contains(&code.status) {
                let message = format!("the contract never answers {}", code.status);
                let help = "take the row out, or add the refusal to the contract";
                // A server can always be out of order, and a contract need not play it.
                let severity = if code.status >= 500 { Severity::Info } else { Severity::Warning };
                let draft = Draft::new(code.status.to_string(), message, help).weighing(severity);
                findings.report(&RULE, draft.at(page, code.span, "not in the contract"));
            }
        }
    }
    let Some(first) = first else { return };
    let told: BTreeSet<u16> =
        corpus.pages.iter().flat_map(|read| &read.facts.replies).map(|reply| reply.status).collect();
    let stated = notices.iter().filter(|notice| matches!(notice.basis, Basis::Documented | Basis::Example));
    let missing: BTreeSet<u16> =
        stated.map(|notice| notice.status).filter(|status| !told.contains(status)).collect();
    if missing.is_empty() {
        return;
    }
    let missing = missing.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
    let message = format!("the documents never tell of {missing}, which the contract answers");
    let draft = Draft::new(&missing, message, "add the rows").weighing(Severity::Info);
    findings.report(&RULE, draft.at_all([(first, "the table".to_owned())]));
}
