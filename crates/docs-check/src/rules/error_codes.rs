//! DOC-ERROR-CODES.

use std::collections::BTreeSet;

use estoppel_contract::{Basis, Contract, Notice};

use super::rule;
use crate::{
    Refusal, Severity,
    corpus::Corpus,
    described,
    findings::{Draft, Findings},
    identifier::one_slip_apart,
    page::Page,
    spot::Spot,
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Compares the statuses in tables of error codes with the statuses that the contract refuses with. Statuses that
    /// the contract holds by inference or by a ruling need not be in the table. Of tables that call refusals by the
    /// names of the contract it compares names, statuses and texts, row by row.
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
        refusals(page, contract, findings);
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

/// Compares tables that name refusals, in the section of an operation or elsewhere.
fn refusals(page: &Page<'_>, contract: &Contract, findings: &mut Findings) {
    let all = contract.notices();
    for table in page.facts.refusals.chunk_by(|left, right| left.header == right.header) {
        let Some(first) = table.first() else { continue };
        let operation = first.operation.and_then(|index| page.facts.operations.get(index));
        let operation = operation.and_then(|declared| described::operation(contract, declared));
        let named = table.iter().filter(|row| all.iter().any(|known| row.name.text == known.id)).count();
        // Names of its own are no names of the contract: then statuses and texts are compared.
        let by_name = named * 2 > table.len();
        for row in table {
            if let Some((told, message)) = difference(row, &all, by_name) {
                let draft =
                    Draft::new(format!("{} {told}", row.name.text), message, "state one refusal in both");
                findings.report(&RULE, draft.at(page.spot(row.span), "not in the contract"));
            }
        }
        let Some(operation) = operation.filter(|_| by_name) else { continue };
        let stated = operation.refusals.iter().filter(|known| {
            let told = |row: &Refusal| {
                row.name.text == known.id
                    || row.message.as_ref().is_some_and(|text| text.text == known.message)
            };
            let documented = matches!(known.basis, Basis::Documented | Basis::Example);
            documented && !table.iter().any(told)
        });
        // A name that nobody knows is told as one, and not also as the name that it is meant for.
        let missing: Vec<String> = stated
            .filter(|known| !table.iter().any(|row| one_slip_apart(&row.name.text, known.id)))
            .map(|known| format!("`{}`", known.id))
            .collect();
        if !missing.is_empty() {
            let missing = missing.join(", ");
            let message = format!(
                "the table leaves out {missing}, with which the contract refuses {}",
                operation.spec.id
            );
            let draft = Draft::new(format!("{} {missing}", operation.spec.id), message, "add the rows");
            findings.report(&RULE, draft.at(page.spot(first.header), "the table"));
        }
    }
}

/// What a row says otherwise than the contract, in a word and in a sentence.
fn difference(row: &Refusal, known: &[Notice], by_name: bool) -> Option<(&'static str, String)> {
    let (name, status) = (&row.name.text, row.status);
    if !by_name {
        let answered = known.iter().any(|notice| notice.status == status) || status >= 500;
        return (!answered).then(|| ("status", format!("the contract never answers {status}")));
    }
    let Some(notice) = known.iter().find(|notice| *name == notice.id) else {
        return Some(("name", format!("the contract has no refusal `{name}`")));
    };
    if notice.status != status {
        return Some(("status", format!("`{name}` is {status} here and {} in the contract", notice.status)));
    }
    let text = row.message.as_ref()?.text.as_str();
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let differs = plain(text) != plain(notice.message) && !notice.message.contains(['{', '|', '`', '*']);
    differs.then(|| ("text", format!("`{name}` has another text in the contract: “{}”", notice.message)))
}
