//! DOC-REFUSAL.

use estoppel_contract::{Contract, Notice};
use serde_json::Value;

use super::rule;
use crate::{
    Example, Role, Span, described,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Compares the error bodies that documents show with the contract's refusals: status and text.
    ///
    /// ## Why is this bad?
    /// Clients tell errors apart by status and text.
    ///
    /// ## Example
    /// A 404 `No such boat.` where the contract says `Boat not found.`
    "DOC-REFUSAL", "refusal-example", Error, Contract
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    let Some(contract) = page.contract else { return };
    for example in page.facts.examples.iter().filter(|example| example.role == Role::Refusal) {
        let Some(status) = example.status else { continue };
        if let Some(draft) = compare(contract, page, example, status) {
            findings.report(&RULE, draft);
        }
    }
}

fn compare(contract: &Contract, page: &Page<'_>, example: &Example, status: u16) -> Option<Draft> {
    let declared = page.facts.operation_at(example.span);
    let operation = declared.and_then(|declared| described::operation(contract, declared));
    let name = super::name_of(page, example);
    let (known, whose) = match operation {
        Some(operation) => {
            let mut known: Vec<Notice> = operation.refusals.iter().map(|notice| **notice).collect();
            known.extend(contract.protocol_notices());
            (known, operation.spec.id)
        }
        None => (contract.notices(), "the API"),
    };
    let same_status: Vec<&Notice> = known.iter().filter(|notice| notice.status == status).collect();
    if same_status.is_empty() {
        let message = format!("{name} shows a {status}, which {whose} does not answer in the contract");
        let place = Span::new(example.span.start, (example.span.start + 1).min(example.span.end));
        let draft =
            Draft::new(format!("{whose} {status}"), message, "correct the status, or add the refusal");
        return Some(draft.at(page.spot(place), format!("no {status} in the contract")));
    }
    let value = page.value_of(example)?;
    let text = value.get("message").and_then(Value::as_str)?;
    let is_template = |notice: &&&Notice| notice.message.contains('{') || notice.message.is_empty();
    // A refusal of the request itself tells what is wrong with it, in words of the moment.
    let validated = value.as_object()?.values().any(Value::is_object);
    if validated
        || same_status.iter().any(|notice| notice.message == text)
        || same_status.iter().any(|notice| is_template(&notice))
    {
        return None;
    }
    let texts: Vec<String> = same_status.iter().map(|notice| format!("`{}`", notice.message)).collect();
    let message = format!("{name} shows a text for {status} that {whose} does not have in the contract");
    let span = example
        .members
        .iter()
        .find(|member| member.pointer == "/message")
        .map_or(example.span, |member| member.value_span);
    let help = format!("the contract has {}", texts.join(", "));
    Some(
        Draft::new(format!("{whose} {status} {text}"), message, help)
            .at(page.spot(span), "not in the contract"),
    )
}
