//! Claims: created, refused, updated, searched.

use serde_json::{Value, json};

use crate::sandbox::{Sandbox, new_claim};

/// The members at fault of a refusal, in order.
fn faults(reply: &Value) -> Vec<String> {
    let errors = reply["validation"]["errors"].as_array().unwrap();
    errors.iter().map(|error| error["label"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_missing_member_is_reported() {
    let mut sandbox = Sandbox::new();
    let (status, reply) = sandbox.call("POST", "/claims", Some(&json!({})));
    assert_eq!((status, faults(&reply).len()), (400, 16));
    assert_eq!(reply["message"], "accountNumber is required");
}

#[test]
fn values_are_refused_where_the_contract_refuses_them() {
    let check = |member: &str, value: Value, expected: &[&str]| {
        let mut body = new_claim();
        body[member] = value;
        let (status, reply) = Sandbox::new().call("POST", "/claims", Some(&body));
        match expected {
            [] => assert_eq!(status, 201, "{reply}"),
            expected => assert_eq!(
                (status, faults(&reply)),
                (400, expected.iter().map(ToString::to_string).collect())
            ),
        }
    };
    check("deductible", json!(1e3), &[]);
    check("deductible", json!("400"), &["deductible"]);
    check("deductible", json!(1e300), &["deductible"]);
    check("causeOfLoss", json!("fire"), &["causeOfLoss"]);
    check("causeOfLoss", json!({"Fire": null}), &["causeOfLoss"]);
    check("vin", json!("1N4AL3AP8JC23150"), &["vin"]);
    check("dateOfLoss", json!("2020-02-30"), &["dateOfLoss"]);
    check("adjusterName", Value::Null, &["adjusterName"]);
    check("lenderAddress", json!(["1 Main"]), &["lenderAddress"]);
    check("lenderAddress", json!({"city": 7}), &["lenderAddress.city"]);
    check("ownerRetained", json!(false), &[]);
    check("ownerRetained", json!(true), &["value"]);
    check("unknown", json!(true), &[]);
}

#[test]
fn money_is_written_as_javascript_writes_it() {
    let mut sandbox = Sandbox::new();
    let body = new_claim().to_string().replace("\"deductible\":400", "\"deductible\":400.50");
    let body = body.replace("\"settlementAmount\":5553", "\"settlementAmount\":5553.0");
    let mut call = estoppel_simulator::RawCall::new(http::Method::POST, "/claims".parse().unwrap());
    call.headers = sandbox.headers();
    call.body = estoppel_simulator::Body::Complete(body.into());
    let reply: Value = serde_json::from_slice(&sandbox.send(&call).body).unwrap();
    let id = reply["claimId"].as_str().unwrap().to_owned();
    let fetched = sandbox.answer("GET", &format!("/claims/{id}"), None);
    let text = std::str::from_utf8(&fetched.body).unwrap();
    assert!(text.contains("\"deductible\":400.5,") && text.contains("\"settlementAmount\":5553,"), "{text}");
}

#[test]
fn an_update_tells_only_what_changed() {
    let mut sandbox = Sandbox::new();
    let claim = sandbox.claim(&json!({}));
    let path = format!("/claims/{claim}");
    let update = json!({"deductible": 500, "odometer": 39993, "vehicleLocation": "Yard 7"});
    let (status, reply) = sandbox.call("PUT", &path, Some(&update));
    assert_eq!((status, &reply["claimId"], &reply["deductible"]), (200, &json!(claim), &json!(500)));
    assert_eq!(sandbox.call("PUT", &path, Some(&update)).0, 200);
    assert_eq!(sandbox.feed(&claim), ["claim-created", "claim-updated"]);
    let feed = format!("/activities?claimId={claim}&types=claim-updated");
    let data = sandbox.call("GET", &feed, None).1["results"][0]["data"].clone();
    assert_eq!(
        data,
        json!({
            "update": {"deductible": 500, "vehicleLocation": "Yard 7"},
            "previous": {"deductible": 400},
            "updatedByLossExpress": false,
        })
    );
}

#[test]
fn the_spelling_of_owners_retained_is_a_reading() {
    for (reading, owners, owner) in
        [("both", true, true), ("owners-retained", true, false), ("owner-retained", false, true)]
    {
        let mut sandbox = Sandbox::with_readings(&[("owners-retained", reading)]);
        let claim = sandbox.claim(&json!({}));
        let shown = sandbox.call("GET", &format!("/claims/{claim}"), None).1["claim"].clone();
        let updated =
            sandbox.call("PUT", &format!("/claims/{claim}"), Some(&json!({"ownersRetained": true}))).1;
        for claim in [shown, updated] {
            assert_eq!(
                (claim.get("ownersRetained").is_some(), claim.get("ownerRetained").is_some()),
                (owners, owner)
            );
        }
    }
}

#[test]
fn test_vins_take_effect_after_a_second() {
    let contract = estoppel_lossexpress_carrier::simulation().contract();
    for test_vin in contract.service.test_values {
        let mut sandbox = Sandbox::new();
        let claim = sandbox.claim(&json!({"vin": test_vin.value}));
        assert_eq!(sandbox.feed(&claim), ["claim-created"]);
        assert_eq!(sandbox.advance(1), [test_vin.shows]);
        assert_eq!(sandbox.feed(&claim).last().unwrap(), test_vin.shows);
    }
}

#[test]
fn unknown_lenders_are_verified_later() {
    for (name, event) in [("Bank of Nowhere", "new-lender-verified"), ("CHCU", "lender-alias-verified")] {
        let mut sandbox = Sandbox::new();
        let claim = sandbox.claim(&json!({"lenderName": name}));
        let path = format!("/claims/{claim}");
        assert!(sandbox.call("GET", &path, None).1["claim"].get("lenderId").is_none());
        assert_eq!(sandbox.advance(3_600), [event]);
        assert!(sandbox.call("GET", &path, None).1["claim"]["lenderId"].is_string());
    }
}

#[test]
fn tokens_expire_on_the_sessions_clock() {
    let mut sandbox = Sandbox::new();
    sandbox.advance(86_399);
    assert_eq!(sandbox.call("GET", "/claims/order-types", None).0, 200);
    sandbox.advance(1);
    let expired =
        json!({"statusCode": 401, "error": "Unauthorized", "message": "The provided token has expired."});
    assert_eq!(sandbox.call("GET", "/claims/order-types", None), (401, expired));
}
