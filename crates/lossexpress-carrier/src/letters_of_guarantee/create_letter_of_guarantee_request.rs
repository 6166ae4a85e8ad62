//! `POST /claims/{claimId}/letter-of-guarantee-request`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec, refusals};
use estoppel_simulator::Call;
use estoppel_values::Timestamp;
use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    activities::{ActivityData, LetterOfGuaranteeRequested},
    carrier::Carrier,
    claim_record::RequestState,
    claims::{ClaimPath, LetterOfGuaranteeRequest},
    errors::{ClaimRefusal, MISSING_DOCUMENTS},
    ids::ClaimId,
};

/// Ask for a letter of guarantee.
#[derive(Debug)]
pub enum CreateLetterOfGuaranteeRequest {}

impl Endpoint for CreateLetterOfGuaranteeRequest {
    const SPEC: Spec = Spec {
        id: "createLetterOfGuaranteeRequest",
        method: Method::Post,
        path: "/claims/{claimId}/letter-of-guarantee-request",
        summary: "Ask the lender for a letter of guarantee.",
        description: "Needs a settlement breakdown and a valuation report on the claim, or one document that combines them (R38). While a request is open, asking again changes nothing (R39).",
        group: "Letter of Guarantee Requests",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Example,
        source: Source::document("carrier", "Create Letter of Guarantee Request"),
    };
    type Path = ClaimPath;
    type Query = Nothing;
    type Body = Nothing;
    type Reply = LetterOfGuaranteeEstimate;
    type Refusal = CreateLetterOfGuaranteeRefusal;
}

refusals! {
    /// Why no letter of guarantee is asked for.
    pub enum CreateLetterOfGuaranteeRefusal: ClaimRefusal {
        /// The documents that the lender needs are not there.
        MissingDocuments = MISSING_DOCUMENTS,
    }
}

/// When the letter is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "carrier: Create Letter of Guarantee Request", "x-basis" = "example"),
    example = json!({"claimId": "c30ae9da-9222-4de5-81fe-fe1ac590fa0f", "turnAroundTimeEstimate": "2021-01-08T22:03:09.598Z"}),
)]
pub struct LetterOfGuaranteeEstimate {
    /// The claim.
    pub claim_id: ClaimId,
    /// When the letter is expected.
    pub turn_around_time_estimate: Timestamp,
}

/// How long lenders take: the distance that the documented example has.
const TURN_AROUND: SignedDuration = SignedDuration::from_hours(12 * 24);

pub(crate) fn create_letter_of_guarantee_request(
    carrier: &mut Carrier,
    call: Call<CreateLetterOfGuaranteeRequest>,
) -> Result<LetterOfGuaranteeEstimate, CreateLetterOfGuaranteeRefusal> {
    let claim_id = call.path.claim_id;
    let record = carrier.visible_claim(claim_id)?;
    if !record.has_required_documents(carrier.readings.combined_documents) {
        return Err(CreateLetterOfGuaranteeRefusal::MissingDocuments);
    }
    let asked_before = (record.letter_request == RequestState::Open)
        .then(|| record.claim().letter_of_guarantee_request.as_option().map(|request| request.created_at))
        .flatten();
    let asked_at = asked_before.unwrap_or(Timestamp::from_instant(call.now));
    let estimate = asked_at.instant().checked_add(TURN_AROUND).map_or(asked_at, Timestamp::from_instant);
    if asked_before.is_none() {
        let record = carrier.touched_claim(claim_id, call.now)?;
        record.letter_request = RequestState::Open;
        record.claim_mut().letter_of_guarantee_request = LetterOfGuaranteeRequest {
            created_at: asked_at,
            updated_at: asked_at,
            document_url: estoppel_contract::Optional::Absent,
        }
        .into();
        let data = LetterOfGuaranteeRequested { estimated_response_time: estimate.into() };
        carrier.record(claim_id, call.now, ActivityData::LetterOfGuaranteeRequestCreated(Box::new(data)))?;
    }
    Ok(LetterOfGuaranteeEstimate { claim_id, turn_around_time_estimate: estimate })
}
