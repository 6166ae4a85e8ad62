//! `POST /claims/{claimId}/payoff-request/refresh`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec, refusals};
use estoppel_simulator::Call;

use super::NO_PAYOFF_REQUEST;
use crate::{
    carrier::Carrier,
    claim_record::RequestState,
    claims::{ClaimPath, ClaimReference},
    errors::{ClaimRefusal, MISSING_DOCUMENTS},
    readings::REFRESH,
};

/// Refresh a payoff request.
#[derive(Debug)]
pub enum RefreshPayoffRequest {}

impl Endpoint for RefreshPayoffRequest {
    const SPEC: Spec = Spec {
        id: "refreshPayoffRequest",
        method: Method::Post,
        path: "/claims/{claimId}/payoff-request/refresh",
        summary: "Say that vital information changed since the payoff was asked for.",
        description: "Announced, not yet available: it answers 404 until the reading `refresh-payoff-request` turns it on (R41).",
        group: "Payoff Requests",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Announced { reading: REFRESH.name },
        basis: Basis::Example,
        source: Source::document("payoff-requests", "Refresh Payoff Request"),
    };
    type Path = ClaimPath;
    type Query = Nothing;
    type Body = Nothing;
    type Reply = ClaimReference;
    type Refusal = RefreshPayoffRefusal;
}

refusals! {
    /// Why a payoff request is not refreshed.
    pub enum RefreshPayoffRefusal: ClaimRefusal {
        /// The documents that the lender needs are not there.
        MissingDocuments = MISSING_DOCUMENTS,
        /// Nobody has asked for a payoff on the claim.
        NeverRequested = NO_PAYOFF_REQUEST,
    }
}

pub(crate) fn refresh_payoff_request(
    carrier: &mut Carrier,
    call: Call<RefreshPayoffRequest>,
) -> Result<ClaimReference, RefreshPayoffRefusal> {
    let claim_id = call.path.claim_id;
    let record = carrier.visible_claim(claim_id)?;
    if !record.has_required_documents(carrier.readings.combined_documents) {
        return Err(RefreshPayoffRefusal::MissingDocuments);
    }
    if record.payoff_request == RequestState::Never {
        return Err(RefreshPayoffRefusal::NeverRequested);
    }
    carrier.touched_claim(claim_id, call.now)?;
    Ok(ClaimReference { claim_id })
}
