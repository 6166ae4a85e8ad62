//! The refusals that operations share.

use estoppel_contract::{Basis, Notice, Protocol, Source, refusals};

pub use estoppel_lossexpress::{ErrorEnvelope, Validation, ValidationError};
pub(crate) use estoppel_lossexpress::{envelope, fault};

/// Where the API documents its errors.
pub(crate) const ERRORS: Source = Source::document("carrier", "Errors");

/// A claim that no one knows (R14).
pub(crate) const NO_SUCH_CLAIM: Notice = Notice {
    id: "no-such-claim",
    status: 404,
    message: "Claim not found.",
    when: "No claim has this id.",
    basis: Basis::Ruled,
    source: Source::ruling("R14"),
};

/// A claim outside the test phase (R15).
pub(crate) const NOT_DURING_TESTING: Notice = Notice {
    id: "not-during-testing",
    status: 403,
    message: "This claim is not available during testing.",
    when: "The claim is a production claim and the credentials are in their test phase.",
    basis: Basis::Example,
    source: Source::document("carrier", "Errors"),
};

/// The documents that a payoff or a letter of guarantee needs are not there.
pub(crate) const MISSING_DOCUMENTS: Notice = Notice {
    id: "missing-documents",
    status: 400,
    message: "Claim is missing one or more required documents: 'settlement breakdown' & 'valuation report'",
    when: "The claim has neither both a settlement breakdown and a valuation report nor one document that combines them.",
    basis: Basis::Documented,
    source: Source::document("carrier", "Create Payoff Request"),
};

refusals! {
    /// Why a claim is not there for the caller.
    pub enum ClaimRefusal {
        /// No claim has this id.
        NoSuchClaim = NO_SUCH_CLAIM,
        /// The claim is a production claim, and the caller is testing.
        NotDuringTesting = NOT_DURING_TESTING,
    }
}

/// The notice of each fault of the protocol.
pub(crate) fn protocol_notice(fault: &Protocol) -> Notice {
    estoppel_lossexpress::protocol_notice(fault, ERRORS)
}
