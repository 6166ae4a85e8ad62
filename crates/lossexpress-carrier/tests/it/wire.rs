//! Each operation's exchange on the wire, as callers see it. The snapshots are reviewed as product.

use std::fmt::Write;

use estoppel_simulator::{Body, RawCall};
use serde_json::{Value, json};

use crate::sandbox::{Sandbox, new_claim};

/// Sends a call and holds the exchange to the snapshot with this name.
fn exchange(sandbox: &mut Sandbox, name: &str, method: &str, path: &str, body: Option<&Value>) -> Value {
    let mut call = RawCall::new(method.parse().unwrap(), path.parse().unwrap());
    call.headers = sandbox.headers();
    let mut text = format!("{method} {path}\n");
    if let Some(body) = body {
        writeln!(text, "content-type: application/json\n\n{body:#}").unwrap();
        call.body = Body::Complete(body.to_string().into());
    }
    let answer = sandbox.send(&call);
    writeln!(text, "\n---\n\n{}", answer.status).unwrap();
    for (header, value) in &answer.headers {
        writeln!(text, "{header}: {}", value.to_str().unwrap()).unwrap();
    }
    let reply = serde_json::from_slice::<Value>(&answer.body);
    match &reply {
        Ok(reply) => writeln!(text, "\n{reply:#}").unwrap(),
        Err(_) => writeln!(text, "\n{}", String::from_utf8_lossy(&answer.body)).unwrap(),
    }
    let snapshots = concat!(env!("CARGO_MANIFEST_DIR"), "/../../snapshots/carrier");
    insta::with_settings!({snapshot_path => snapshots, prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, text);
    });
    reply.unwrap_or(Value::Null)
}

#[test]
fn every_operation_has_its_exchange() {
    let mut sandbox = Sandbox::with_readings(&[("refresh-payoff-request", "on")]);
    let sandbox = &mut sandbox;
    let credentials = json!({"clientId": "carrier-test", "secret": "carrier-test-secret"});
    exchange(sandbox, "issueToken", "POST", "/oauth/token", Some(&credentials));
    let claim = exchange(sandbox, "createClaim", "POST", "/claims", Some(&new_claim()));
    let id = claim["claimId"].as_str().unwrap().to_owned();
    let on = |tail: &str| format!("/claims/{id}{tail}");
    exchange(sandbox, "createClaim.refused", "POST", "/claims", Some(&json!({"vin": "short"})));
    exchange(sandbox, "updateClaim", "PUT", &on(""), Some(&json!({"deductible": 500.5})));
    exchange(sandbox, "searchClaims", "GET", "/claims?claimNumber=example3", None);
    exchange(
        sandbox,
        "createDirectMessage",
        "POST",
        &on("/direct-messages"),
        Some(&json!({"message": "Hello."})),
    );
    exchange(sandbox, "createPayoffRequest.refused", "POST", &on("/payoff-request"), None);
    exchange(sandbox, "cancelPayoffRequest.refused", "DELETE", &on("/payoff-request"), None);
    let document =
        json!({"document": "JVBERi0xLjQK", "description": "Settlement Breakdown & Valuation Report"});
    let added = exchange(sandbox, "addDocument", "POST", &format!("/claims/documents/{id}"), Some(&document));
    let url = added["documentUrl"].as_str().unwrap().to_owned();
    let (_, path) = url.split_once("/carrier").unwrap();
    exchange(sandbox, "fetchDocument", "GET", path, None);
    exchange(sandbox, "createPayoffRequest", "POST", &on("/payoff-request"), None);
    exchange(sandbox, "refreshPayoffRequest", "POST", &on("/payoff-request/refresh"), None);
    exchange(sandbox, "cancelPayoffRequest", "DELETE", &on("/payoff-request"), None);
    let letter = on("/letter-of-guarantee-request");
    exchange(sandbox, "createLetterOfGuaranteeRequest", "POST", &letter, None);
    exchange(sandbox, "cancelLetterOfGuaranteeRequest", "DELETE", &letter, None);
    exchange(sandbox, "fetchOrderTypes", "GET", "/claims/order-types", None);
    let types = json!({"types": ["Repo Affidavit", "Copy of Title"]});
    let orders = exchange(sandbox, "createOrders", "POST", &on("/orders"), Some(&types));
    let ids = json!({"orderIds": [orders["orders"][0]["orderId"]]});
    exchange(sandbox, "cancelOrders", "DELETE", &on("/cancel-orders"), Some(&ids));
    let payment = json!({"sentAt": "2021-01-08T22:03:09.598Z", "checkAmount": 20000});
    exchange(sandbox, "acknowledgePaymentSent", "POST", &on("/payoff-sent"), Some(&payment));
    let dispute = json!({"dispute": true, "reasonForDispute": "All options were verified."});
    exchange(sandbox, "acceptOrDisputeCounter.refused", "POST", &on("/settlement-counter"), Some(&dispute));
    let trigger = format!("/activities/trigger-activity/{id}?activityType=settlement-counter-added");
    exchange(sandbox, "triggerActivity", "POST", &trigger, None);
    exchange(sandbox, "acceptOrDisputeCounter", "POST", &on("/settlement-counter"), Some(&dispute));
    exchange(sandbox, "fetchClaim", "GET", &on(""), None);
    exchange(sandbox, "fetchActivities", "GET", "/activities?pageSize=3", None);
    let contract = estoppel_lossexpress_carrier::simulation().contract();
    for operation in &contract.operations {
        let name =
            format!("{}/../../snapshots/carrier/{}.snap", env!("CARGO_MANIFEST_DIR"), operation.spec.id);
        assert!(std::path::Path::new(&name).exists(), "{} has no exchange", operation.spec.id);
    }
}
