//! The typed parse of a request body takes exactly what the schema takes.

use std::fmt;

use estoppel_contract::{Checker, Decoder};
use estoppel_lossexpress_carrier::{
    claims::{NewClaim, UpdateClaimBody},
    direct_messages::DirectMessage,
    documents::NewDocument,
    fixture_kinds,
    oauth::ClientCredentials,
    orders::{NewOrders, OrdersToCancel},
    payments::SentPayment,
    settlement_counters::CounterAnswer,
    simulation,
};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Each operation that takes a body, and the parse of its type.
type Parse = fn(&str) -> bool;
const BODIES: &[(&str, Parse)] = &[
    ("issueToken", takes::<ClientCredentials>),
    ("createClaim", takes::<NewClaim>),
    ("updateClaim", takes::<UpdateClaimBody>),
    ("createDirectMessage", takes::<DirectMessage>),
    ("addDocument", takes::<NewDocument>),
    ("createOrders", takes::<NewOrders>),
    ("cancelOrders", takes::<OrdersToCancel>),
    ("acknowledgePaymentSent", takes::<SentPayment>),
    ("acceptOrDisputeCounter", takes::<CounterAnswer>),
];

fn takes<T: DeserializeOwned + JsonSchema>(body: &str) -> bool {
    Decoder::<T>::default().body(body.as_bytes(), 100).is_ok()
}

/// One body with its operation's parse and checker.
struct Subject {
    operation: &'static str,
    parse: Parse,
    checker: Checker,
    bodies: Vec<Value>,
}

impl fmt::Debug for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.operation)
    }
}

fn subjects() -> Vec<Subject> {
    let contract = simulation().contract();
    let with_body = contract.operations.iter().filter(|operation| operation.body.is_some());
    let ids: Vec<&str> = with_body.map(|operation| operation.spec.id).collect();
    let mut known: Vec<&str> = BODIES.iter().map(|(id, _)| *id).collect();
    known.sort_by_key(|id| ids.iter().position(|other| other == id));
    assert_eq!(ids, known, "every operation with a body is listed");
    let subject = |(operation, parse): &(&'static str, Parse)| {
        let body = contract.operation(operation).unwrap().body.as_ref().unwrap();
        let checker = contract.checker(body).unwrap();
        Subject { operation, parse: *parse, bodies: bodies(body, &checker), checker }
    };
    BODIES.iter().map(subject).collect()
}

/// Fixtures of the model, the examples of the schema, and the empty object.
fn bodies(body: &Value, checker: &Checker) -> Vec<Value> {
    let name = body["$ref"].as_str().and_then(|target| target.rsplit('/').next());
    let kind = fixture_kinds().iter().find(|kind| Some(kind.model) == name);
    let mut bodies = vec![json!({}), json!({"orderIds": ["3e8c38f3-f4ef-4414-88da-1793d25ef6f0"]})];
    let model = name.and_then(|name| simulation().contract().model(name));
    bodies.extend(model.and_then(|model| model.schema["examples"].as_array()).into_iter().flatten().cloned());
    let request = estoppel_generate::FixtureRequest { seed: 1, at: crate::sandbox::START.parse().unwrap() };
    for index in 0..20 {
        let Some(kind) = kind else { continue };
        let mut out = Vec::new();
        (kind.write)(&request, index, &mut out).unwrap();
        bodies.push(serde_json::from_slice(&out).unwrap());
    }
    assert!(bodies.iter().any(|body| checker.accepts(body)), "{name:?}: no body is good");
    bodies
}

/// A change of a body: which place, and what is put there as raw JSON; nothing removes the member.
#[derive(Clone, Debug)]
struct Mutation {
    place: usize,
    raw: Option<&'static str>,
    beside: bool,
}

