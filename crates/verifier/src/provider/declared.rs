//! What a story declares of a reply, besides what the simulator answers.

use base64::{Engine, prelude::BASE64_STANDARD};
use estoppel_contract::{Expectation, Operation, Step};
use estoppel_simulator::{Outcome, Verdict};
use serde_json::Value;

use super::{
    call::Reply,
    comparison::Difference,
    names::{Names, UnknownName},
};
use crate::{Rule, redaction::Redaction};

/// What a step declares, with the names that one world knows before its call.
#[derive(Clone, Debug, Default)]
pub(super) struct Declared {
    step: Option<&'static Step>,
    names: Names,
}

impl Declared {
    /// What this step declares. It may name what earlier steps captured and what it captures itself.
    pub(super) fn of(step: &'static Step, names: &Names) -> Result<Self, UnknownName> {
        let mut known = names.clone();
        for (name, _) in &step.captures {
            known.keep(name, Value::Null);
        }
        for template in templates(step) {
            known.value(template)?;
        }
        Ok(Self { step: Some(step), names: names.clone() })
    }

    /// What does not hold of a reply.
    pub(super) fn differences(&self, reply: &Reply, redaction: &Redaction) -> Vec<Difference> {
        let Some(step) = self.step else { return Vec::new() };
        let body = reply.json().unwrap_or(Value::Null);
        let mut names = self.names.clone();
        for (name, pointer) in &step.captures {
            // What the reply lacks is told where it is captured; here nothing is equal to it.
            names.keep(name, body.pointer(pointer).cloned().unwrap_or_default());
        }
        let resolved = |template: &Value| names.value(template).unwrap_or_default();
        let mut differences = Vec::new();
        let mut differ = |rule, pointer: &str, expected: String, actual: Option<&Value>| {
            let actual = actual.map_or("nothing".to_owned(), |value| redaction.value(pointer, value));
            differences.push(Difference { rule, pointer: Some(pointer.to_owned()), expected, actual });
        };
        for (pointer, template) in &step.states {
            let expected = template.as_ref().map(resolved);
            let actual = body.pointer(pointer);
            if actual != expected.as_ref() {
                let shown = expected.as_ref().map(|value| redaction.value(pointer, value));
                differ(Rule::StoryState, pointer, shown.unwrap_or_else(|| "nothing".to_owned()), actual);
            }
        }
        for (pointer, count) in &step.counts {
            let actual = body.pointer(pointer);
            if actual.and_then(Value::as_array).map(Vec::len) != Some(*count) {
                differ(Rule::ReplyCount, pointer, format!("{count} items"), actual);
            }
        }
        for (pointer, template) in &step.includes {
            let part = resolved(template);
            let actual = body.pointer(pointer);
            let items = actual.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            if !items.iter().any(|item| holds(item, &part)) {
                let expected = format!("an item with {}", redaction.value(pointer, &part));
                differ(Rule::StoryState, pointer, expected, actual);
            }
        }
        if let Some(content) = step.content {
            let bytes = BASE64_STANDARD.decode(content.base64).unwrap_or_default();
            differences.extend(content_differences(reply, content.media_type, &bytes));
        }
        differences
    }
}

/// What a step says of its reply with names in it.
fn templates(step: &Step) -> impl Iterator<Item = &Value> {
    let states = step.states.iter().filter_map(|(_, value)| value.as_ref());
    states.chain(step.includes.iter().map(|(_, part)| part))
}

fn content_differences(reply: &Reply, media_type: &str, bytes: &[u8]) -> Vec<Difference> {
    let mut differences = Vec::new();
    if reply.media_type() != Some(media_type) {
        differences.push(Difference {
            rule: Rule::ReplyContentType,
            pointer: None,
            expected: media_type.to_owned(),
            actual: reply.content_type.clone().unwrap_or_else(|| "no content type".to_owned()),
        });
    }
    if reply.body != bytes {
        let shown = |bytes: &[u8]| format!("{} bytes: {}", bytes.len(), start_of(bytes));
        differences.push(Difference {
            rule: Rule::ReplyBytes,
            pointer: None,
            expected: shown(bytes),
            actual: shown(&reply.body),
        });
    }
    differences
}

/// The first bytes, readable.
pub(super) fn start_of(bytes: &[u8]) -> String {
    let start: Vec<u8> = bytes.iter().copied().take(24).collect();
    start.escape_ascii().to_string()
}

/// Whether an item has at least these members, at any depth.
fn holds(item: &Value, part: &Value) -> bool {
    match (item, part) {
        (Value::Object(item), Value::Object(part)) => {
            part.iter().all(|(name, wanted)| item.get(name).is_some_and(|value| holds(value, wanted)))
        }
        _ => item == part,
    }
}

/// Why the simulator does not do what a story expects, if so.
pub(super) fn contradiction(
    operation: &Operation,
    step: &Step,
    reply: &Reply,
    verdict: &Verdict,
) -> Option<String> {
    let actual = format!("{:?}", verdict.outcome);
    match (&step.expect, verdict.outcome) {
        (Expectation::Reply, Outcome::Served) => None,
        (Expectation::Refusal(id), Outcome::Refused(actual) | Outcome::Faulty(actual)) if *id == actual => {
            None
        }
        (Expectation::Invalid(pointers), Outcome::Faulty(_)) => {
            let named: Vec<String> =
                verdict.violations.iter().map(|violation| violation.pointer.to_string()).collect();
            (named != *pointers).then(|| format!("{} names {named:?}, not {pointers:?}", operation.spec.id))
        }
        (expected, _) => {
            Some(format!("{} is {actual} with {}, not {expected:?}", operation.spec.id, reply.status))
        }
    }
}
