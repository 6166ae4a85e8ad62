//! `GET /payoff/{payoffId}`, a control

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec, refusals};
use estoppel_simulator::Call;

use super::PayoffRequestStatus;
use crate::{XPayoff, errors::NO_SUCH_PAYOFF_REQUEST, payoffs::PayoffPath};

/// Look at a payoff request.
#[derive(Debug)]
pub enum FetchPayoffRequest {}

impl Endpoint for FetchPayoffRequest {
    const SPEC: Spec = Spec {
        id: "fetchPayoffRequest",
        method: Method::Get,
        path: "/payoff/{payoffId}",
        summary: "Tell how far a payoff request has come.",
        description: "The API itself has no operation for this.",
        group: "Payoff requests",
        auth: Auth::None,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Ruled,
        source: Source::ruling("R115"),
    };
    type Path = PayoffPath;
    type Query = Nothing;
    type Body = Nothing;
    type Reply = PayoffRequestStatus;
    type Refusal = FetchPayoffRequestRefusal;
}

refusals! {
    /// Why there is nothing to tell.
    pub enum FetchPayoffRequestRefusal {
        /// No payoff request has this id.
        NoSuchPayoffRequest = NO_SUCH_PAYOFF_REQUEST,
    }
}

pub(crate) fn fetch_payoff_request(
    xpayoff: &mut XPayoff,
    call: Call<FetchPayoffRequest>,
) -> Result<PayoffRequestStatus, FetchPayoffRequestRefusal> {
    let request = xpayoff.request(call.path.payoff_id);
    request.map(PayoffRequestStatus::of).ok_or(FetchPayoffRequestRefusal::NoSuchPayoffRequest)
}
