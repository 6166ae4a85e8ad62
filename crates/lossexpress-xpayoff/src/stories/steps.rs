//! Steps that many stories take.

use estoppel_contract::{Step, Story};
use serde_json::{Value, json};

use crate::examples;

/// A lender or payoff request that no server has.
pub(super) const NOBODYS_ID: &str = "00000000-0000-4000-8000-000000000404";

pub(super) fn story(id: &'static str, summary: &'static str, steps: impl Into<Vec<Step>>) -> Story {
    Story { id, summary, steps: steps.into(), under: None }
}

/// Finds the test lender; later steps call it `lenderId`.
pub(super) fn find_lender() -> Step {
    Step::call("searchLenders").with("name", "Test Lender").capture("lenderId", "/lenders/0/lenderId")
}

/// The body of Create Request, for the lender that was found, with some members replaced; null takes one out.
pub(super) fn new_request(changes: &Value) -> Value {
    let mut body = examples::new_payoff_request();
    if let (Some(members), Some(changes)) = (body.as_object_mut(), changes.as_object()) {
        members.insert("lenderId".to_owned(), "{lenderId}".into());
        members.extend(changes.clone());
        members.retain(|_, value| !value.is_null());
    }
    body
}

/// Asks for a payoff; later steps call the request `payoffId`.
pub(super) fn ask(changes: &Value) -> Step {
    Step::call("createPayoffRequest")
        .body(new_request(changes))
        .capture("payoffId", "/payoffId")
        .states("/success", true)
}

/// A vehicle that is no test vehicle.
pub(super) const SOME_VIN: &str = "1N4AL3AP8JC231503";

/// Asks by the name of a lender that no database has.
pub(super) fn ask_by_name() -> Step {
    ask(&json!({"lenderId": null, "lenderName": "Bank of Nowhere", "vin": SOME_VIN}))
}