const RAW: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0.0",
    "1.0",
    "1e3",
    "1.5",
    "1.005",
    "-1",
    "1e300",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993.0",
    "1e-40",
    "\"\"",
    "\"text\"",
    "\"1\"",
    "\"2020-10-20\"",
    "\"2020-02-30\"",
    "\"2021-01-08T22:03:09.598Z\"",
    "\"2021-01-08t22:03:09z\"",
    "\"2021-01-08T22:03:09\"",
    "\"2021-01-08T23:59:60Z\"",
    "\"1N4AL3AP8JC23150O\"",
    "\"3E8C38F3-F4EF-4414-88DA-1793D25EF6F0\"",
    "\"3e8c38f3f4ef441488da1793d25ef6f0\"",
    "\"fire\"",
    "\"Fire\"",
    "\"\\u0046ire\"",
    "[]",
    "{}",
    "[null]",
    "[\"text\"]",
    "{\"Fire\":null}",
    "[[]]",
];

fn mutation() -> impl Strategy<Value = Mutation> {
    let raw = prop_oneof![1 => Just(None), 6 => proptest::sample::select(RAW).prop_map(Some)];
    (any::<usize>(), raw, proptest::bool::weighted(0.1)).prop_map(|(place, raw, beside)| Mutation {
        place,
        raw,
        beside,
    })
}

/// Every place of a document, as JSON pointers.
fn places(value: &Value, prefix: &str, out: &mut Vec<String>) {
    out.push(prefix.to_owned());
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| places(value, &format!("{prefix}/{name}"), out));
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, value)| places(value, &format!("{prefix}/{index}"), out));
        }
        _ => {}
    }
}

/// Stands for raw JSON until the document is written: numbers keep their notation so.
fn marker(raw: &str) -> Value {
    let place = RAW.iter().position(|known| *known == raw).unwrap();
    Value::String(format!("\u{7f}{place}\u{7f}"))
}

fn mutated(body: &Value, mutations: &[Mutation]) -> String {
    let mut document = body.clone();
    for mutation in mutations {
        let mut all = Vec::new();
        places(&document, "", &mut all);
        let pointer = &all[mutation.place % all.len()];
        let parent = pointer.rsplit_once('/').map(|(parent, name)| (parent.to_owned(), name.to_owned()));
        match (mutation.raw, parent) {
            (Some(raw), _) if mutation.beside => {
                if let Some(object) = document.pointer_mut(pointer).and_then(Value::as_object_mut) {
                    object.insert("extra".to_owned(), marker(raw));
                }
            }
            (Some(raw), _) => *document.pointer_mut(pointer).unwrap() = marker(raw),
            (None, Some((parent, name))) => match document.pointer_mut(&parent) {
                Some(Value::Object(members)) if mutation.beside => {
                    // The members' values as an array: serde takes that for a struct, no schema does.
                    let values = members.values().cloned().collect();
                    *document.pointer_mut(&parent).unwrap() = Value::Array(values);
                }
                Some(Value::Object(members)) => drop(members.remove(&name)),
                _ => {}
            },
            (None, None) => document = json!([document]),
        }
    }
    let mut text = document.to_string();
    for (place, raw) in RAW.iter().enumerate() {
        text = text.replace(&format!("\"\u{7f}{place}\u{7f}\""), raw);
    }
    text
}

#[test]
fn typed_parse_and_schema_agree() {
    let subjects = subjects();
    let strategy = (any::<usize>(), any::<usize>(), proptest::collection::vec(mutation(), 0..4));
    let config =
        proptest::test_runner::Config { cases: 8_000, failure_persistence: None, ..Default::default() };
    let mut taken = [0_u32, 0];
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let taken = std::cell::RefCell::new(&mut taken);
    runner
        .run(&strategy, |(subject, body, mutations)| {
            let subject = &subjects[subject % subjects.len()];
            let text = mutated(&subject.bodies[body % subject.bodies.len()], &mutations);
            let accepted =
                serde_json::from_str(&text).is_ok_and(|document| subject.checker.accepts(&document));
            taken.borrow_mut()[usize::from(accepted)] += 1;
            proptest::prop_assert_eq!((subject.parse)(&text), accepted, "{:?}: {}", subject, text);
            Ok(())
        })
        .unwrap();
    assert!(taken.borrow().iter().all(|count| *count > 500), "{taken:?}");
}
