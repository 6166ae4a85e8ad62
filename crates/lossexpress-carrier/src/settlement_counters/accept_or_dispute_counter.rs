//! `POST /claims/{claimId}/settlement-counter`

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Invalid, Method, Nothing, Notice, Optional, Source, Spec, refusals,
};
use estoppel_simulator::Call;
use std::borrow::Cow;

use estoppel_values::Text;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::json;
use thiserror::Error;

use crate::{
    activities::{ActivityData, SettlementCounterUpdated},
    carrier::Carrier,
    claims::{ClaimPath, ClaimSuccess},
    documents::add_document::decode_document,
    errors::ClaimRefusal,
};

/// Accept or dispute a settlement counter.
#[derive(Debug)]
pub enum AcceptOrDisputeCounter {}

impl Endpoint for AcceptOrDisputeCounter {
    const SPEC: Spec = Spec {
        id: "acceptOrDisputeCounter",
        method: Method::Post,
        path: "/claims/{claimId}/settlement-counter",
        summary: "Accept or dispute a lender's settlement counter.",
        description: "To accept, send a new settlement breakdown; to dispute, give the reason. `settlement-counter-updated` appears in the activity feed.",
        group: "Settlement Counter",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Example,
        source: Source::document("carrier", "Accept or Dispute Counter"),
    };
    type Path = ClaimPath;
    type Query = Nothing;
    type Body = CounterAnswer;
    type Reply = ClaimSuccess;
    type Refusal = AcceptOrDisputeRefusal;
}

/// What the carrier says to a counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "CounterAnswerMembers", into = "CounterAnswerMembers")]
pub enum CounterAnswer {
    /// It is accepted, with a new settlement breakdown in base64.
    Accept(Text),
    /// It is disputed, for this reason.
    Dispute(Text),
}

/// An answer to a settlement counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct CounterAnswerMembers {
    /// Whether the carrier disputes the counter.
    dispute: bool,
    /// The new settlement breakdown in base64, in a format that a document may have (R43); needed to accept.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    settlement_breakdown: Optional<Text>,
    /// Why the carrier disputes the counter; needed to dispute.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    reason_for_dispute: Optional<Text>,
}

/// The member that the answer needs is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("settlementBreakdown is needed to accept, reasonForDispute to dispute")]
pub struct CounterAnswerError;

impl TryFrom<CounterAnswerMembers> for CounterAnswer {
    type Error = CounterAnswerError;

    /// The member of the other answer, if it is there, is ignored (R44).
    fn try_from(members: CounterAnswerMembers) -> Result<Self, CounterAnswerError> {
        if members.dispute {
            members.reason_for_dispute.into_option().map(Self::Dispute).ok_or(CounterAnswerError)
        } else {
            members.settlement_breakdown.into_option().map(Self::Accept).ok_or(CounterAnswerError)
        }
    }
}

impl From<CounterAnswer> for CounterAnswerMembers {
    fn from(answer: CounterAnswer) -> Self {
        let (dispute, settlement_breakdown, reason_for_dispute) = match answer {
            CounterAnswer::Accept(breakdown) => (false, Optional::Present(breakdown), Optional::Absent),
            CounterAnswer::Dispute(reason) => (true, Optional::Absent, Optional::Present(reason)),
        };
        Self { dispute, settlement_breakdown, reason_for_dispute }
    }
}

impl JsonSchema for CounterAnswer {
    fn schema_name() -> Cow<'static, str> {
        "CounterAnswer".into()
    }

    fn schema_id() -> Cow<'static, str> {
        concat!(module_path!(), "::CounterAnswer").into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = CounterAnswerMembers::json_schema(generator);
        for (keyword, value) in [
            ("if", json!({"required": ["dispute"], "properties": {"dispute": {"const": true}}})),
            ("then", json!({"required": ["reasonForDispute"]})),
            (
                "else",
                json!({
                    "if": {"required": ["dispute"], "properties": {"dispute": {"const": false}}},
                    "then": {"required": ["settlementBreakdown"]},
                }),
            ),
            ("x-source", json!("carrier: Accept or Dispute Counter")),
            ("x-basis", json!("documented")),
            (
                "examples",
                json!([
                    {"dispute": true, "reasonForDispute": "All options were verified in person."},
                    {"dispute": false, "settlementBreakdown": "JVBERi0xLjQK"},
                ]),
            ),
        ] {
            schema.insert(keyword.to_owned(), value);
        }
        schema
    }
}

refusals! {
    /// Why an answer is not taken.
    pub enum AcceptOrDisputeRefusal: ClaimRefusal | Invalid {
        /// No lender has countered the settlement of this claim.
        NoCounter = Notice {
            id: "no-settlement-counter",
            status: 404,
            message: "A settlement counter does not exist for this claim.",
            when: "No lender has countered the settlement of this claim.",
            basis: Basis::Documented,
            source: Source::document("carrier", "Accept or Dispute Counter"),
        },
    }
}

pub(crate) fn accept_or_dispute_counter(
    carrier: &mut Carrier,
    call: Call<AcceptOrDisputeCounter>,
) -> Result<ClaimSuccess, AcceptOrDisputeRefusal> {
    let claim_id = call.path.claim_id;
    if carrier.visible_claim(claim_id)?.settlement_counters == 0 {
        return Err(AcceptOrDisputeRefusal::NoCounter);
    }
    let data = match call.body {
        CounterAnswer::Dispute(reason) => SettlementCounterUpdated {
            disputed: true,
            reason_for_dispute: reason.into(),
            document_url: Optional::Absent,
        },
        CounterAnswer::Accept(breakdown) => {
            let document = decode_document("settlementBreakdown", &breakdown)?;
            let document_type = Text::from_static("settlement breakdown");
            let document_url = carrier.attach(claim_id, document_type, document, call.now)?;
            SettlementCounterUpdated {
                disputed: false,
                reason_for_dispute: Optional::Absent,
                document_url: document_url.into(),
            }
        }
    };
    carrier.record(claim_id, call.now, ActivityData::SettlementCounterUpdated(Box::new(data)))?;
    Ok(ClaimSuccess::of(claim_id))
}
