//! Payoff requests: created, repeated, cancelled, refused.

use serde_json::json;

use crate::sandbox::Sandbox;

const MISSING: &str =
    "Claim is missing one or more required documents: 'settlement breakdown' & 'valuation report'";

#[test]
fn a_payoff_needs_both_documents() {
    let mut sandbox = Sandbox::new();
    let claim = sandbox.claim(&json!({}));
    let path = format!("/claims/{claim}/payoff-request");
    let refusal = json!({"statusCode": 400, "error": "Bad Request", "message": MISSING});
    assert_eq!(sandbox.call("POST", &path, None), (400, refusal.clone()));
    sandbox.document(&claim, "Settlement Breakdown");
    assert_eq!(sandbox.call("POST", &path, None), (400, refusal));
    sandbox.document(&claim, "valuation report");
    assert_eq!(sandbox.call("POST", &path, None), (200, json!({"claimId": claim})));
}

#[test]
fn asking_twice_and_cancelling_twice_leave_one_trace_each() {
    let mut sandbox = Sandbox::new();
    let claim = sandbox.claim(&json!({}));
    sandbox.document(&claim, "valuation report & settlement breakdown");
    let path = format!("/claims/{claim}/payoff-request");
    let never = json!({"statusCode": 404, "error": "Not Found", "message": "A payoff request does not exist for this claim."});
    assert_eq!(sandbox.call("DELETE", &path, None), (404, never));
    for _ in 0..2 {
        assert_eq!(sandbox.call("POST", &path, None).0, 200);
    }
    for _ in 0..2 {
        assert_eq!(sandbox.call("DELETE", &path, None), (200, json!({"claimId": claim, "success": true})));
    }
    assert_eq!(
        sandbox.feed(&claim),
        ["claim-created", "document-added", "payoff-request-created", "payoff-request-cancelled"]
    );
}

#[test]
fn the_refresh_route_is_announced_and_turned_on_by_a_reading() {
    let mut sandbox = Sandbox::new();
    let claim = sandbox.claim(&json!({}));
    let path = format!("/claims/{claim}/payoff-request/refresh");
    assert_eq!(sandbox.call("POST", &path, None).0, 404);
    let mut sandbox = Sandbox::with_readings(&[("refresh-payoff-request", "on")]);
    let claim = sandbox.claim(&json!({}));
    let path = format!("/claims/{claim}/payoff-request/refresh");
    assert_eq!(sandbox.call("POST", &path, None).1["message"], MISSING);
    sandbox.document(&claim, "settlement breakdown & valuation report");
    assert_eq!(
        sandbox.call("POST", &path, None).1["message"],
        "A payoff request does not exist for this claim."
    );
    sandbox.call("POST", &format!("/claims/{claim}/payoff-request"), None);
    assert_eq!(sandbox.call("POST", &path, None), (200, json!({"claimId": claim})));
}
