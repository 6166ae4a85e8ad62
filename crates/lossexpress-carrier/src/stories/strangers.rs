//! Claims that are not there for the caller, on every operation that names one.

use estoppel_contract::{Step, Story};
use serde_json::json;

use super::steps::{NOBODYS_ID, PDF, story};
use crate::carrier::PRODUCTION_CLAIM_ID;

pub(super) fn stories() -> Vec<Story> {
    vec![
        story(
            "unknown-claim",
            "No operation finds a claim that was never created.",
            on_every_operation(NOBODYS_ID, "no-such-claim"),
        ),
        story(
            "production-claim",
            "A claim outside the test phase is not available.",
            on_every_operation(PRODUCTION_CLAIM_ID, "not-during-testing"),
        ),
    ]
}

fn on_every_operation(claim: &'static str, refusal: &'static str) -> Vec<Step> {
    let on = |operation| Step::call(operation).with("claimId", claim).refused(refusal);
    vec![
        on("fetchClaim"),
        on("updateClaim").body(json!({"odometer": 1})),
        on("triggerActivity").with("activityType", "call-made"),
        on("createDirectMessage").body(json!({"message": "Is anyone there?"})),
        on("addDocument").body(json!({"document": PDF, "description": "police report"})),
        on("createLetterOfGuaranteeRequest"),
        on("cancelLetterOfGuaranteeRequest"),
        on("createOrders").body(json!({"types": []})),
        on("cancelOrders").body(json!({"orderIds": []})),
        on("acknowledgePaymentSent").body(json!({"sentAt": "2021-01-08T22:03:09.598Z", "checkAmount": 1})),
        on("createPayoffRequest"),
        on("cancelPayoffRequest"),
        on("acceptOrDisputeCounter").body(json!({"dispute": true, "reasonForDispute": "It is wrong."})),
    ]
}
