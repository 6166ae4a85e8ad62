//! The examples that schemas and reference pages show, with the values that the document uses.

use serde_json::{Value, json};

/// A lender.
pub(crate) fn lender() -> Value {
    json!({
        "lenderId": "c30ae9da-9222-4de5-81fe-fe1ac590fa0f",
        "lenderName": "Test Lender",
        "aliases": ["Test Lender Bank", "Bank of Test Lender"],
        "integrated": true,
    })
}

/// The body of Create Request, with a test VIN.
pub(crate) fn new_payoff_request() -> Value {
    json!({
        "accountNumber": "TEST-AN",
        "customerName": "Jane Doe",
        "customerAddress": "12200 Test Avenue Dallas TX 75204",
        "customerBirthdate": "1980-01-31",
        "customerPhoneNumber": "+12223334444",
        "entityName": "Test Dealership",
        "financeType": "Retail",
        "lenderId": "7b766b26-e88d-4470-81a0-9d018034797f",
        "lenderName": "Test Lender",
        "requesterEmailAddress": "john@example.com",
        "requesterName": "John Doe",
        "requesterPhoneNumber": "+12223334444",
        "socialSecurityNumber": "0001",
        "vehicleMileage": 39993,
        "vin": "1FTMF1CB6JKE12626",
    })
}

/// The shortest body of Create Request for a lender that is not in the database.
pub(crate) fn new_payoff_request_by_lender_name() -> Value {
    json!({"entityName": "Test Dealership", "lenderName": "Bank of Nowhere", "vin": "1N4AL3AP8JC231503"})
}

/// The body of the webhook for a quote.
pub(crate) fn quoted() -> Value {
    json!({
        "packetId": "f94bbd89-e9e0-45ac-a02b-e4d4afad6a8f",
        "payoffId": "f94bbd89-e9e0-45ac-a02b-e4d4afad6a8f",
        "orderId": "61951010-d4a0-48b3-86b6-3908da2b0800",
        "orderType": "Payoff Request",
        "payoffAmount": 10222.33,
        "perDiem": 2.33,
        "validThroughDate": "2020-08-22T00:00:00.000Z",
        "lenderPhoneNumber": "+12223334444",
        "checkPayableTo": "Jane Doe",
        "standardMailingAddress": {
            "attn": "John Doe",
            "streetAddress": "1000 Main Street",
            "streetAddress2": "Suite 900",
            "city": "Dallas",
            "state": "TX",
            "zipCode": "75204",
        },
        "success": true,
        "fulfilledBy": "integration",
        "customerAuthorizationAttempted": true,
    })
}

/// The body of the webhook for a failure.
pub(crate) fn failed() -> Value {
    json!({
        "packetId": "f94bbd89-e9e0-45ac-a02b-e4d4afad6a8f",
        "payoffId": "f94bbd89-e9e0-45ac-a02b-e4d4afad6a8f",
        "orderId": "61951010-d4a0-48b3-86b6-3908da2b0800",
        "orderType": "Payoff Request",
        "success": false,
        "errorMessage": "Need Full Social Security Number",
        "fulfilledBy": "fulfillment center",
        "customerAuthorizationAttempted": false,
    })
}

/// The shortest body of the webhook.
pub(crate) fn minimal() -> Value {
    json!({"payoffId": "f94bbd89-e9e0-45ac-a02b-e4d4afad6a8f", "success": true})
}
