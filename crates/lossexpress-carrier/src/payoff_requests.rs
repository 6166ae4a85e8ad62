//! Payoff requests: ask a lender what it takes to pay a loan off.

pub(crate) mod cancel_payoff_request;
pub(crate) mod create_payoff_request;
pub(crate) mod refresh_payoff_request;

use estoppel_contract::{Basis, Notice, Source};

pub use cancel_payoff_request::CancelPayoffRequest;
pub use create_payoff_request::CreatePayoffRequest;
pub use refresh_payoff_request::RefreshPayoffRequest;

/// Nobody has asked for a payoff on the claim.
pub(crate) const NO_PAYOFF_REQUEST: Notice = Notice {
    id: "no-payoff-request",
    status: 404,
    message: "A payoff request does not exist for this claim.",
    when: "Nobody has asked for a payoff on the claim.",
    basis: Basis::Documented,
    source: Source::document("carrier", "Cancel Payoff Request"),
};
