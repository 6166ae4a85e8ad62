//! The body of the webhook: every member that it may have.

use estoppel_contract::{Optional, vocabulary};
use estoppel_values::{PostalAddress, Sensitive, Text, Timestamp, Usd};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ids::{OrderId, PayoffId};

/// What came of a payoff request. Only `payoffId` and `success` are promised.
///
/// Members stand in the order of the documented table, and numbers are written as `JSON.stringify` writes them (R5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "xpayoff: Webhook Body", "x-basis" = "documented"),
    example = crate::examples::quoted(),
    example = crate::examples::failed(),
    example = crate::examples::minimal(),
)]
pub struct PayoffResultBody {
    /// The LossExpress UUID of the payoff request.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub packet_id: Optional<PayoffId>,
    /// The same UUID. It is promised, and announced to go away one day.
    pub payoff_id: PayoffId,
    /// The LossExpress UUID of the order that the request made.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub order_id: Optional<OrderId>,
    /// What was ordered; `Payoff Request` is the only type shown.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub order_type: Optional<Text>,
    /// What remains on the loan, in US dollars.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub payoff_amount: Optional<Usd>,
    /// The per diem, in US dollars. How it goes together with the amount is a ruling (R57).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub per_diem: Optional<Usd>,
    /// Through when the payoff is valid; the document does not say for which amount (R57).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub valid_through_date: Optional<Timestamp>,
    /// The lender's phone number.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub lender_phone_number: Optional<Text>,
    /// Payee of the check. Quirk: the table's example is a phone number, the example body shows a name.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub check_payable_to: Optional<Text>,
    /// Where standard mail to the lender goes.
    #[serde(
        default,
        skip_serializing_if = "Optional::is_absent",
        deserialize_with = "estoppel_contract::optional_object"
    )]
    pub standard_mailing_address: Optional<MailingAddress>,
    /// Where overnight mail to the lender goes.
    #[serde(
        default,
        skip_serializing_if = "Optional::is_absent",
        deserialize_with = "estoppel_contract::optional_object"
    )]
    pub overnight_mailing_address: Optional<MailingAddress>,
    /// The account number of the loan, as the lender gave it.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub account_number: Optional<Sensitive>,
    /// The lender's account for electronic payments.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub eft_account_number: Optional<Sensitive>,
    /// The routing number of the bank that keeps that account.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub eft_routing_number: Optional<Text>,
    /// The state of that bank, as two letters.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub eft_state: Optional<Text>,
    /// The city of that bank.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub eft_city: Optional<Text>,
    /// The ZIP code of that bank.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub eft_zip_code: Optional<Text>,
    /// Whether the payoff could be had.
    pub success: bool,
    /// Why it could not, if that is known: a message of `FailureMessage`, or another.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub error_message: Optional<Text>,
    /// Who got it, or tried to.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub fulfilled_by: Optional<FulfilledBy>,
    /// Whether the customer was asked by phone to agree. Companies have to turn that on.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub customer_authorization_attempted: Optional<bool>,
}

vocabulary! {
    /// Who got a payoff, or tried to.
    #![source("xpayoff: Webhook Body")]
    #![basis("documented")]
    pub enum FulfilledBy {
        /// An integrated lender's own system.
        Integration = "integration",
        /// People who call the lender.
        FulfillmentCenter = "fulfillment center",
    }
}

/// Where mail to a lender goes. Overnight addresses have the members that the example of a standard one shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "xpayoff: Webhook Body", "x-basis" = "example"))]
pub struct MailingAddress {
    /// Attention line.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub attn: Optional<Text>,
    /// Street and house number, or a post office box.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub street_address: Optional<Text>,
    /// Suite, floor or the like.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub street_address2: Optional<Text>,
    /// City.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub city: Optional<Text>,
    /// State, as two letters.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub state: Optional<Text>,
    /// ZIP code.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub zip_code: Optional<Text>,
}

impl MailingAddress {
    /// An address with an attention line.
    pub(crate) fn of(attn: Text, address: PostalAddress) -> Self {
        Self {
            attn: attn.into(),
            street_address: address.street_address,
            street_address2: address.street_address2,
            city: address.city,
            state: address.state,
            zip_code: address.zip_code,
        }
    }
}

impl PayoffResultBody {
    /// The body of a success with the members that are promised.
    pub(crate) const fn promised(payoff_id: PayoffId) -> Self {
        Self {
            packet_id: Optional::Absent,
            payoff_id,
            order_id: Optional::Absent,
            order_type: Optional::Absent,
            payoff_amount: Optional::Absent,
            per_diem: Optional::Absent,
            valid_through_date: Optional::Absent,
            lender_phone_number: Optional::Absent,
            check_payable_to: Optional::Absent,
            standard_mailing_address: Optional::Absent,
            overnight_mailing_address: Optional::Absent,
            account_number: Optional::Absent,
            eft_account_number: Optional::Absent,
            eft_routing_number: Optional::Absent,
            eft_state: Optional::Absent,
            eft_city: Optional::Absent,
            eft_zip_code: Optional::Absent,
            success: true,
            error_message: Optional::Absent,
            fulfilled_by: Optional::Absent,
            customer_authorization_attempted: Optional::Absent,
        }
    }
}
