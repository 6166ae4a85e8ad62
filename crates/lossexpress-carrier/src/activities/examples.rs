//! Examples of every type of activity, with the values that the documents use.

use serde_json::{Value, json};

use super::ActivityType;

/// A document of the claim that the examples tell of.
const DOCUMENT_URL: &str = "https://xapi.lossexpress.com/documents/555ae9da-9222-4de5-81fe-fe1ac590fa0f";
/// An order on that claim.
const ORDER: &str = "24907dea-2bd2-4547-bae6-8305b4256256";
/// A lender of the lender database.
const LENDER: &str = "a720ef63-e6f5-4fed-bbf8-0edcd6eb8485";

/// Examples of activities of this type, the fullest first.
pub(crate) fn examples(activity_type: ActivityType) -> Vec<Value> {
    let example = |data| {
        json!({
            "activityId": "fed62fa0-c048-46b5-b994-6e3e69fb0f37",
            "createdAt": "2021-01-08T22:03:09.598Z",
            "claimId": "c30ae9da-9222-4de5-81fe-fe1ac590fa0f",
            "type": activity_type,
            "claimNumber": "EXAMPLE3",
            "data": data,
        })
    };
    let mut examples: Vec<Value> = data(activity_type).into_iter().map(example).collect();
    if activity_type == ActivityType::NewLenderVerified {
        examples.extend(examples.first().cloned().map(with_external_id));
    }
    examples
}

fn data(activity_type: ActivityType) -> Vec<Value> {
    use ActivityType as Type;
    vec![match activity_type {
        Type::AccountNumberViewed => json!({"viewedByLossExpress": true}),
        Type::CallMade => json!({"callLength": 30}),
        Type::ClaimCreated => claim_created(),
        Type::ClaimUpdated => json!({
            "update": {"accountNumber": "TEST-AN1"},
            "previous": {"accountNumber": "TEST-AN"},
            "updatedByLossExpress": true,
        }),
        Type::DirectMessageAdded => return direct_messages(),
        Type::DocumentAdded => json!({"type": "settlement breakdown", "documentUrl": DOCUMENT_URL}),
        Type::DocumentSentToLender | Type::LetterOfGuaranteeAdded => json!({"documentUrl": DOCUMENT_URL}),
        Type::LetterOfGuaranteeRequestCreated => json!({"estimatedResponseTime": "2021-01-20T22:03:09.598Z"}),
        Type::LetterOfGuaranteeRequestCancelled
        | Type::PayoffRequestCreated
        | Type::PayoffRequestCancelled => json!({}),
        Type::LenderAliasVerified => json!({
            "previousLenderId": "4ace4d96-2b7f-425e-a3c7-d162879a792b",
            "lenderId": LENDER,
            "lenderName": "EXAMPLE NEW LENDER ALIAS",
        }),
        Type::NewLenderVerified => json!({"lenderId": LENDER, "lenderName": "EXAMPLE NEW LENDER"}),
        Type::OrderCreated => json!({"orderId": ORDER, "orderType": "Copy of Title"}),
        Type::OrderCancelled => json!({"orderId": ORDER}),
        Type::OrderFulfilled => {
            json!({"orderId": ORDER, "orderType": "Copy of Title", "documentUrl": DOCUMENT_URL})
        }
        Type::OrderUpdated => json!({"orderId": ORDER, "nextFollowupDate": "2021-08-31"}),
        Type::PaymentSent => json!({
            "checkAmount": 20000,
            "sentAt": "2021-01-08T22:03:09.598Z",
            "sentTo": estoppel_values::PostalAddress::example(),
            "sentVia": "USPS",
            "trackingNumber": "EXAMPLENUMBER",
        }),
        Type::PayoffDataAdded => payoff_data(),
        Type::SettlementCounterAdded => {
            json!({"description": "missing options", "documentUrl": DOCUMENT_URL})
        }
        Type::SettlementCounterUpdated => return counter_updates(),
    }]
}

/// As two examples of the documents show it, and as the feed does under the reading `external-id` (R52).
fn with_external_id(mut activity: Value) -> Value {
    if let Some(members) = activity.as_object_mut() {
        members.insert("externalId".to_owned(), "EXAMPLE3".into());
    }
    activity
}

fn direct_messages() -> Vec<Value> {
    vec![
        json!({
            "sentByLossExpress": false,
            "message": "Please ask for a letter with the proper amount.",
            "sentBy": "User Name",
            "actionRequired": false,
        }),
        json!({
            "sentByLossExpress": true,
            "message": "The settlement amount differs from the documents.",
            "actionRequired": true,
        }),
    ]
}

fn counter_updates() -> Vec<Value> {
    vec![
        json!({"disputed": true, "reasonForDispute": "All options were verified in person."}),
        json!({"disputed": false, "documentUrl": DOCUMENT_URL}),
    ]
}

/// All that was sent with the example of a new claim, and what is known of its vehicle and lender.
fn claim_created() -> Value {
    let claim = crate::examples::claim();
    let told = |name: &str| {
        !["claimId", "createdAt", "updatedAt", "documents", "letterOfGuaranteeRequest", "payoffData"]
            .contains(&name)
    };
    claim
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| told(name))
        .map(|(n, v)| (n.clone(), v.clone()))
        .collect()
}

/// The payoff of the example claim, without the stamps that only a claim has.
fn payoff_data() -> Value {
    let claim = crate::examples::claim();
    let payoff = claim.get("payoffData").and_then(Value::as_object).into_iter().flatten();
    payoff
        .filter(|(name, _)| !["createdAt", "updatedAt"].contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
