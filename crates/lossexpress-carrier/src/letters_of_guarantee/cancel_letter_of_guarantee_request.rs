//! `DELETE /claims/{claimId}/letter-of-guarantee-request`

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Method, Nothing, Notice, Source, Spec, refusals,
};
use estoppel_simulator::Call;

use crate::{
    activities::{ActivityData, NoData},
    carrier::Carrier,
    claim_record::RequestState,
    claims::{ClaimPath, ClaimSuccess},
    errors::ClaimRefusal,
};

/// Cancel the request for a letter of guarantee.
#[derive(Debug)]
pub enum CancelLetterOfGuaranteeRequest {}

impl Endpoint for CancelLetterOfGuaranteeRequest {
    const SPEC: Spec = Spec {
        id: "cancelLetterOfGuaranteeRequest",
        method: Method::Delete,
        path: "/claims/{claimId}/letter-of-guarantee-request",
        summary: "Cancel the request for a letter of guarantee.",
        description: "Cancelling a request that was cancelled or completed before succeeds and changes nothing (R40).",
        group: "Letter of Guarantee Requests",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Example,
        source: Source::document("carrier", "Cancel Letter of Guarantee Request"),
    };
    type Path = ClaimPath;
    type Query = Nothing;
    type Body = Nothing;
    type Reply = ClaimSuccess;
    type Refusal = CancelLetterOfGuaranteeRefusal;
}

refusals! {
    /// Why nothing is cancelled.
    pub enum CancelLetterOfGuaranteeRefusal: ClaimRefusal {
        /// Nobody has asked for a letter of guarantee on the claim.
        NeverRequested = Notice {
            id: "no-letter-of-guarantee-request",
            status: 404,
            message: "Letter of Guarantee does not exist for this claim.",
            when: "Nobody has asked for a letter of guarantee on the claim.",
            basis: Basis::Documented,
            source: Source::document("carrier", "Cancel Letter of Guarantee Request"),
        },
    }
}

pub(crate) fn cancel_letter_of_guarantee_request(
    carrier: &mut Carrier,
    call: Call<CancelLetterOfGuaranteeRequest>,
) -> Result<ClaimSuccess, CancelLetterOfGuaranteeRefusal> {
    let claim_id = call.path.claim_id;
    match carrier.visible_claim(claim_id)?.letter_request {
        RequestState::Never => return Err(CancelLetterOfGuaranteeRefusal::NeverRequested),
        RequestState::Ended => {}
        RequestState::Open => {
            carrier.touched_claim(claim_id, call.now)?.letter_request = RequestState::Ended;
            let data = ActivityData::LetterOfGuaranteeRequestCancelled(Box::new(NoData {}));
            carrier.record(claim_id, call.now, data)?;
        }
    }
    Ok(ClaimSuccess::of(claim_id))
}
