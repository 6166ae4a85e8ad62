//! The typed parse of a request body takes exactly what the schema takes.

use estoppel_contract::{Checker, Decoder};
use estoppel_loanpro::{
    autopays::NewAutopay,
    customers::NewCustomer,
    loans::{LoanUpdate, NewLoan},
    payments::NewPayment,
    simulation,
};
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Each model of a body with its parse.
type Parse = fn(&str) -> bool;
const BODIES: &[(&str, Parse)] = &[
    ("LoanUpdate", takes::<LoanUpdate>),
    ("NewPayment", takes::<NewPayment>),
    ("NewAutopay", takes::<NewAutopay>),
];
const CONTROLS: &[(&str, Parse)] = &[("NewLoan", takes::<NewLoan>), ("NewCustomer", takes::<NewCustomer>)];

fn takes<T: DeserializeOwned + JsonSchema>(body: &str) -> bool {
    // What no operation takes as a body is read within one, which only takes objects.
    body.trim_start().starts_with('{') && serde_json::from_str::<T>(body).is_ok() && decodes::<T>(body)
}

fn decodes<T: DeserializeOwned + JsonSchema>(body: &str) -> bool {
    Decoder::<T>::default().body(body.as_bytes(), 100).is_ok()
}

#[derive(Debug)]
struct Subject {
    name: &'static str,
    parse: Parse,
    checker: Checker,
    bodies: Vec<Value>,
}

fn subjects() -> Vec<Subject> {
    let (contract, controls) = (simulation().contract(), simulation().controls());
    let of = |contract: &estoppel_contract::Contract, (name, parse): (&'static str, Parse)| {
        let schema = &contract.model(name).unwrap().schema;
        let mut bodies = schema["examples"].as_array().unwrap().clone();
        bodies.push(json!({}));
        Subject { name, parse, checker: contract.checker(schema).unwrap(), bodies }
    };
    let own = BODIES.iter().map(|body| of(contract, *body));
    let all: Vec<Subject> = own.chain(CONTROLS.iter().map(|body| of(&controls, *body))).collect();
    assert!(all.iter().all(|subject| subject.checker.accepts(&subject.bodies[0])));
    all
}

const RAW: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "1",
    "2",
    "-0.0",
    "1.0",
    "0.5",
    "-1",
    "1e3",
    "1e300",
    "9007199254740992",
    "\"\"",
    "\"0\"",
    "\"1\"",
    "\"true\"",
    "\"01\"",
    "\"1.5\"",
    "\"1.\"",
    "\".5\"",
    "\"-1\"",
    "\"+1\"",
    "\"1e3\"",
    "\" 1\"",
    "\"9999999999999999\"",
    "\"2022-05-11\"",
    "\"2022-02-30\"",
    "\"2022-02-30 10:00:00\"",
    "\"2022-05-11 10:00:00\"",
    "\"2022-05-11 24:00:00\"",
    "\"2022-05-11T10:00:00\"",
    "\"0000-01-01\"",
    "\"0000-12-31 23:59:59\"",
    "\"2022-05-11 10:00:60\"",
    "\"payment.extra.tx.principal\"",
    "\"payment.extra.TX.principal\"",
    "\"autopay.type.single\"",
    "[]",
    "{}",
    "[{}]",
    "{\"results\":[]}",
    "{\"results\":[[]]}",
    "{\"results\":[{}]}",
    "{\"results\":[{\"amount\":1}]}",
    "{\"results\":{}}",
    "{\"results\":null}",
    "[[]]",
    "\"\u{e9}022-05-11\"",
];

/// Every place of a body, as JSON pointers.
fn places(body: &Value, at: &str, all: &mut Vec<String>) {
    match body {
        Value::Object(members) => {
            for (name, member) in members {
                let place = format!("{at}/{name}");
                all.push(place.clone());
                places(member, &place, all);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let place = format!("{at}/{index}");
                all.push(place.clone());
                places(item, &place, all);
            }
        }
        _ => {}
    }
}

fn agree(subject: &Subject, body: &Value) {
    let text = body.to_string();
    assert_eq!(
        (subject.parse)(&text),
        subject.checker.accepts(body),
        "{}: {text}: {:?}",
        subject.name,
        subject.checker.check(body)
    );
}

/// Every value at every place of every example.
#[test]
fn parse_and_schema_agree_on_every_change() {
    for subject in subjects() {
        for body in &subject.bodies {
            agree(&subject, body);
            let mut all = Vec::new();
            places(body, "", &mut all);
            for place in &all {
                for raw in RAW {
                    let mut changed = body.clone();
                    *changed.pointer_mut(place).unwrap() = serde_json::from_str(raw).unwrap_or(Value::Null);
                    agree(&subject, &changed);
                }
                let (parent, name) = place.rsplit_once('/').unwrap();
                let mut changed = body.clone();
                if let Some(members) = changed.pointer_mut(parent).unwrap().as_object_mut() {
                    members.shift_remove(name);
                    agree(&subject, &changed);
                }
            }
        }
    }
}

/// Text that is nearly a value.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9+-]{1,4}-[0-9]{1,2}-[0-9]{1,2}( [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2})?",
        "-?[0-9]{0,17}(\\.[0-9]{0,12})?",
        any::<String>(),
        Just("0".to_owned()),
    ]
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 256, failure_persistence: None, ..Default::default() })]

    #[test]
    fn parse_and_schema_agree_on_any_text(text in text(), number in any::<f64>()) {
        static SUBJECTS: std::sync::LazyLock<Vec<Subject>> = std::sync::LazyLock::new(subjects);
        for subject in SUBJECTS.iter().filter(|subject| subject.name == "NewPayment") {
            for value in [Value::from(text.as_str()), Value::from(number)] {
                for member in ["amount", "date", "early", "paymentAccountId", "extra"] {
                    let mut body = json!({"amount": 1});
                    body[member] = value.clone();
                    agree(subject, &body);
                }
            }
        }
    }
}
