//! Customers and loans that nobody knows.

use estoppel_contract::Story;
use serde_json::json;

use super::{on, story};

/// A customer and a loan that no server has.
const NOBODY: u64 = 404_404_404_404;

/// The operations that fetch an entity by its own id.
const OF_ENTITIES: [&str; 8] = [
    "fetchAddress",
    "fetchPhone",
    "fetchPaymentAccount",
    "fetchLoanSetupById",
    "fetchLoanSettings",
    "fetchPayment",
    "fetchTransaction",
    "fetchAutopay",
];

pub(super) fn stories() -> Vec<Story> {
    vec![
        story(
            "unknown-customer",
            "No operation finds a customer that was never opened; the answer is 409.",
            [
                on("fetchCustomer", NOBODY).refused("no-such-customer"),
                on("fetchPaymentAccounts", NOBODY).refused("no-such-customer"),
                on("fetchCustomerNavigation", NOBODY)
                    .with("navigation", "Phones")
                    .refused("no-such-customer"),
            ],
        ),
        story(
            "unknown-entity",
            "No set has an entity that was never created; the answer is 409.",
            OF_ENTITIES.map(|operation| on(operation, NOBODY).refused("no-such-entity")),
        ),
        story(
            "unknown-loan",
            "No operation finds a loan that was never opened; the answer is 409.",
            [
                on("fetchLoan", NOBODY).refused("no-such-loan"),
                on("fetchLoanSetup", NOBODY).refused("no-such-loan"),
                on("fetchLoanNavigation", NOBODY).with("navigation", "Payments").refused("no-such-loan"),
                on("fetchStatusArchive", NOBODY).refused("no-such-loan"),
                on("listLoanStatusArchive", NOBODY).refused("no-such-loan"),
                on("updateLoan", NOBODY)
                    .body(json!({"Payments": {"results": [{"amount": "1.00"}]}}))
                    .refused("no-such-loan"),
            ],
        ),
    ]
}
