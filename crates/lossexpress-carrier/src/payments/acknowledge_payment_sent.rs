//! `POST /claims/{claimId}/payoff-sent`

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Invalid, Method, Nothing, Optional, Source, Spec, refusals,
};
use estoppel_simulator::Call;
use estoppel_values::{PostalAddress, Text, Timestamp, Usd};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    activities::{ActivityData, PaymentSent},
    carrier::Carrier,
    claims::{ClaimPath, ClaimSuccess},
    errors::{ClaimRefusal, fault},
    readings::CheckAmounts,
};

/// Say that payment has been sent.
#[derive(Debug)]
pub enum AcknowledgePaymentSent {}

impl Endpoint for AcknowledgePaymentSent {
    const SPEC: Spec = Spec {
        id: "acknowledgePaymentSent",
        method: Method::Post,
        path: "/claims/{claimId}/payoff-sent",
        summary: "Say that payment has been sent to the lender.",
        description: "`payment-sent` appears in the activity feed. The reply is not documented; it is that of the other operations on a claim (R13).",
        group: "Payments",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Ruled,
        source: Source::ruling("R13"),
    };
    type Path = ClaimPath;
    type Query = Nothing;
    type Body = SentPayment;
    type Reply = ClaimSuccess;
    type Refusal = AcknowledgePaymentRefusal;
}

/// A payment that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "carrier: Acknowledge Payment Sent", "x-basis" = "documented"),
    example = json!({
        "sentTo": PostalAddress::example(),
        "trackingNumber": "EXAMPLENUMBER",
        "sentVia": "USPS",
        "sentAt": "2021-01-08T22:03:09.598Z",
        "checkAmount": 20000,
    }),
)]
pub struct SentPayment {
    /// Where it was sent.
    #[serde(
        default,
        skip_serializing_if = "Optional::is_absent",
        deserialize_with = "estoppel_contract::optional_object"
    )]
    pub sent_to: Optional<PostalAddress>,
    /// Tracking number of the check.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub tracking_number: Optional<Text>,
    /// How it was sent, such as the name of the mail service.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub sent_via: Optional<Text>,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// The amount, in US dollars; up to two decimal places, or none under the reading `check-amount` (R45).
    #[schemars(extend("x-source" = "R45", "x-basis" = "ruled"))]
    pub check_amount: Usd,
}

refusals! {
    /// Why a payment is not acknowledged.
    pub enum AcknowledgePaymentRefusal: ClaimRefusal | Invalid {}
}

pub(crate) fn acknowledge_payment_sent(
    carrier: &mut Carrier,
    call: Call<AcknowledgePaymentSent>,
) -> Result<ClaimSuccess, AcknowledgePaymentRefusal> {
    let claim_id = call.path.claim_id;
    carrier.visible_claim(claim_id)?;
    let SentPayment { sent_to, tracking_number, sent_via, sent_at, check_amount } = call.body;
    let (places, keyword, expected) = match carrier.readings.check_amounts {
        CheckAmounts::Decimal => (2, "multipleOf", "a number with at most 2 decimal places"),
        CheckAmounts::Integer => (0, "integer", "an integer"),
    };
    if check_amount.number().decimal_places() > places {
        return Err(fault("checkAmount", keyword, expected).into());
    }
    let data = PaymentSent { check_amount, sent_at, sent_to, sent_via, tracking_number };
    carrier.record(claim_id, call.now, ActivityData::PaymentSent(Box::new(data)))?;
    Ok(ClaimSuccess::of(claim_id))
}
