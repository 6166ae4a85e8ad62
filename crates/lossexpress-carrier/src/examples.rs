//! The examples that schemas and reference pages show, with the values that the documents use.

use serde_json::{Value, json};

/// The body of Create Claim.
pub(crate) fn new_claim() -> Value {
    json!({
        "accountNumber": "TEST-AN",
        "adjusterName": "Mike Mclaren",
        "adjusterEmailAddress": "mike@example.com",
        "adjusterPhoneNumber": "+13332225555",
        "causeOfLoss": "Fire",
        "claimNumber": "EXAMPLE3",
        "dateOfLoss": "2020-10-20",
        "deductible": 400,
        "financeType": "Retail",
        "insurerType": "First Party",
        "lenderName": "Test Lender",
        "lenderPhoneNumber": "+12223334444",
        "lenderAddress": address(),
        "odometer": 39993,
        "ownersName": "Test Owner",
        "ownersPhoneNumber": "+12223334444",
        "ownersRetained": false,
        "ownersStreetAddress": "12200 Test Avenue Dallas TX 75204",
        "settlementAmount": 5553,
        "titleRemittanceAddress": "1000 Main Street Dallas TX 75204",
        "vehicleLocation": "1200 Main Street Dallas TX 75204",
        "vin": "1N4AL3AP8JC231503",
    })
}

/// The body of Create Claim with `ownersRetained` as the examples of the documents spell it.
pub(crate) fn new_claim_as_spelled_in_examples() -> Value {
    let claim = new_claim();
    let respelled = |name: &str| if name == "ownersRetained" { "ownerRetained" } else { name }.to_owned();
    claim.as_object().into_iter().flatten().map(|(name, value)| (respelled(name), value.clone())).collect()
}

/// A claim.
pub(crate) fn claim() -> Value {
    let at = "2021-01-08T22:03:09.598Z";
    let document_url = "https://xapi.lossexpress.com/documents/555ae9da-9222-4de5-81fe-fe1ac590fa0f";
    json!({
        "accountNumber": "TEST-AN",
        "adjusterName": "Mike Mclaren",
        "adjusterEmailAddress": "mike@example.com",
        "adjusterPhoneNumber": "+13332225555",
        "causeOfLoss": "Fire",
        "claimId": "c30ae9da-9222-4de5-81fe-fe1ac590fa0f",
        "claimNumber": "EXAMPLE3",
        "createdAt": at,
        "dateOfLoss": "2020-10-20",
        "deductible": 400,
        "documents": [{
            "createdAt": at,
            "updatedAt": at,
            "documentUrl": document_url,
            "type": "settlement breakdown & valuation report",
        }],
        "financeType": "Retail",
        "insurerType": "First Party",
        "lenderName": "Test Lender",
        "lenderId": "c30ae9da-9222-4de5-81fe-fe1ac590fa0f",
        "letterOfGuaranteeRequest": {"createdAt": at, "updatedAt": at, "documentUrl": document_url},
        "odometer": 39993,
        "ownersName": "Test Owner",
        "ownersPhoneNumber": "+12223334444",
        "ownersRetained": false,
        "ownerRetained": false,
        "ownersStreetAddress": "12200 Test Avenue Dallas TX 75204",
        "payoffData": {
            "createdAt": at,
            "updatedAt": at,
            "payoffAmount": 10222.33,
            "perDiem": 2.3,
            "validThroughDate": "2021-01-18T00:00:00.000Z",
            "remittanceInformation": {"standard": remittance(), "overnight": remittance()},
        },
        "settlementAmount": 5553,
        "titleRemittanceAddress": "1000 Main Street Dallas TX 75204",
        "updatedAt": at,
        "vehicle": {"make": "TEST", "model": "Car", "year": 2034},
        "vehicleLocation": "1200 Main Street Dallas TX 75204",
        "vin": "1N4AL3AP8JC231503",
    })
}

fn address() -> Value {
    json!({
        "streetAddress": "1000 Main Street",
        "streetAddress2": "Ste. 500",
        "city": "Dallas",
        "state": "TX",
        "zipCode": "75204",
    })
}

fn remittance() -> Value {
    let mut remittance = json!({"makeCheckPayableTo": "TEST LENDER", "attn": "ATTN LINE"});
    if let (Some(members), Value::Object(address)) = (remittance.as_object_mut(), address()) {
        members.extend(address);
    }
    remittance
}
