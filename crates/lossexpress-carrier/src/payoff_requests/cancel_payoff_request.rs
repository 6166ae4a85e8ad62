//! `DELETE /claims/{claimId}/payoff-request`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec, refusals};
use estoppel_simulator::Call;

use super::NO_PAYOFF_REQUEST;
use crate::{
    activities::{ActivityData, NoData},
    carrier::Carrier,
    claim_record::RequestState,
    claims::{ClaimPath, ClaimSuccess},
    errors::ClaimRefusal,
};

/// Cancel the payoff request.
#[derive(Debug)]
pub enum CancelPayoffRequest {}

impl Endpoint for CancelPayoffRequest {
    const SPEC: Spec = Spec {
        id: "cancelPayoffRequest",
        method: Method::Delete,
        path: "/claims/{claimId}/payoff-request",
        summary: "Cancel the payoff request.",
        description: "Cancelling a request that was cancelled or completed before succeeds and changes nothing (R40).",
        group: "Payoff Requests",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Example,
        source: Source::document("carrier", "Cancel Payoff Request"),
    };
    type Path = ClaimPath;
    type Query = Nothing;
    type Body = Nothing;
    type Reply = ClaimSuccess;
    type Refusal = CancelPayoffRefusal;
}

refusals! {
    /// Why nothing is cancelled.
    pub enum CancelPayoffRefusal: ClaimRefusal {
        /// Nobody has asked for a payoff on the claim.
        NeverRequested = NO_PAYOFF_REQUEST,
    }
}

pub(crate) fn cancel_payoff_request(
    carrier: &mut Carrier,
    call: Call<CancelPayoffRequest>,
) -> Result<ClaimSuccess, CancelPayoffRefusal> {
    let claim_id = call.path.claim_id;
    match carrier.visible_claim(claim_id)?.payoff_request {
        RequestState::Never => return Err(CancelPayoffRefusal::NeverRequested),
        RequestState::Ended => {}
        RequestState::Open => {
            carrier.touched_claim(claim_id, call.now)?.payoff_request = RequestState::Ended;
            carrier.record(claim_id, call.now, ActivityData::PayoffRequestCancelled(Box::new(NoData {})))?;
        }
    }
    Ok(ClaimSuccess::of(claim_id))
}
