//! Bodies with more faults than anybody reads.

use estoppel_simulator::SessionLimits;
use serde_json::{Value, json};

use crate::sandbox::{Sandbox, new_claim};

/// Faults in each body.
const FAULTS: usize = 300_000;

#[test]
fn of_many_faulty_items_the_first_are_told_and_the_others_counted() {
    let mut sandbox = Sandbox::within(SessionLimits { records_max: 1_000_000, ..SessionLimits::default() });
    let claim = sandbox.claim(&json!({}));
    let body = json!({"types": vec![1; FAULTS]});
    let answer = sandbox.answer("POST", &format!("/claims/{claim}/orders"), Some(&body));
    assert_eq!(answer.status, 400);
    assert_eq!((answer.verdict.violations.len(), answer.verdict.violations_omitted), (100, FAULTS - 100));
    let reply: Value = serde_json::from_slice(&answer.body).unwrap();
    let told = reply["validation"]["errors"].as_array().unwrap();
    assert_eq!((told.len(), &told[99]["path"]), (100, &json!(["types", "99"])));
    let kept = sandbox.session.journal().entries().last().unwrap().verdict.unwrap();
    assert_eq!(kept, answer.verdict);
}

#[test]
fn the_fault_of_a_late_item_is_told_at_its_place() {
    let mut sandbox = Sandbox::new();
    let claim = sandbox.claim(&json!({}));
    let mut types = vec![json!("Copy of Title"); 5_000];
    types.push(json!(1));
    let answer = sandbox.answer("POST", &format!("/claims/{claim}/orders"), Some(&json!({"types": types})));
    let places: Vec<String> =
        answer.verdict.violations.iter().map(|violation| violation.pointer.to_string()).collect();
    assert_eq!((places.as_slice(), answer.verdict.violations_omitted), (&["/types/5000".to_owned()][..], 0));
}

fn with_unknown_members(count: usize) -> Value {
    let mut claim = new_claim();
    let members = claim.as_object_mut().unwrap();
    members.extend((0..count).map(|number| (number.to_string(), json!(0))));
    claim
}

#[test]
fn of_many_unknown_members_the_first_are_named_and_the_others_counted() {
    let limits = SessionLimits { violations_max: 30, ..SessionLimits::default() };
    let mut sandbox = Sandbox::within(limits);
    // Up to the limit of a body.
    let count = 70_000;
    let answer = sandbox.answer("POST", "/claims", Some(&with_unknown_members(count)));
    assert_eq!((answer.status.as_u16(), answer.verdict.ignored.len()), (201, 30));
    assert_eq!(answer.verdict.ignored_omitted, count - 30);
    let header = answer.headers["x-estoppel-ignored"].to_str().unwrap();
    assert!(header.ends_with(&format!("... ({} more)", count - 20)), "{header}");

    let mut strict = Sandbox::with_readings(&[("unknown-fields", "refuse")]);
    let answer = strict.answer("POST", "/claims", Some(&with_unknown_members(count)));
    assert_eq!((answer.status.as_u16(), answer.verdict.violations.len()), (400, 100));
    assert_eq!(answer.verdict.violations_omitted, count - 100);
}
