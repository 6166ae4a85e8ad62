//! Payoff requests: made, refused, cancelled.

use serde_json::json;

use crate::sandbox::{CENTER_SECONDS, OK, Sandbox, by_name, lender_id, new_request};

const NOBODYS_ID: &str = "00000000-0000-4000-8000-000000000404";

#[test]
fn a_payoff_needs_an_enabled_webhook() {
    let message = "No webhook is enabled, so there is nowhere to send a payoff.";
    let refusal = (400, json!({"statusCode": 400, "error": "Bad Request", "message": message}));
    let mut sandbox = Sandbox::without_webhook(&[]);
    let body = new_request(&json!({}));
    assert_eq!(sandbox.call("POST", "/payoff", Some(&body)), refusal);
    let (first, second) = (sandbox.register(), sandbox.register());
    assert_eq!(sandbox.call("POST", "/payoff", Some(&body)).0, 200);
    sandbox.session.remove_webhook(first, crate::sandbox::start()).unwrap();
    assert_eq!(sandbox.call("POST", "/payoff", Some(&body)).0, 200, "one is left");
    sandbox.session.remove_webhook(second, crate::sandbox::start()).unwrap();
    assert_eq!(sandbox.call("POST", "/payoff", Some(&body)), refusal);
    let mut sandbox = Sandbox::without_webhook(&[("xpayoff-webhook-precondition", "not-required")]);
    assert_eq!(sandbox.call("POST", "/payoff", Some(&body)).0, 200);
    let mut sandbox = Sandbox::with_readings(&[("xpayoff-webhook-precondition", "unmet")]);
    assert_eq!(sandbox.call("POST", "/payoff", Some(&body)), refusal);
}

#[test]
fn a_faulty_request_is_told_before_a_missing_webhook() {
    let mut sandbox = Sandbox::without_webhook(&[]);
    let (status, reply) = sandbox.call("POST", "/payoff", Some(&json!({"vin": "short"})));
    let messages: Vec<_> = reply["validation"]["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["message"].as_str().unwrap())
        .collect();
    assert_eq!(status, 400);
    assert_eq!(
        messages,
        [
            "entityName is required",
            "lenderId is required",
            "vin must be a match of ^[A-HJ-NPR-Za-hj-npr-z0-9]{17}$"
        ]
    );
}

#[test]
fn a_lender_is_named_by_id_or_by_name() {
    let mut sandbox = Sandbox::new();
    let id = sandbox.ask(&json!({"lenderName": "Bank of Nowhere"}));
    assert_eq!(sandbox.control("GET", &format!("/payoff/{id}"), None).1["fulfilledBy"], "integration");
    let id = sandbox.ask(&by_name());
    assert_eq!(sandbox.control("GET", &format!("/payoff/{id}"), None).1["fulfilledBy"], "fulfillment center");
    let id = sandbox.ask(&json!({"lenderId": null, "lenderName": "Test Lender"}));
    assert_eq!(sandbox.control("GET", &format!("/payoff/{id}"), None).1["fulfilledBy"], "fulfillment center");
    let unknown = new_request(&json!({"lenderId": NOBODYS_ID, "lenderName": "Test Lender"}));
    let refusal = json!({"statusCode": 404, "error": "Not Found", "message": "Lender not found."});
    assert_eq!(sandbox.call("POST", "/payoff", Some(&unknown)), (404, refusal));
    let neither = new_request(&json!({"lenderId": null}));
    let (status, reply) = sandbox.call("POST", "/payoff", Some(&neither));
    assert_eq!((status, &reply["message"]), (400, &json!("lenderId is required")));
}

#[test]
fn without_the_fulfillment_center_lenders_need_an_id_and_nothing_is_cancelled() {
    let mut sandbox = Sandbox::with_readings(&[("xpayoff-fulfillment-center", "not-subscribed")]);
    let (status, reply) = sandbox.call("POST", "/payoff", Some(&new_request(&by_name())));
    assert_eq!(status, 400);
    assert_eq!(reply.get("validation"), None);
    let id = sandbox.ask(&json!({"requesterName": "John Doe"}));
    for id in [id.as_str(), NOBODYS_ID] {
        let (status, reply) = sandbox.call("DELETE", &format!("/payoff/{id}"), None);
        assert_eq!((status, &reply["error"]), (403, &json!("Forbidden")));
    }
}

#[test]
fn cancelling_suppresses_the_result_and_can_be_repeated() {
    let mut sandbox = Sandbox::new();
    let (cancelled, kept) = (sandbox.ask_center(), sandbox.ask_center());
    let path = format!("/payoff/{cancelled}");
    let done = (200, json!({"payoffId": cancelled, "success": true}));
    assert_eq!(sandbox.call("DELETE", &path, None), done);
    assert_eq!(sandbox.call("DELETE", &path, None), done);
    assert_eq!(sandbox.state(&cancelled), "cancelled");
    let parcels = sandbox.advance(2 * CENTER_SECONDS, &OK);
    let requests: Vec<String> = parcels
        .iter()
        .map(|parcel| crate::sandbox::signed_body(parcel)["payoffId"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(requests, [kept.as_str()]);
    assert_eq!(sandbox.state(&cancelled), "cancelled");
    // What was answered stays answered.
    assert_eq!(sandbox.call("DELETE", &format!("/payoff/{kept}"), None).0, 200);
    assert_eq!(sandbox.state(&kept), "delivered");
}

#[test]
fn nobodys_request_cannot_be_cancelled() {
    let mut sandbox = Sandbox::new();
    let refusal = json!({"statusCode": 404, "error": "Not Found", "message": "Payoff request not found."});
    assert_eq!(sandbox.call("DELETE", &format!("/payoff/{NOBODYS_ID}"), None), (404, refusal));
    let (status, reply) = sandbox.call("DELETE", "/payoff/seven", None);
    assert_eq!((status, &reply["message"]), (400, &json!("payoffId must be a valid GUID")));
}

#[test]
fn each_call_makes_a_request_of_its_own() {
    let mut sandbox = Sandbox::new();
    let (first, second) = (sandbox.ask(&json!({})), sandbox.ask(&json!({})));
    assert_ne!(first, second);
    assert_eq!(sandbox.advance(2, &OK).len(), 2);
}

#[test]
fn what_callers_send_is_taken_in_the_forms_that_are_documented() {
    let mut sandbox = Sandbox::new();
    for changes in [
        json!({"socialSecurityNumber": "900-01-0001"}),
        json!({"socialSecurityNumber": "900010001"}),
        json!({"socialSecurityNumber": "0001"}),
        json!({"vehicleMileage": 39993.5}),
        json!({"vehicleMileage": "39,993"}),
        json!({"financeType": "Lease", "customerBirthdate": "1/31/1980"}),
        json!({"lenderId": lender_id("Test Lender").to_uppercase()}),
        json!({"vin": SOME_LOWER_VIN}),
    ] {
        sandbox.ask(&changes);
    }
    for changes in [
        json!({"socialSecurityNumber": "00011"}),
        json!({"socialSecurityNumber": 1}),
        json!({"vehicleMileage": true}),
        json!({"financeType": "retail"}),
        json!({"entityName": 1}),
    ] {
        let (status, reply) = sandbox.call("POST", "/payoff", Some(&new_request(&changes)));
        assert_eq!(status, 400, "{changes}: {reply}");
        assert_eq!(reply["validation"]["errors"].as_array().unwrap().len(), 1, "{changes}: {reply}");
    }
}

const SOME_LOWER_VIN: &str = "1n4al3ap8jc231503";
