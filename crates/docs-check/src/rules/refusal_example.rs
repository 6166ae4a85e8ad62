//! DOC-REFUSAL.

use estoppel_contract::{Contract, Notice};
use serde_json::Value;

use super::{placeholder_value::is_placeholder, rule};
use crate::{
    Example, Role, Span, described,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Compares the error bodies that documents show with the contract's refusals: status and text. A caption must give
    /// its example the status that the body has.
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
    if let Some(draft) = other_caption(page, example, status, &name) {
        return Some(draft);
    }
    let value = page.value_of(example)?;
    let (pointer, text) = text_of(contract, &same_status, &value)?;
    let is_template = |notice: &&&Notice| notice.message.contains('{') || notice.message.is_empty();
    // A refusal of the request itself tells what is wrong with it, in words of the moment.
    let around = value.pointer(pointer.rsplit_once('/').map_or("", |(around, _)| around));
    let validated = around.and_then(Value::as_object)?.values().any(Value::is_object);
    let begins = |notice: &&&Notice| {
        text.strip_prefix(notice.message).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', ' ']))
    };
    if validated
        || is_placeholder(text)
        || same_status.iter().any(|notice| begins(&notice) || is_template(&notice))
    {
        return None;
    }
    let texts: Vec<String> = same_status.iter().map(|notice| format!("`{}`", notice.message)).collect();
    let message = format!("{name} shows a text for {status} that {whose} does not have in the contract");
    let span = example
        .members
        .iter()
        .find(|member| member.pointer == pointer)
        .map_or(example.span, |member| member.value_span);
    let help = format!("the contract has {}", texts.join(", "));
    Some(
        Draft::new(format!("{whose} {status} {text}"), message, help)
            .at(page.spot(span), "not in the contract"),
    )
}

/// The text of an error body, with its place: where the contract puts it or, where it puts it elsewhere, `message`.
fn text_of<'v>(contract: &Contract, known: &[&Notice], value: &'v Value) -> Option<(String, &'v str)> {
    let told = known.iter().find(|notice| !notice.message.is_empty() && !notice.message.contains('{'));
    let pointer = told.and_then(|notice| {
        let body = (contract.service.error)(notice, &[]).body;
        place_of(&body, notice.message, String::new(), DEPTH_MAX)
    });
    let places = pointer.into_iter().chain(["/message".to_owned()]);
    places.into_iter().find_map(|pointer| {
        let text = value.pointer(&pointer)?.as_str()?;
        Some((pointer, text))
    })
}

/// Error bodies are not deeper.
const DEPTH_MAX: usize = 8;

/// Where a text stands in a body for the first time, outside lists.
fn place_of(body: &Value, text: &str, pointer: String, depth: usize) -> Option<String> {
    match body {
        Value::String(found) if found == text => Some(pointer),
        Value::Object(members) if depth > 0 => members.iter().find_map(|(key, value)| {
            let key = key.replace('~', "~0").replace('/', "~1");
            place_of(value, text, format!("{pointer}/{key}"), depth - 1)
        }),
        _ => None,
    }
}

/// A caption that gives the example another status than its body has.
fn other_caption(page: &Page<'_>, example: &Example, status: u16, name: &str) -> Option<Draft> {
    let caption = example.caption.as_ref()?;
    let lower = caption.text.to_lowercase();
    let after = lower.split_once("status").map(|(_, after)| after.trim_start_matches([' ', ':', '`']))?;
    let told: u16 = after.get(..3)?.parse().ok()?;
    let message = format!("{name} shows a {status}, and its caption calls it a {told}");
    let draft = Draft::new(format!("{name} {told}"), message, "give caption and body one status");
    (told != status).then(|| draft.at(page.spot(caption.span), format!("{told} here")))
}
