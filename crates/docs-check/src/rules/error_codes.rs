//! DOC-ERROR-CODES.

use std::collections::BTreeSet;

use estoppel_contract::Basis;

use super::rule;
use crate::{
    Severity,
    corpus::Corpus,
    findings::{Draft, Findings},
    page::Page,
    spot::Spot,
    watch::Watch,
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
    "DOC-ERROR-CODES", "error-codes", Warning, Contract, ErrorCodes
}

/// The first row of an error table, and the statuses that documents tell of.
#[derive(Default)]
struct ErrorCodes {
    first: Option<Spot>,
    told: BTreeSet<u16>,
}

impl Watch for ErrorCodes {
    fn look(&mut self, page: &Page<'_>, findings: &mut Findings) {
        let Some(contract) = page.contract else { return };
        self.told.extend(page.facts.replies.iter().map(|reply| reply.status));
        if page.facts.error_codes.is_empty() {
            return;
        }
        let known: BTreeSet<u16> = contract.notices().iter().map(|notice| notice.status).collect();
        for code in &page.facts.error_codes {
            self.first.get_or_insert(page.spot(code.span));
            if !known.contains(&code.status) {
                let message = format!("the contract never answers {}", code.status);
                let help = "take the row out, or add the refusal to the contract";
                // A server can always be out of order, and a contract need not play it.
                let severity = if code.status >= 500 { Severity::Info } else { Severity::Warning };
                let draft = Draft::new(code.status.to_string(), message, help).weighing(severity);
                findings.report(&RULE, draft.at(page.spot(code.span), "not in the contract"));
            }
        }
    }

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        let (Some(contract), Some(first)) = (corpus.contract, self.first) else { return };
        let notices = contract.notices();
        let stated =
            notices.iter().filter(|notice| matches!(notice.basis, Basis::Documented | Basis::Example));
        let missing: BTreeSet<u16> =
            stated.map(|notice| notice.status).filter(|status| !self.told.contains(status)).collect();
        if missing.is_empty() {
            return;
        }
        let missing = missing.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
        let message = format!("the documents never tell of {missing}, which the contract answers");
        let draft = Draft::new(&missing, message, "add the rows").weighing(Severity::Info);
        findings.report(&RULE, draft.at(first, "the table"));
    }
}
