//! What arrives, when, and how it went.

use std::collections::BTreeSet;

use estoppel_contract::Words;
use estoppel_lossexpress_xpayoff::{normalize_quote, results::FailureMessage, simulation};
use serde_json::{Value, json};

use crate::sandbox::{CENTER_SECONDS, OK, SOME_VIN, Sandbox, by_name, lender_id, signed_body};

/// The bodies that arrive within so many seconds.
fn bodies(sandbox: &mut Sandbox, seconds: i64) -> Vec<Value> {
    sandbox.advance(seconds, &OK).iter().map(signed_body).collect()
}

#[test]
fn every_test_vin_brings_an_automated_quote_whatever_the_lender() {
    let mut sandbox = Sandbox::new();
    let vins = simulation().service().test_values;
    assert_eq!(vins.len(), 5);
    for vin in vins {
        for lender in [json!({}), by_name(), json!({"lenderId": lender_id("Redwood Drive Finance")})] {
            let mut changes = lender;
            changes["vin"] = vin.value.to_lowercase().into();
            changes["accountNumber"] = Value::Null;
            let id = sandbox.ask(&changes);
            let bodies = bodies(&mut sandbox, 2);
            let [body] = bodies.as_slice() else { unreachable!("{bodies:?}") };
            assert_eq!((&body["payoffId"], &body["packetId"]), (&json!(id), &json!(id)));
            assert_eq!((&body["success"], &body["fulfilledBy"]), (&json!(true), &json!("integration")));
            assert_eq!(body["orderType"], "Payoff Request");
            assert!(normalize_quote(body).is_some());
        }
    }
}

