//! Asking for payoffs, and the results that arrive.

use estoppel_contract::{Step, Story};
use serde_json::json;

use super::steps::{NOBODYS_ID, SOME_VIN, ask, ask_by_name, find_lender, new_request, story};
use crate::readings::{FULFILLMENT_CENTER, WEBHOOK_PRECONDITION};

pub(super) fn stories() -> Vec<Story> {
    vec![
        test_vins(),
        integrated_lender(),
        lenders(),
        faults(),
        without_webhook(),
        without_fulfillment_center(),
    ]
}

/// A step after which a quote of the lender's own system arrives.
fn automated(step: Step) -> Step {
    step.arrives(
        "payoffResult",
        [
            ("/payoffId", Some(json!("{payoffId}"))),
            ("/packetId", Some(json!("{payoffId}"))),
            ("/success", Some(json!(true))),
            ("/fulfilledBy", Some(json!("integration"))),
            ("/errorMessage", None),
        ],
    )
}

fn test_vins() -> Story {
    let ask = |vin: &str| automated(ask(&json!({"vin": vin})));
    let steps = crate::test_vins::TEST_VINS.iter().map(|test_vin| ask(test_vin.value));
    story(
        "test-vins",
        "Each test VIN brings an automated quote.",
        std::iter::once(find_lender()).chain(steps).collect::<Vec<_>>(),
    )
}

fn integrated_lender() -> Story {
    story(
        "integrated-lender",
        "An integrated lender quotes when it knows the account; each call makes a request of its own.",
        [
            find_lender(),
            automated(ask(&json!({"vin": SOME_VIN}))).capture("firstId", "/payoffId"),
            automated(ask(&json!({"vin": SOME_VIN}))),
            Step::call("cancelPayoffRequest").with("payoffId", "{firstId}").states("/payoffId", "{firstId}"),
        ],
    )
}

fn lenders() -> Story {
    story(
        "lender-by-id-or-name",
        "A lender is named by id or by name; the id wins, and one that nobody has is refused.",
        [
            find_lender(),
            ask_by_name(),
            automated(ask(&json!({"lenderName": "Bank of Nowhere"}))),
            Step::call("createPayoffRequest")
                .body(new_request(&json!({"lenderId": NOBODYS_ID, "lenderName": "Test Lender"})))
                .refused("no-such-lender"),
            Step::call("createPayoffRequest")
                .body(json!({"entityName": "Test Dealership", "vin": SOME_VIN}))
                .invalid(["/lenderId"]),
        ],
    )
}

fn faults() -> Story {
    let refused = |changes: serde_json::Value| Step::call("createPayoffRequest").body(new_request(&changes));
    story(
        "faulty-requests",
        "Every fault of a request is told, in the order of the documented table.",
        [
            find_lender(),
            refused(json!({"vin": null})).invalid(["/vin"]),
            refused(json!({"entityName": null, "financeType": "Rental", "vin": "short"})).invalid([
                "/entityName",
                "/financeType",
                "/vin",
            ]),
            refused(json!({"socialSecurityNumber": "12345", "accountNumber": 7}))
                .invalid(["/accountNumber", "/socialSecurityNumber"]),
            refused(json!({"lenderId": "Test Lender"})).invalid(["/lenderId"]),
        ],
    )
}

fn without_webhook() -> Story {
    story(
        "no-webhook",
        "Without an enabled webhook, no payoff can be asked for.",
        [
            find_lender(),
            Step::call("createPayoffRequest").body(new_request(&json!({}))).refused("webhook-not-enabled"),
        ],
    )
    .under(WEBHOOK_PRECONDITION.name, "unmet")
}

fn without_fulfillment_center() -> Story {
    story(
        "no-fulfillment-center",
        "Without the Fulfillment Center a lender is named by id, and requests cannot be cancelled.",
        [
            find_lender(),
            Step::call("createPayoffRequest")
                .body(json!({"entityName": "Test Dealership", "lenderName": "Bank of Nowhere", "vin": SOME_VIN}))
                .refused("lender-id-needed"),
            automated(ask(&json!({"lenderName": "Bank of Nowhere"}))),
            Step::call("cancelPayoffRequest").with("payoffId", "{payoffId}").refused("not-subscribed"),
            Step::call("cancelPayoffRequest").with("payoffId", NOBODYS_ID).refused("not-subscribed"),
        ],
    )
    .under(FULFILLMENT_CENTER.name, "not-subscribed")
}
