//! DOC-ERROR-CODES.

use std::collections::BTreeSet;

use estoppel_contract::{Basis, Contract, Notice, Operation};

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
    let rows = &page.facts.refusals;
    let is_known = |row: &&Refusal| all.iter().any(|known| row.name.text == known.id);
    // Names of its own are no names of the contract: then statuses and texts are compared.
    let by_name = rows.iter().filter(is_known).count() * 2 > rows.len();
    for table in page.facts.refusals.chunk_by(|left, right| left.header == right.header) {
        let Some(first) = table.first() else { continue };
        let operation = first.operation.and_then(|index| page.facts.operations.get(index));
        let operation = operation.and_then(|declared| described::operation(contract, declared));
        for row in table {
            if let Some((told, message)) = difference(row, &all, by_name) {
                let draft =
                    Draft::new(format!("{} {told}", row.name.text), message, "state one refusal in both");
                findings.report(&RULE, draft.at(page.spot(row.span), "not in the contract"));
            }
        }
        if by_name {
            missing(page, contract, (first, operation), table, findings);
        }
    }
}

/// Tells the refusals that a table leaves out: those of its operation or, where it is of none, of the whole API.
fn missing(
    page: &Page<'_>,
    contract: &Contract,
    (first, operation): (&Refusal, Option<&Operation>),
    table: &[Refusal],
    findings: &mut Findings,
) {
    let own = operation.map(|operation| operation.refusals.iter().map(|notice| **notice).collect());
    let expected: Vec<Notice> = own.unwrap_or_else(|| contract.notices());
    let told = if operation.is_some() { table } else { page.facts.refusals.as_slice() };
    let tells = |row: &Refusal, known: &Notice| {
        // A name that nobody knows is told as one, and not also as the name that it is meant for.
        row.name.text == known.id
            || one_slip_apart(&row.name.text, known.id)
            || row.message.as_ref().is_some_and(|text| text.text == known.message && operation.is_some())
    };
    // What an operation with a table of its own refuses with is missing there, and not here.
    let tables = page.facts.refusals.iter().filter_map(|row| row.operation);
    let declared = tables.filter_map(|index| page.facts.operations.get(index));
    let with_table: Vec<&Operation> =
        declared.filter_map(|declared| described::operation(contract, declared)).collect();
    let elsewhere = |known: &Notice| {
        operation.is_none()
            && with_table.iter().any(|other| other.refusals.iter().any(|own| own.id == known.id))
    };
    let left_out = expected.iter().filter(|known| {
        let documented = matches!(known.basis, Basis::Documented | Basis::Example);
        documented && !elsewhere(known) && !told.iter().any(|row| tells(row, known))
    });
    let left_out: Vec<String> = left_out.map(|known| format!("`{}`", known.id)).collect();
    if !left_out.is_empty() {
        let (left_out, whose) = (left_out.join(", "), operation.map_or("", |operation| operation.spec.id));
        let message = match operation {
            Some(_) => format!("the table leaves out {left_out}, with which the contract refuses {whose}"),
            None => format!("the table leaves out {left_out}, which the contract answers"),
        };
        let draft = Draft::new(format!("{whose} {left_out}"), message, "add the rows");
        findings.report(&RULE, draft.at(page.spot(first.header), "the table"));
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
