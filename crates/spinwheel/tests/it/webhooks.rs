//! Webhooks on their way: headers, order, repetition.

use estoppel_contract::Checker;
use estoppel_simulator::DeliveryState;
use serde_json::{Value, json};

use crate::sandbox::{COMPLETING, FAILING, START, Sandbox, USER, request};

fn checker() -> Checker {
    let contract = estoppel_spinwheel::simulation().contract();
    contract.checker(&contract.webhooks[0].payload).unwrap()
}

#[test]
fn a_webhook_is_not_signed_and_carries_the_endpoints_headers() {
    let mut sandbox = Sandbox::new();
    sandbox.refresh(USER, &request(1), &[COMPLETING]);
    sandbox.advance(2_000);
    let parcels = sandbox.session.take_parcels(10, START.parse().unwrap());
    let headers: Vec<&str> = parcels[0].headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!((parcels.len(), headers), (1, vec!["content-type", "x-tenant"]));
}

#[test]
fn each_group_has_one_webhook_in_the_order_of_the_request() {
    let mut sandbox = Sandbox::new();
    sandbox.refresh(USER, &request(1), &[FAILING, COMPLETING]);
    sandbox.advance(2_000);
    assert_eq!(
        sandbox.session.fork("fork".to_owned(), String::new()).take_parcels(9, START.parse().unwrap()).len(),
        1
    );
    let arrived = sandbox.receive(200);
    let told = |body: &Value| (body["liabilityGroupId"].clone(), body["refreshTransactionStatus"].clone());
    assert_eq!(
        arrived.iter().map(told).collect::<Vec<_>>(),
        [(json!(FAILING), json!("FAILED")), (json!(COMPLETING), json!("COMPLETED"))]
    );
    assert_ne!(arrived[0]["webhookId"], arrived[1]["webhookId"]);
    let checker = checker();
    let guaranteed = estoppel_spinwheel::simulation().contract().webhooks[0].spec.guaranteed;
    for body in &arrived {
        assert_eq!(checker.check(body), []);
        assert_eq!(checker.undeclared_members(body), [""; 0]);
        assert!(guaranteed.iter().all(|member| body.get(member).is_some()), "{body}");
    }
    assert!(sandbox.receive(200).is_empty());
}

fn check(readings: &[(&str, &str)], tries: usize) {
    let mut sandbox = Sandbox::with_readings(readings);
    sandbox.refresh(USER, &request(1), &[COMPLETING]);
    sandbox.advance(2_000);
    let mut bodies = Vec::new();
    for _ in 0..6 {
        bodies.extend(sandbox.receive(500));
        sandbox.advance(60_000);
    }
    assert_eq!(bodies.len(), tries, "{readings:?}");
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]), "{bodies:?}");
    let state = sandbox.session.outbox().deliveries().next().unwrap().state;
    assert_eq!(state, DeliveryState::Failed);
}

#[test]
fn failed_webhooks_are_sent_again_where_that_is_read() {
    check(&[], 1);
    check(&[("spinwheel-webhook-retries", "three")], 4);
}
