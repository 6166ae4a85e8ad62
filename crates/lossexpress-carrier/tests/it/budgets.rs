//! What a session holds of the API is bounded.

use estoppel_simulator::{Holding, SessionLimits};
use http::header;
use serde_json::{Value, json};

use crate::sandbox::{Sandbox, new_claim};

#[test]
fn a_session_that_is_full_takes_no_claim_and_still_answers_everything_else() {
    let mut sandbox = Sandbox::within(SessionLimits { records_max: 4, ..SessionLimits::default() });
    // A claim and its activity are two records.
    let claims = [1, 2].map(|_| sandbox.claim(&json!({})));
    assert_eq!(sandbox.session.holding().records, 4);
    let refused = sandbox.answer("POST", "/claims", Some(&new_claim()));
    assert_eq!(refused.status, 507);
    assert_eq!(refused.headers["x-estoppel-limit"], "session-records");
    assert_eq!(refused.headers[header::CONTENT_TYPE], "application/json");
    let body: Value = serde_json::from_slice(&refused.body).unwrap();
    assert_eq!(body["error"], "the limit `session-records` is reached: 4");
    let held = sandbox.session.holding();

    // Who calls, and what the caller sees, is as always.
    let credentials = json!({"clientId": "carrier-test", "secret": "carrier-test-secret"});
    assert_eq!(sandbox.call("POST", "/oauth/token", Some(&credentials)).0, 200);
    assert_eq!(sandbox.call("GET", &format!("/claims/{}", claims[0]), None).0, 200);
    assert_eq!(sandbox.call("POST", "/nowhere", Some(&json!({}))).0, 404);
    let mut stranger = estoppel_simulator::RawCall::new(http::Method::POST, "/claims".parse().unwrap());
    stranger.headers.insert(header::CONTENT_TYPE, "application/json".parse().unwrap());
    assert_eq!(sandbox.send(&stranger).status, 401);
    assert_eq!(sandbox.session.holding(), held);

    let replayed = sandbox.session.replay().unwrap();
    assert_eq!(replayed.holding(), held);
    assert_eq!(replayed.journal().counters(), sandbox.session.journal().counters());
}

#[test]
fn bytes_of_documents_and_of_long_texts_are_counted() {
    let mut sandbox = Sandbox::within(SessionLimits { bytes_max: 20_000, ..SessionLimits::default() });
    let claim = sandbox.claim(&json!({}));
    let documents = format!("/claims/documents/{claim}");
    let document =
        |length: usize| json!({"document": format!("JVBERi0x{}", "AAAA".repeat(length)), "description": "x"});
    assert_eq!(sandbox.call("POST", &documents, Some(&document(2_000))).0, 200);
    // One that does not fit is refused whole, and a smaller one is taken.
    assert_eq!(sandbox.call("POST", &documents, Some(&document(3_000))).0, 507);
    assert_eq!(sandbox.call("POST", &documents, Some(&document(1_000))).0, 200);
    let long = json!({"message": "x".repeat(9_000)});
    let (status, body) = sandbox.call("POST", &format!("/claims/{claim}/direct-messages"), Some(&long));
    assert_eq!(status, 507, "{body}");
    assert!(body["error"].as_str().unwrap().contains("session-bytes"), "{body}");
    assert!(sandbox.session.holding().bytes < 20_000);
    // A refusal leaves nothing.
    let held = sandbox.session.holding();
    assert_eq!(sandbox.call("POST", &documents, Some(&json!({"document": "%", "description": "x"}))).0, 400);
    assert_eq!(sandbox.session.holding(), held);
}

#[test]
fn one_call_does_not_overshoot_without_bound() {
    let mut sandbox = Sandbox::within(SessionLimits { records_max: 2_000, ..SessionLimits::default() });
    let claim = sandbox.claim(&json!({}));
    let orders = |count: usize| json!({"types": vec!["Copy of Title"; count]});
    let path = format!("/claims/{claim}/orders");
    assert_eq!(sandbox.call("POST", &path, Some(&orders(100_000))).0, 507);
    assert_eq!(sandbox.call("POST", &path, Some(&orders(2_500))).0, 200);
    assert_eq!(sandbox.call("POST", &path, Some(&orders(1))).0, 507);
    assert!(sandbox.session.holding().records <= 3_000);
}

#[test]
fn timers_are_counted_and_room_comes_back_when_they_have_fired() {
    let mut sandbox = Sandbox::within(SessionLimits { timers_max: 1, ..SessionLimits::default() });
    sandbox.claim(&json!({"lenderName": "Bank of Nowhere"}));
    assert_eq!(sandbox.session.holding(), Holding { timers: 1, ..sandbox.session.holding() });
    assert_eq!(sandbox.call("POST", "/claims", Some(&new_claim())).0, 507);
    sandbox.advance(7_200);
    assert_eq!(sandbox.call("POST", "/claims", Some(&new_claim())).0, 201);
}
