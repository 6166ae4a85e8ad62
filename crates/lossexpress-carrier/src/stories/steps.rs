//! Steps that many stories take.

use estoppel_contract::{Step, Story};
use serde_json::{Value, json};

use crate::examples;

/// A small PDF, in base64.
pub(super) const PDF: &str = "JVBERi0xLjQK";
/// An empty PNG, in base64.
pub(super) const PNG: &str = "iVBORw0KGgoAAAANSUhEUg==";
/// A claim, activity, order or document that no server has.
pub(super) const NOBODYS_ID: &str = "00000000-0000-4000-8000-000000000404";

/// What LossExpress and lenders tell in their own words and numbers.
pub(super) const THEIR_OWN: [&str; 11] = [
    "/results/*/data/message",
    "/results/*/data/actionRequired",
    "/results/*/data/callLength",
    "/results/*/data/type",
    "/results/*/data/description",
    "/results/*/data/update",
    "/results/*/data/previous",
    "/results/*/data/payoffAmount",
    "/results/*/data/perDiem",
    "/results/*/data/validThroughDate",
    "/results/*/data/remittanceInformation",
];

pub(super) fn story(id: &'static str, summary: &'static str, steps: impl Into<Vec<Step>>) -> Story {
    Story { id, summary, steps: steps.into(), under: None }
}

/// The body of Create Claim with some members replaced.
pub(super) fn new_claim(changes: &Value) -> Value {
    let mut body = examples::new_claim();
    if let (Some(members), Some(changes)) = (body.as_object_mut(), changes.as_object()) {
        members.extend(changes.clone());
    }
    body
}

/// Creates the claim of the reference pages; later steps call it `claimId`.
pub(super) fn create_claim() -> Step {
    create_claim_as("claimId", &json!({}))
}

/// Creates a claim with some members replaced, under a name of its own.
pub(super) fn create_claim_as(name: &'static str, changes: &Value) -> Step {
    Step::call("createClaim").body(new_claim(changes)).capture(name, "/claimId")
}

/// Calls an operation on the claim.
pub(super) fn on_claim(operation: &'static str) -> Step {
    Step::call(operation).with("claimId", "{claimId}")
}

/// Adds a document of this type to the claim.
pub(super) fn add_document(description: &str) -> Step {
    on_claim("addDocument").body(json!({"document": PDF, "description": description}))
}

/// Writes a message, so late that no instant before it is the same.
pub(super) fn message(text: &str) -> Step {
    on_claim("createDirectMessage").body(json!({"message": text})).after_milliseconds(10)
}

/// Fetches the feed of the claim, which holds activities of these types and no other.
pub(super) fn feed(types: &[&'static str]) -> Step {
    feed_of("{claimId}", types)
}

/// Fetches the feed of a claim, which holds activities of these types and no other.
pub(super) fn feed_of(claim: &str, types: &[&'static str]) -> Step {
    const PLACES: [&str; 12] = [
        "/results/0/type",
        "/results/1/type",
        "/results/2/type",
        "/results/3/type",
        "/results/4/type",
        "/results/5/type",
        "/results/6/type",
        "/results/7/type",
        "/results/8/type",
        "/results/9/type",
        "/results/10/type",
        "/results/11/type",
    ];
    let step = Step::call("fetchActivities").with("claimId", claim).counts("/results", types.len());
    PLACES.into_iter().zip(types).fold(step, |step, (place, word)| step.states(place, *word))
}
