//! What is true of the API as a whole.

use estoppel_contract::{Authentication, FailureLimit, Success};
use estoppel_lossexpress_xpayoff::simulation;
use http::header;
use serde_json::json;

use crate::sandbox::{Sandbox, headers, new_request, start};

#[test]
fn servers_key_and_delivery_rules_are_those_of_the_document() {
    let service = simulation().service();
    let urls: Vec<_> = service.servers.iter().map(|server| server.url).collect();
    assert_eq!(urls, ["https://xpayoff-api.lossexpress.com", "https://xpayoff-api-dev.lossexpress.com"]);
    assert!(matches!(service.authentication, Authentication::Secret { test_secret: "xpayoff-test-key", .. }));
    let rules = service.deliveries.unwrap();
    assert_eq!(rules.success, Success::Exactly(200));
    let span = std::time::Duration::from_mins(15);
    assert_eq!(rules.limits, [FailureLimit::InARow(5), FailureLimit::Within { failures: 10, span }]);
    assert_eq!(rules.signing.unwrap().header, "x-lossexpress-signature");
    assert!(service.readings.iter().all(|reading| reading.name.starts_with("xpayoff-")));
}

#[test]
fn a_call_needs_the_key() {
    let mut sandbox = Sandbox::new();
    let mut status = |authorization: Option<&str>| {
        let mut call =
            estoppel_simulator::RawCall::new(http::Method::GET, "/lenders?name=test".parse().unwrap());
        if let Some(value) = authorization {
            call.headers.insert(header::AUTHORIZATION, value.parse().unwrap());
        }
        let answer = sandbox.session.call(0, &call, start()).unwrap();
        let message = serde_json::from_slice::<serde_json::Value>(&answer.body).unwrap()["message"].clone();
        (answer.status.as_u16(), message)
    };
    let unauthorized = (401, json!("Unauthorized"));
    assert_eq!(status(None), unauthorized);
    assert_eq!(status(Some("Bearer another-key")), unauthorized);
    assert_eq!(status(Some("Bearer ")), unauthorized);
    assert_eq!(status(Some("Basic xpayoff-test-key")), unauthorized);
    assert_eq!(status(Some("xpayoff-test-key")), unauthorized);
    assert_eq!(status(Some("bearer xpayoff-test-key")).0, 200);
}

#[test]
fn faults_of_the_protocol_get_the_envelope() {
    let mut sandbox =
        Sandbox::with_readings(&[("xpayoff-body-limit", "1024"), ("xpayoff-unknown-fields", "refuse")]);
    let answer = sandbox.answer("GET", "/payoff", None);
    assert_eq!((answer.status.as_u16(), &answer.headers[header::ALLOW]), (405, &"POST".parse().unwrap()));
    assert_eq!(sandbox.call("GET", "/nowhere", None).0, 404);
    assert_eq!(sandbox.session.body_limit_bytes(0), 1024);
    let (status, reply) = sandbox.call("POST", "/payoff", Some(&new_request(&json!({"colour": "red"}))));
    assert_eq!((status, &reply["message"]), (400, &json!("colour is not allowed")));
    let mut send = |accept: &str, content_type: &str, body: &'static str| {
        let mut call = estoppel_simulator::RawCall::new(http::Method::POST, "/payoff".parse().unwrap());
        call.headers = headers();
        call.headers.insert(header::ACCEPT, accept.parse().unwrap());
        call.headers.insert(header::CONTENT_TYPE, content_type.parse().unwrap());
        call.body = estoppel_simulator::Body::Complete(body.into());
        sandbox.session.call(0, &call, start()).unwrap().status.as_u16()
    };
    assert_eq!(send("text/html", "application/json", "{}"), 406);
    assert_eq!(send("*/*", "text/plain", "{}"), 415);
    assert_eq!(send("*/*", "application/json", "{"), 400);
}

#[test]
fn unknown_members_are_ignored_and_named() {
    let mut sandbox = Sandbox::new();
    let answer = sandbox.answer("POST", "/payoff", Some(&new_request(&json!({"colour": "red"}))));
    assert_eq!(
        (answer.status.as_u16(), &answer.headers["x-estoppel-ignored"]),
        (200, &"colour".parse().unwrap())
    );
}
