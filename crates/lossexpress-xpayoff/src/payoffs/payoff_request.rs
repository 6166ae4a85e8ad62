//! A payoff request as LossExpress keeps it.

use estoppel_contract::Optional;
use estoppel_generate::Key;
use estoppel_values::{Sensitive, Text};
use jiff::Timestamp;

use crate::{
    ids::{OrderId, PayoffId},
    results::{Evidence, FulfilledBy, Loan},
};

/// A payoff request as LossExpress keeps it.
#[derive(Clone, Debug)]
pub(crate) struct PayoffRequest {
    /// Where it comes from whether it fails, and why.
    pub(crate) key: Key,
    /// What it asks about.
    pub(crate) loan: Loan<Key>,
    pub(crate) id: PayoffId,
    pub(crate) order_id: OrderId,
    /// The lender's name in the database, or as the caller wrote it.
    pub(crate) lender_name: Text,
    pub(crate) account_number: Optional<Sensitive>,
    pub(crate) evidence: Evidence,
    pub(crate) respondent: Respondent,
    pub(crate) created_at: Timestamp,
    pub(crate) state: RequestState,
}

/// Who answers a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Respondent {
    /// The request has a test VIN: a quote comes at once, as if from an integrated lender.
    TestVin,
    /// The lender itself or the Fulfillment Center.
    Fulfiller(FulfilledBy),
    /// The lender is not integrated, and the account has no Fulfillment Center (R111).
    Nobody,
}

impl Respondent {
    /// By which way a result comes.
    pub(crate) const fn way(self) -> FulfilledBy {
        match self {
            Self::Fulfiller(way) => way,
            Self::TestVin | Self::Nobody => FulfilledBy::Integration,
        }
    }
}

/// How far a request has come. Times are those of the session's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestState {
    /// Its result comes at this time; the number tells timers of one instant apart.
    Open((Timestamp, u64)),
    /// A result was handed to the webhooks.
    Delivered(Timestamp),
    /// Its result came while no webhook was enabled.
    Lost(Timestamp),
    /// The caller cancelled it.
    Cancelled(Timestamp),
    /// It was deactivated together with the webhooks (R7).
    Deactivated(Timestamp),
}
