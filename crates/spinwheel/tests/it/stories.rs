//! The stories hold in a session: each call, each webhook.

use std::collections::BTreeMap;

use estoppel_contract::{Arrival, Expectation, Segment, Step};
use estoppel_simulator::{Answer, Outcome};
use serde_json::Value;

use crate::sandbox::{Sandbox, raw_call};

type Names = BTreeMap<&'static str, Value>;

/// Fills the names of a template in.
fn filled(template: &Value, names: &Names) -> Value {
    match template {
        Value::String(text) => {
            let name = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            name.map_or_else(|| template.clone(), |name| names[name].clone())
        }
        Value::Array(items) => items.iter().map(|item| filled(item, names)).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), filled(value, names))).collect()
        }
        _ => template.clone(),
    }
}

fn call(sandbox: &mut Sandbox, step: &Step, names: &Names) -> Answer {
    let contract = estoppel_spinwheel::simulation().contract();
    let operation = contract.operation(step.operation).unwrap();
    let mut path = operation.spec.path.to_owned();
    let mut query = Vec::new();
    for (name, value) in &step.parameters {
        let encoded = value.replace(' ', "%20");
        let place = format!("{{{name}}}");
        if path.contains(&place) {
            path = path.replace(&place, &encoded);
        } else {
            query.push(format!("{name}={encoded}"));
        }
    }
    let body = step.body.as_ref().map(|body| filled(body, names));
    let target = format!("{path}?{}", query.join("&"));
    sandbox.send(&raw_call(operation.spec.method.as_str(), &target, body.as_ref()))
}

/// What is wrong with an answer.
fn complaint(step: &Step, answer: &Answer, names: &Names) -> Option<String> {
    let reply: Value = serde_json::from_slice(&answer.body).unwrap();
    let shown = format!("{} {reply}", answer.status);
    match (&step.expect, answer.verdict.outcome) {
        (Expectation::Reply, Outcome::Served) => {}
        (Expectation::Refusal(id), Outcome::Refused(notice)) if *id == notice => {}
        (Expectation::Invalid(pointers), Outcome::Faulty("invalid-request")) => {
            let step = |segment: &Segment| format!("/{segment}");
            let places: Vec<String> = answer
                .verdict
                .violations
                .iter()
                .map(|violation| violation.pointer.segments().iter().map(step).collect())
                .collect();
            if places != *pointers {
                return Some(format!("violations at {places:?}: {shown}"));
            }
        }
        _ => return Some(shown),
    }
    for (pointer, expected) in &step.states {
        let expected = expected.as_ref().map(|expected| filled(expected, names));
        if reply.pointer(pointer) != expected.as_ref() {
            return Some(format!("{pointer} is not {expected:?}: {shown}"));
        }
    }
    for (pointer, count) in &step.counts {
        if reply.pointer(pointer).and_then(Value::as_array).map(Vec::len) != Some(*count) {
            return Some(format!("{pointer} does not hold {count}: {shown}"));
        }
    }
    for (pointer, part) in &step.includes {
        let part = filled(part, names);
        let holds = |item: &Value| part.as_object().unwrap().iter().all(|(name, value)| item[name] == *value);
        if !reply.pointer(pointer).and_then(Value::as_array).unwrap().iter().any(holds) {
            return Some(format!("{pointer} holds no {part}: {shown}"));
        }
    }
    None
}

fn fits(arrival: &Arrival, body: &Value) -> bool {
    arrival.states.iter().all(|(pointer, expected)| body.pointer(pointer) == expected.as_ref())
}

#[test]
fn every_story_holds() {
    let mut sandbox = Sandbox::new();
    for story in &estoppel_spinwheel::simulation().contract().stories {
        let mut names = Names::new();
        let mut awaited: Vec<&Arrival> = Vec::new();
        let mut received = Vec::new();
        for (place, step) in story.steps.iter().enumerate() {
            let mut answer = call(&mut sandbox, step, &names);
            for _ in 0..100 {
                if !step.eventually || complaint(step, &answer, &names).is_none() {
                    break;
                }
                sandbox.advance(100);
                received.extend(sandbox.receive(200));
                answer = call(&mut sandbox, step, &names);
            }
            let complaint = complaint(step, &answer, &names);
            assert_eq!(complaint, None, "{}/{}", story.id, place + 1);
            let reply: Value = serde_json::from_slice(&answer.body).unwrap();
            for (name, pointer) in &step.captures {
                names.insert(name, reply.pointer(pointer).unwrap().clone());
            }
            awaited.extend(&step.arrivals);
        }
        assert_eq!(received.len(), awaited.len(), "{}: {received:?}", story.id);
        for (arrival, body) in awaited.iter().zip(&received) {
            assert!(fits(arrival, body), "{}: {body} is not {arrival:?}", story.id);
        }
    }
}
