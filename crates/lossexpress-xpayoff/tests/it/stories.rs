//! The stories hold: each is told to a session of its own.

use std::collections::BTreeMap;

use estoppel_contract::{Arrival, Contract, Expectation, Step};
use estoppel_lossexpress_xpayoff::simulation;
use serde_json::Value;

use crate::sandbox::{OK, Sandbox, signed_body};

/// A text or value with what was captured in its place.
fn filled(template: &Value, captured: &BTreeMap<&str, Value>) -> Value {
    match template {
        Value::String(text) => captured
            .iter()
            .find(|(name, _)| *text == format!("{{{name}}}"))
            .map_or_else(|| template.clone(), |(_, value)| value.clone()),
        Value::Array(items) => items.iter().map(|item| filled(item, captured)).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), filled(value, captured))).collect()
        }
        other => other.clone(),
    }
}

fn assert_states(
    states: &[(&'static str, Option<Value>)],
    reply: &Value,
    captured: &BTreeMap<&str, Value>,
    place: &str,
) {
    for (pointer, expected) in states {
        let expected = expected.as_ref().map(|expected| filled(expected, captured));
        assert_eq!(reply.pointer(pointer), expected.as_ref(), "{place} {pointer}: {reply}");
    }
}

fn path(contract: &Contract, step: &Step, captured: &BTreeMap<&str, Value>) -> (String, String) {
    let spec = contract.operation(step.operation).unwrap().spec;
    let mut path = spec.path.to_owned();
    let mut query = Vec::new();
    for (name, value) in &step.parameters {
        let value = filled(&Value::from(value.as_str()), captured);
        let value = value.as_str().unwrap().replace(' ', "%20");
        let segment = format!("{{{name}}}");
        if path.contains(&segment) {
            path = path.replace(&segment, &value);
        } else {
            query.push(format!("{name}={value}"));
        }
    }
    let mark = if query.is_empty() { "" } else { "?" };
    (spec.method.to_string(), format!("{path}{mark}{}", query.join("&")))
}

fn play(
    sandbox: &mut Sandbox,
    contract: &Contract,
    step: &Step,
    captured: &mut BTreeMap<&'static str, Value>,
    place: &str,
) {
    let (method, path) = path(contract, step, captured);
    let body = step.body.as_ref().map(|body| filled(body, captured));
    let (status, reply) = sandbox.call(&method, &path, body.as_ref());
    let place = format!("{place}: {method} {path}");
    match &step.expect {
        Expectation::Reply => assert_eq!(status, 200, "{place}: {reply}"),
        Expectation::Refusal(id) => {
            let notice = contract.notices().into_iter().find(|notice| notice.id == *id).unwrap();
            assert_eq!(
                (status, reply["message"].as_str().unwrap()),
                (notice.status, notice.message),
                "{place}"
            );
        }
        Expectation::Invalid(pointers) => {
            let errors = reply["validation"]["errors"].as_array().unwrap();
            let told: Vec<String> =
                errors.iter().map(|error| format!("/{}", error["label"].as_str().unwrap())).collect();
            assert_eq!(
                (status, told.iter().map(String::as_str).collect::<Vec<_>>()),
                (400, pointers.clone()),
                "{place}"
            );
        }
    }
    for (name, pointer) in &step.captures {
        captured.insert(name, reply.pointer(pointer).unwrap().clone());
    }
    assert_states(&step.states, &reply, captured, &place);
    for (pointer, count) in &step.counts {
        assert_eq!(reply.pointer(pointer).unwrap().as_array().unwrap().len(), *count, "{place}");
    }
    for (pointer, part) in &step.includes {
        let part = filled(part, captured);
        let has = |item: &Value| {
            part.as_object().unwrap().iter().all(|(name, value)| item.get(name) == Some(value))
        };
        assert!(reply.pointer(pointer).unwrap().as_array().unwrap().iter().any(has), "{place}: {reply}");
    }
    let arrived: Vec<Value> = sandbox.advance(60, &OK).iter().map(signed_body).collect();
    assert_eq!(arrived.len(), step.arrivals.len(), "{place}: {arrived:?}");
    for (Arrival { webhook, states }, body) in step.arrivals.iter().zip(&arrived) {
        assert_states(states, body, captured, &format!("{place} -> {webhook}"));
    }
}

#[test]
fn every_story_holds() {
    let contract = simulation().contract();
    for story in &contract.stories {
        let readings: Vec<(&str, &str)> = story.under.into_iter().collect();
        let mut sandbox = Sandbox::with_readings(&readings);
        let mut captured = BTreeMap::new();
        for (number, step) in story.steps.iter().enumerate() {
            play(&mut sandbox, contract, step, &mut captured, &format!("{} step {number}", story.id));
        }
    }
}
