//! The typed parse of a request body takes exactly what the schema takes.

use estoppel_contract::{Checker, Decoder};
use estoppel_generate::FixtureRequest;
use estoppel_lossexpress_xpayoff::{
    controls::ChosenResult, fixture_kinds, payoffs::NewPayoffRequest, simulation,
};
use proptest::prelude::{Strategy, any, prop_oneof};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::sandbox::START;

type Parse = Box<dyn Fn(&str) -> bool>;

fn takes<T: DeserializeOwned + JsonSchema + 'static>() -> Parse {
    let decoder = Decoder::<T>::default();
    Box::new(move |body| decoder.body(body.as_bytes(), 100).is_ok())
}

/// One body with its parse and checker.
struct Subject {
    name: &'static str,
    parse: Parse,
    checker: Checker,
    bodies: Vec<Map<String, Value>>,
}

fn subjects() -> [Subject; 2] {
    let (contract, controls) = (simulation().contract(), simulation().controls());
    let body = |operation: &estoppel_contract::Operation| operation.body.clone().unwrap();
    let with_body: Vec<&str> = contract
        .operations
        .iter()
        .filter(|operation| operation.body.is_some())
        .map(|operation| operation.spec.id)
        .collect();
    assert_eq!(with_body, ["createPayoffRequest"], "every operation with a body is a subject");
    let kind = fixture_kinds().iter().find(|kind| kind.model == "NewPayoffRequest").unwrap();
    let mut lines = Vec::new();
    let request = FixtureRequest { seed: 1, at: START.parse().unwrap() };
    kind.write_lines(&request, 0..40, &mut lines).unwrap();
    let lines = std::str::from_utf8(&lines).unwrap().lines();
    let chosen = json!({
        "success": true, "members": "all", "payoffAmount": 1.5, "perDiem": 2, "checkPayableTo": "Jane Doe",
        "validThroughDate": "2021-01-08T22:03:09.598Z", "errorMessage": "", "fulfilledBy": "integration",
        "customerAuthorizationAttempted": false,
    });
    [
        Subject {
            name: "createPayoffRequest",
            parse: takes::<NewPayoffRequest>(),
            checker: contract.checker(&body(contract.operation("createPayoffRequest").unwrap())).unwrap(),
            bodies: lines.map(|line| serde_json::from_str(line).unwrap()).collect(),
        },
        Subject {
            name: "deliverResult",
            parse: takes::<ChosenResult>(),
            checker: controls.checker(&body(controls.operation("deliverResult").unwrap())).unwrap(),
            bodies: vec![chosen.as_object().unwrap().clone()],
        },
    ]
}

/// What is put in the place of a member, as raw JSON.
const RAW: &[&str] = &[
    "null",
    "true",
    "0",
    "-0.0",
    "1.0",
    "1.5",
    "1e3",
    "1e300",
    "9007199254740991",
    "9007199254740992",
    "1e-40",
    "\"\"",
    "\"text\"",
    "\"1234\"",
    "\"123456789\"",
    "\"123-45-6789\"",
    "\"12345-6789\"",
    "\"123-456-789\"",
    "\"12345678９\"",
    "\"1234\\n\"",
    "\"1N4AL3AP8JC231503\"",
    "\"1N4AL3AP8JC23150O\"",
    "\"3E8C38F3-F4EF-4414-88DA-1793D25EF6F0\"",
    "\"3e8c38f3f4ef441488da1793d25ef6f0\"",
    "\"Retail\"",
    "\"retail\"",
    "\"fulfillment center\"",
    "\"2021-01-08t22:03:09z\"",
    "\"2021-01-08\"",
    "[]",
    "{}",
    "[\"text\"]",
    "[1]",
    "{\"Retail\":null}",
];

/// A change: the place of a member, and the raw JSON that is put there; nothing takes the member out.
type Mutation = (usize, Option<&'static str>);

fn mutation() -> impl Strategy<Value = Mutation> {
    let raw =
        prop_oneof![1 => proptest::strategy::Just(None), 4 => proptest::sample::select(RAW).prop_map(Some)];
    (any::<usize>(), raw)
}

fn mutated(body: &Map<String, Value>, schema: &Value, mutations: &[Mutation]) -> String {
    let mut members: Map<String, Value> = body.clone();
    let mut raws = Vec::new();
    let declared: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
    for (place, raw) in mutations {
        let name = declared[place % declared.len()];
        members.remove(name);
        raws.retain(|(known, _)| *known != name);
        raws.extend(raw.map(|raw| (name, raw)));
    }
    let parts = members.iter().map(|(name, value)| format!("\"{name}\":{value}"));
    let parts = parts.chain(raws.iter().map(|(name, raw)| format!("\"{name}\":{raw}")));
    format!("{{{}}}", parts.collect::<Vec<_>>().join(","))
}

/// The schema with the members at its top, wherever it keeps them.
fn top(checker: &Checker) -> Value {
    let schema = checker.schema();
    let target = schema["$ref"].as_str().and_then(|target| target.strip_prefix('#'));
    target.and_then(|target| schema.pointer(target)).unwrap_or(schema).clone()
}

#[test]
fn typed_parse_and_schema_agree() {
    for Subject { name, parse, checker, bodies } in subjects() {
        let schema = top(&checker);
        let taken = std::cell::RefCell::new([0_u32, 0]);
        let config =
            proptest::test_runner::Config { cases: 5_000, failure_persistence: None, ..Default::default() };
        let strategy = (any::<usize>(), proptest::collection::vec(mutation(), 0..4));
        proptest::test_runner::TestRunner::new(config)
            .run(&strategy, |(body, mutations)| {
                let text = mutated(&bodies[body % bodies.len()], &schema, &mutations);
                let accepted = serde_json::from_str(&text).is_ok_and(|document| checker.accepts(&document));
                taken.borrow_mut()[usize::from(accepted)] += 1;
                proptest::prop_assert_eq!(parse(&text), accepted, "{}: {}", name, text);
                Ok(())
            })
            .unwrap();
        assert!(taken.borrow().iter().all(|count| *count > 500), "{name}: {taken:?}");
        for text in ["[]", "null", "[1,2]", "{}", "", "{\"success\":true}x"] {
            let accepted = serde_json::from_str(text).is_ok_and(|document| checker.accepts(&document));
            assert_eq!(parse(text), accepted, "{name}: {text}");
        }
    }
}
