//! `POST /claims/{claimId}/payoff-request`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec, refusals};
use estoppel_simulator::Call;

use crate::{
    activities::{ActivityData, NoData},
    carrier::Carrier,
    claim_record::RequestState,
    claims::{ClaimPath, ClaimReference},
    errors::{ClaimRefusal, MISSING_DOCUMENTS},
};

/// Ask for a payoff.
#[derive(Debug)]
pub enum CreatePayoffRequest {}

impl Endpoint for CreatePayoffRequest {
    const SPEC: Spec = Spec {
        id: "createPayoffRequest",
        method: Method::Post,
        path: "/claims/{claimId}/payoff-request",
        summary: "Ask the lender what it takes to pay the loan off.",
        description: "Needs a settlement breakdown and a valuation report on the claim, or one document that combines them (R38). While a request is open, asking again changes nothing (R39).",
        group: "Payoff Requests",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Example,
        source: Source::document("carrier", "Create Payoff Request"),
    };
    type Path = ClaimPath;
    type Query = Nothing;
    type Body = Nothing;
    type Reply = ClaimReference;
    type Refusal = CreatePayoffRefusal;
}

refusals! {
    /// Why no payoff is asked for.
    pub enum CreatePayoffRefusal: ClaimRefusal {
        /// The documents that the lender needs are not there.
        MissingDocuments = MISSING_DOCUMENTS,
    }
}

pub(crate) fn create_payoff_request(
    carrier: &mut Carrier,
    call: Call<CreatePayoffRequest>,
) -> Result<ClaimReference, CreatePayoffRefusal> {
    let claim_id = call.path.claim_id;
    let record = carrier.visible_claim(claim_id)?;
    if !record.has_required_documents(carrier.readings.combined_documents) {
        return Err(CreatePayoffRefusal::MissingDocuments);
    }
    if record.payoff_request != RequestState::Open {
        carrier.touched_claim(claim_id, call.now)?.payoff_request = RequestState::Open;
        carrier.record(claim_id, call.now, ActivityData::PayoffRequestCreated(Box::new(NoData {})))?;
    }
    Ok(ClaimReference { claim_id })
}
