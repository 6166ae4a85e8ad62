//! Every story of the contract, played.

use std::collections::BTreeMap;

use estoppel_contract::{Expectation, Operation, Step};
use estoppel_simulator::Outcome;
use serde_json::Value;

use crate::sandbox::Sandbox;

type Captured = BTreeMap<&'static str, Value>;

/// Text with captured values in it; text that is nothing but a name is the value itself.
fn filled(value: &Value, captured: &Captured) -> Value {
    match value {
        Value::String(text) => {
            let whole = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
            if let Some(value) = whole.and_then(|name| captured.get(name)) {
                return value.clone();
            }
            Value::from(captured.iter().fold(text.clone(), |text, (name, value)| {
                text.replace(&format!("{{{name}}}"), value.as_str().unwrap_or_default())
            }))
        }
        Value::Array(items) => items.iter().map(|item| filled(item, captured)).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), filled(value, captured))).collect()
        }
        other => other.clone(),
    }
}

fn path(operation: &Operation, step: &Step, captured: &Captured) -> String {
    if let Some(url) = &step.url {
        let url = filled(&Value::from(url.as_str()), captured);
        return url.as_str().unwrap().split_once("/loanpro").unwrap().1.to_owned();
    }
    let value = |name: &str| step.parameters.iter().find(|(known, _)| *known == name).unwrap().1.as_str();
    let query: Vec<String> = step
        .parameters
        .iter()
        .filter(|(name, _)| !operation.path.parameters().any(|known| known == *name))
        .map(|(name, value)| format!("{name}={}", value.replace(' ', "%20")))
        .collect();
    format!("{}?{}", operation.path.expand(value), query.join("&"))
}

/// Whether a value holds at least these members.
fn holds(value: &Value, part: &Value) -> bool {
    part.as_object().unwrap().iter().all(|(name, member)| value.get(name) == Some(member))
}

fn play(sandbox: &mut Sandbox, story: &str, step: &Step, captured: &mut Captured) {
    let contract = estoppel_loanpro::simulation().contract();
    let operation = contract.operation(step.operation).unwrap();
    let path = path(operation, step, captured);
    let body = step.body.as_ref().map(|body| filled(body, captured));
    let answer = sandbox.answer(operation.spec.method.as_str(), &path, body.as_ref());
    let reply: Value = serde_json::from_slice(&answer.body).unwrap();
    let told = format!("{story}: {path}: {reply}");
    match &step.expect {
        Expectation::Reply => assert_eq!(answer.verdict.outcome, Outcome::Served, "{told}"),
        Expectation::Refusal(id) => {
            assert_eq!(answer.verdict.outcome, Outcome::Refused(id), "{told}");
            assert_eq!(answer.status, 409, "{told}");
        }
        Expectation::Invalid(pointers) => {
            let found: Vec<String> =
                answer.verdict.violations.iter().map(|violation| violation.pointer.to_string()).collect();
            assert_eq!(found, *pointers, "{told}");
            assert_eq!(answer.status, 409, "{told}");
        }
    }
    for (pointer, value) in &step.states {
        let expected = value.as_ref().map(|value| filled(value, captured));
        assert_eq!(reply.pointer(pointer), expected.as_ref(), "{pointer}: {told}");
    }
    for (pointer, count) in &step.counts {
        assert_eq!(reply.pointer(pointer).unwrap().as_array().unwrap().len(), *count, "{pointer}: {told}");
    }
    for (pointer, part) in &step.includes {
        let items = reply.pointer(pointer).unwrap().as_array().unwrap();
        assert!(items.iter().any(|item| holds(item, part)), "{pointer}: {told}");
    }
    for (name, pointer) in &step.captures {
        captured.insert(name, reply.pointer(pointer).unwrap().clone());
    }
}

/// In one session, one after the other, as on a server that is in use; at three times.
#[test]
fn stories_hold_whatever_the_clock_shows() {
    for start in
        ["2022-05-11T15:30:00Z", "2019-02-28T23:59:59Z", "2030-01-31T00:00:00Z", "2024-02-29T12:00:00Z"]
    {
        let mut sandbox = Sandbox::starting(start);
        for story in &estoppel_loanpro::simulation().contract().stories {
            let mut captured = Captured::new();
            for step in &story.steps {
                play(&mut sandbox, story.id, step, &mut captured);
            }
        }
    }
}
