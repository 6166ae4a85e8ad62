//! What each type of activity tells.

use estoppel_contract::Optional;
use estoppel_values::{Date, Integer, PostalAddress, Text, Timestamp, Usd};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    claims::ClaimChanges,
    ids::{LenderId, OrderId},
};

/// Nothing: the type says it all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "carrier: payoff-request-created", "x-basis" = "example"))]
pub struct NoData {}

/// Someone looked at the account number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: account-number-viewed", "x-basis" = "example"))]
pub struct AccountNumberViewed {
    /// Whether it was someone at LossExpress.
    pub viewed_by_loss_express: bool,
}

/// LossExpress called the lender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: call-made", "x-basis" = "example"))]
pub struct CallMade {
    /// How long the call took, in minutes.
    pub call_length: Integer,
}

/// The claim's primary information changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: claim-updated", "x-basis" = "example"))]
pub struct ClaimUpdated {
    /// What changed, as it is now.
    pub update: ClaimChanges,
    /// The same fields just before; a field that was absent is absent.
    pub previous: ClaimChanges,
    /// Whether LossExpress changed it.
    pub updated_by_loss_express: bool,
}

/// Someone wrote a direct message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: direct-message-added", "x-basis" = "example"))]
pub struct DirectMessageAdded {
    /// Whether LossExpress wrote it.
    pub sent_by_loss_express: bool,
    /// The message.
    pub message: Text,
    /// Who at the carrier wrote it; absent from messages of LossExpress.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub sent_by: Optional<Text>,
    /// Whether the carrier has to do something.
    pub action_required: bool,
}

/// A document was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: document-added", "x-basis" = "example"))]
pub struct DocumentAdded {
    /// Its type.
    pub r#type: Text,
    /// Where its bytes are.
    #[schemars(extend("format" = "uri"))]
    pub document_url: Text,
}

/// A document that the activity is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: document-sent-to-lender", "x-basis" = "example"))]
pub struct DocumentLink {
    /// Where its bytes are.
    #[schemars(extend("format" = "uri"))]
    pub document_url: Text,
}

/// A letter of guarantee was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: letter-of-guarantee-request-created", "x-basis" = "example"))]
pub struct LetterOfGuaranteeRequested {
    /// When an answer is expected; absent where there is no estimate.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub estimated_response_time: Optional<Timestamp>,
}

/// The claim's lender turned out to be another name of a lender in the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: lender-alias-verified", "x-basis" = "example"))]
pub struct LenderAliasVerified {
    /// The lender under the name that the carrier sent.
    pub previous_lender_id: LenderId,
    /// The lender in the database.
    pub lender_id: LenderId,
    /// Its name there.
    pub lender_name: Text,
}

/// The claim's lender is new to the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: new-lender-verified", "x-basis" = "example"))]
pub struct NewLenderVerified {
    /// The lender, now in the database.
    pub lender_id: LenderId,
    /// Its name.
    pub lender_name: Text,
}

/// An order was created.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: order-created", "x-basis" = "example"))]
pub struct OrderCreated {
    /// The order.
    pub order_id: OrderId,
    /// What was ordered.
    pub order_type: Text,
}

/// An order was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: order-cancelled", "x-basis" = "example"))]
pub struct OrderCancelled {
    /// The order.
    pub order_id: OrderId,
}

/// An order was fulfilled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: order-fulfilled", "x-basis" = "documented"))]
pub struct OrderFulfilled {
    /// The order.
    pub order_id: OrderId,
    /// What was ordered.
    pub order_type: Text,
    /// Where the document is, if the order gave one.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("format" = "uri"))]
    pub document_url: Optional<Text>,
}

/// An order was updated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: order-updated", "x-basis" = "example"))]
pub struct OrderUpdated {
    /// The order.
    pub order_id: OrderId,
    /// When it is looked at next.
    pub next_followup_date: Date,
}

/// Payment was sent to the lender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: payment-sent", "x-basis" = "example"))]
pub struct PaymentSent {
    /// The amount, in US dollars.
    pub check_amount: Usd,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// Where it was sent.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub sent_to: Optional<PostalAddress>,
    /// How it was sent, such as the name of the mail service.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub sent_via: Optional<Text>,
    /// Tracking number of the check.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub tracking_number: Optional<Text>,
}

/// The lender countered the settlement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: settlement-counter-added", "x-basis" = "documented"))]
pub struct SettlementCounterAdded {
    /// What the lender objects to.
    pub description: Text,
    /// Where the lender's document is, if it sent one.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("format" = "uri"))]
    pub document_url: Optional<Text>,
}

/// The carrier accepted or disputed the counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: settlement-counter-updated", "x-basis" = "documented"))]
pub struct SettlementCounterUpdated {
    /// Whether the carrier disputes it.
    pub disputed: bool,
    /// Why; only if it is disputed.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub reason_for_dispute: Optional<Text>,
    /// Where the new settlement breakdown is; only if it is accepted.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("format" = "uri"))]
    pub document_url: Optional<Text>,
}