#[test]
fn results_arrive_after_the_time_of_who_answers() {
    let mut sandbox = Sandbox::new();
    let integrated = sandbox.ask(&json!({}));
    let called = sandbox.ask(&json!({"lenderId": lender_id("Redwood Drive Finance")}));
    assert!(sandbox.advance_milliseconds(1_999, &OK).is_empty());
    let arrived = |parcels: Vec<_>| {
        parcels.iter().map(|parcel| signed_body(parcel)["payoffId"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(arrived(sandbox.advance_milliseconds(1, &OK)), [json!(integrated)]);
    assert!(sandbox.advance_milliseconds(7_197_999, &OK).is_empty());
    assert_eq!(arrived(sandbox.advance_milliseconds(1, &OK)), [json!(called)]);
    assert!(sandbox.advance(86_400, &OK).is_empty());
    let mut sandbox = Sandbox::with_readings(&[
        ("xpayoff-integration-delay", "0"),
        ("xpayoff-fulfillment-center-delay", "60000"),
    ]);
    sandbox.ask(&json!({}));
    sandbox.ask_center();
    assert_eq!(sandbox.receive(&OK).len(), 1);
    assert_eq!(sandbox.advance(60, &OK).len(), 1);
}

#[test]
fn a_quote_names_payee_addresses_and_days() {
    let mut sandbox = Sandbox::new();
    let id = sandbox.ask(&json!({"vin": SOME_VIN, "accountNumber": "ACCOUNT \"7\" / é"}));
    let bodies = bodies(&mut sandbox, 2);
    let body = &bodies[0];
    assert_eq!(body["payoffId"], id);
    assert_eq!(body["validThroughDate"], "2021-01-18T00:00:00.000Z");
    assert_eq!(body["customerAuthorizationAttempted"], false);
    assert!(body["checkPayableTo"].as_str().unwrap().starts_with("Test Lender"));
    assert_eq!(body["standardMailingAddress"]["attn"], "Payoff Department");
    assert!(body.get("accountNumber").is_none_or(|number| number == "ACCOUNT \"7\" / é"));
}

/// An amount of a body, in cents.
fn cents(amount: &Value) -> i64 {
    let hundredths = 100.0 * amount.as_f64().unwrap();
    format!("{hundredths:.0}").parse().unwrap()
}

#[test]
fn the_same_loan_is_quoted_one_per_diem_higher_each_day() {
    let mut sandbox = Sandbox::new();
    let social_security_number = "900-01-0001";
    let told = json!({"vin": SOME_VIN, "accountNumber": "1", "socialSecurityNumber": social_security_number});
    let less = json!({"vin": SOME_VIN.to_lowercase(), "accountNumber": null});
    let quote = |sandbox: &mut Sandbox, changes: &Value| {
        let mut changes = changes.clone();
        changes["socialSecurityNumber"] = social_security_number.into();
        sandbox.ask(&changes);
        bodies(sandbox, 2).remove(0)
    };
    let first = quote(&mut sandbox, &told);
    let mut days = vec![first.clone()];
    for _ in 0..2 {
        assert!(sandbox.advance(86_400 - 2, &OK).is_empty());
        // Requests about other loans in between change nothing.
        quote(&mut sandbox, &json!({"vin": "1N4AL3AP8JC231504"}));
        days.push(quote(&mut sandbox, &less));
    }
    for (number, body) in (0..).zip(&days) {
        let per_diem = cents(&first["perDiem"]);
        assert_eq!(cents(&body["payoffAmount"]), cents(&first["payoffAmount"]) + number * per_diem, "{body}");
        for member in ["perDiem", "checkPayableTo", "standardMailingAddress", "overnightMailingAddress"] {
            assert_eq!(body.get(member), first.get(member), "{member}");
        }
    }
    assert_eq!(days[1].get("accountNumber"), days[2].get("accountNumber"));
    let figures = |body: &Value| (body["payoffAmount"].clone(), body["perDiem"].clone());
    let same = figures(&days[2]);
    assert_eq!(figures(&quote(&mut sandbox, &told)), same, "twice on one day");
    assert_ne!(figures(&quote(&mut sandbox, &json!({"vin": "1N4AL3AP8JC231504"}))), same);
    let elsewhere = json!({"vin": SOME_VIN, "lenderId": lender_id("Old Mill Savings Bank")});
    sandbox.ask(&elsewhere);
    let elsewhere = bodies(&mut sandbox, CENTER_SECONDS).remove(0);
    assert_ne!(figures(&elsewhere), same);
}

#[test]
fn the_fulfillment_center_fails_one_time_in_four_for_documented_reasons() {
    let mut sandbox = Sandbox::new();
    for _ in 0..400 {
        sandbox.ask(&json!({"lenderId": null, "lenderName": "Bank of Nowhere", "accountNumber": null}));
    }
    let bodies = bodies(&mut sandbox, CENTER_SECONDS);
    assert_eq!(bodies.len(), 400);
    let failures: Vec<&Value> = bodies.iter().filter(|body| body["success"] == false).collect();
    assert!((70..130).contains(&failures.len()), "{}", failures.len());
    let known: BTreeSet<&str> = FailureMessage::ALL.iter().map(|message| message.as_str()).collect();
    let told: BTreeSet<&str> = failures.iter().map(|body| body["errorMessage"].as_str().unwrap()).collect();
    assert_eq!(told, known, "all ten come up among so many");
    for body in &failures {
        let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
        assert_eq!(
            keys,
            [
                "packetId",
                "payoffId",
                "orderId",
                "orderType",
                "success",
                "errorMessage",
                "fulfilledBy",
                "customerAuthorizationAttempted"
            ]
        );
        assert_eq!(body["fulfilledBy"], "fulfillment center");
        assert_eq!(normalize_quote(body), None);
    }
}

#[test]
fn a_lender_that_nobody_can_call_gives_a_failure_without_a_reason() {
    let mut sandbox = Sandbox::with_readings(&[("xpayoff-fulfillment-center", "not-subscribed")]);
    sandbox.ask(&json!({"lenderId": lender_id("Redwood Drive Finance")}));
    let bodies = bodies(&mut sandbox, 2);
    assert_eq!((&bodies[0]["success"], bodies[0].get("errorMessage")), (&json!(false), None));
}

#[test]
fn a_result_without_a_webhook_is_lost() {
    let mut sandbox = Sandbox::without_webhook(&[("xpayoff-webhook-precondition", "not-required")]);
    let lost = sandbox.ask(&json!({}));
    assert!(sandbox.advance(2, &OK).is_empty());
    assert_eq!(sandbox.state(&lost), "lost");
    assert_eq!(sandbox.session.outbox().counters().undeliverable, 1);
    let late = sandbox.ask_center();
    let id = sandbox.register();
    sandbox.session.remove_webhook(id, crate::sandbox::start()).unwrap();
    assert_eq!(sandbox.state(&late), "open", "removal takes no request with it");
    sandbox.register();
    assert_eq!(sandbox.advance(CENTER_SECONDS, &OK).len(), 1);
    assert_eq!(sandbox.state(&late), "delivered");
    assert_eq!(sandbox.state(&lost), "lost");
}
