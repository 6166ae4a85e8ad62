//! Controls: what a tester does in place of lenders and of the Fulfillment Center. They are no part of the contract.

pub(crate) mod deliver_result;
pub(crate) mod fetch_payoff_request;

use estoppel_values::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use deliver_result::{ChosenResult, DeliverResult, Members};
pub use fetch_payoff_request::FetchPayoffRequest;

use crate::{
    ids::PayoffId,
    payoffs::{PayoffRequest, RequestState},
    results::FulfilledBy,
};
use estoppel_contract::{Optional, vocabulary};

vocabulary! {
    /// How far a payoff request has come.
    #![source("R104")]
    #![basis("ruled")]
    pub enum PayoffRequestState {
        /// Its result is still to come.
        Open = "open",
        /// A result was handed to the webhooks.
        Delivered = "delivered",
        /// Its result came while no webhook was enabled.
        Lost = "lost",
        /// The caller cancelled it.
        Cancelled = "cancelled",
        /// It was deactivated together with the webhooks.
        Deactivated = "deactivated",
    }
}

/// A payoff request and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "R104", "x-basis" = "ruled"))]
pub struct PayoffRequestStatus {
    /// The LossExpress UUID of the payoff request.
    pub payoff_id: PayoffId,
    /// How far it has come.
    pub state: PayoffRequestState,
    /// When it was made, on the session's clock.
    pub created_at: Timestamp,
    /// When its result comes, while it is open, on the session's clock.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub due_at: Optional<Timestamp>,
    /// When it left the open state, or when its latest result was handed over, on the session's clock.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub ended_at: Optional<Timestamp>,
    /// Who answers it.
    pub fulfilled_by: FulfilledBy,
}

impl PayoffRequestStatus {
    fn of(request: &PayoffRequest) -> Self {
        use PayoffRequestState as State;
        let (state, due_at, ended_at) = match request.state {
            RequestState::Open((due_at, _)) => (State::Open, Some(due_at), None),
            RequestState::Delivered(at) => (State::Delivered, None, Some(at)),
            RequestState::Lost(at) => (State::Lost, None, Some(at)),
            RequestState::Cancelled(at) => (State::Cancelled, None, Some(at)),
            RequestState::Deactivated(at) => (State::Deactivated, None, Some(at)),
        };
        Self {
            payoff_id: request.id,
            state,
            created_at: Timestamp::from_instant(request.created_at),
            due_at: due_at.map(Timestamp::from_instant).into(),
            ended_at: ended_at.map(Timestamp::from_instant).into(),
            fulfilled_by: request.respondent.way(),
        }
    }
}
