//! `DELETE /payoff/{payoffId}`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec, refusals};
use estoppel_simulator::Call;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PayoffSuccess;
use crate::{
    XPayoff,
    errors::{NO_SUCH_PAYOFF_REQUEST, NOT_SUBSCRIBED},
    ids::PayoffId,
    readings::FulfillmentCenter,
};

/// Cancel a payoff request.
#[derive(Debug)]
pub enum CancelPayoffRequest {}

impl Endpoint for CancelPayoffRequest {
    const SPEC: Spec = Spec {
        id: "cancelPayoffRequest",
        method: Method::Delete,
        path: "/payoff/{payoffId}",
        summary: "Cancel a payoff request.",
        description: "No result arrives afterwards. Cancelling a request that was cancelled, answered or deactivated \
            before succeeds and changes nothing (R104). It is only there for subscribers of the Fulfillment Center \
            (R100).",
        group: "Loan Payoff Request",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: Source::document("xpayoff", "Cancel Request"),
    };
    type Path = PayoffPath;
    type Query = Nothing;
    type Body = Nothing;
    type Reply = PayoffSuccess;
    type Refusal = CancelPayoffRefusal;
}

/// The payoff request that a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PayoffPath {
    /// The LossExpress UUID of the payoff request.
    pub payoff_id: PayoffId,
}

refusals! {
    /// Why nothing is cancelled.
    pub enum CancelPayoffRefusal {
        /// The account is not subscribed to the Fulfillment Center.
        NotSubscribed = NOT_SUBSCRIBED,
        /// No payoff request has this id.
        NoSuchPayoffRequest = NO_SUCH_PAYOFF_REQUEST,
    }
}

pub(crate) fn cancel_payoff_request(
    xpayoff: &mut XPayoff,
    call: Call<CancelPayoffRequest>,
) -> Result<PayoffSuccess, CancelPayoffRefusal> {
    if xpayoff.readings.fulfillment_center == FulfillmentCenter::NotSubscribed {
        return Err(CancelPayoffRefusal::NotSubscribed);
    }
    let id = call.path.payoff_id;
    if xpayoff.request(id).is_none() {
        return Err(CancelPayoffRefusal::NoSuchPayoffRequest);
    }
    xpayoff.cancel(id, call.now);
    Ok(PayoffSuccess::of(id))
}
