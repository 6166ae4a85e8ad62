//! Payoff requests: what it takes to pay a vehicle loan off, asked of its lender.

pub(crate) mod cancel_payoff_request;
pub(crate) mod create_payoff_request;
mod mileage;
mod new_payoff_request;
mod payoff_request;
mod social_security_number;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use cancel_payoff_request::{CancelPayoffRequest, PayoffPath};
pub use create_payoff_request::CreatePayoffRequest;
pub use mileage::Mileage;
pub(crate) use new_payoff_request::NewPayoffRequestMembers;
pub use new_payoff_request::{FinanceType, NewPayoffRequest};
pub(crate) use payoff_request::{PayoffRequest, RequestState, Respondent};
pub use social_security_number::{SocialSecurityNumber, SocialSecurityNumberError};

use crate::ids::PayoffId;

/// Names a payoff request, after it was made or cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "xpayoff: Create Request", "x-basis" = "example"),
    example = json!({"payoffId": "98efa558-4f62-4917-9aff-76ed0c4effa8", "success": true}),
)]
pub struct PayoffSuccess {
    /// The LossExpress UUID of the payoff request. Its results carry it.
    pub payoff_id: PayoffId,
    /// Whether it was done: always true.
    pub success: bool,
}

impl PayoffSuccess {
    /// It was done.
    pub(crate) const fn of(payoff_id: PayoffId) -> Self {
        Self { payoff_id, success: true }
    }
}
