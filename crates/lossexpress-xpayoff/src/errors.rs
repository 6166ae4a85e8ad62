//! The refusals that operations share.

use estoppel_contract::{Basis, Notice, Protocol, Source};

pub(crate) use estoppel_lossexpress::envelope;
pub use estoppel_lossexpress::{ErrorEnvelope, Validation, ValidationError};

/// Where the API documents its errors.
pub(crate) const ERRORS: Source = Source::document("xpayoff", "Errors");

/// No webhook is enabled, so a result would have nowhere to go (R9).
pub(crate) const WEBHOOK_NOT_ENABLED: Notice = Notice {
    id: "webhook-not-enabled",
    status: 400,
    message: "No webhook is enabled, so there is nowhere to send a payoff.",
    when: "No webhook of the account is enabled.",
    basis: Basis::Ruled,
    source: Source::ruling("R9"),
};

/// A lender by name alone is work for people (R3).
pub(crate) const LENDER_ID_NEEDED: Notice = Notice {
    id: "lender-id-needed",
    status: 400,
    message: "lenderId is required without a subscription to the Fulfillment Center.",
    when: "The request names its lender by lenderName alone, and the account is not subscribed to the Fulfillment Center.",
    basis: Basis::Ruled,
    source: Source::ruling("R3"),
};

/// A lender that no search gives (R101).
pub(crate) const NO_SUCH_LENDER: Notice = Notice {
    id: "no-such-lender",
    status: 404,
    message: "Lender not found.",
    when: "No lender has this id.",
    basis: Basis::Ruled,
    source: Source::ruling("R101"),
};

/// Cancelling is for subscribers (R100).
pub(crate) const NOT_SUBSCRIBED: Notice = Notice {
    id: "not-subscribed",
    status: 403,
    message: "Cancelling requires a subscription to the Fulfillment Center.",
    when: "The account is not subscribed to the Fulfillment Center.",
    basis: Basis::Ruled,
    source: Source::ruling("R100"),
};

/// A payoff request that nobody made (R102).
pub(crate) const NO_SUCH_PAYOFF_REQUEST: Notice = Notice {
    id: "no-such-payoff-request",
    status: 404,
    message: "Payoff request not found.",
    when: "No payoff request has this id.",
    basis: Basis::Ruled,
    source: Source::ruling("R102"),
};

/// The notice of each fault of the protocol. Keys do not expire (R12).
pub(crate) fn protocol_notice(fault: &Protocol) -> Notice {
    let fault = if *fault == Protocol::CredentialExpired { &Protocol::Unauthorized } else { fault };
    let notice = estoppel_lossexpress::protocol_notice(fault, ERRORS);
    match fault {
        Protocol::Unauthorized => {
            Notice { when: "The request carries no API key, or one that is not the account's.", ..notice }
        }
        _ => notice,
    }
}
