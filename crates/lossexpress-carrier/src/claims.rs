//! Claims: create, update, fetch and search them.

mod claim;
mod claim_fields;
mod rendered_claim;
mod vocabularies;

pub(crate) mod create_claim;
pub(crate) mod fetch_claim;
pub(crate) mod search_claims;
pub(crate) mod update_claim;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ids::ClaimId;

pub use claim::{
    Claim, Document, LetterOfGuaranteeRequest, PayoffData, Remittance, RemittanceInformation, Vehicle,
};
pub(crate) use claim_fields::{AccountNumbers, NewClaimMembers};
pub use claim_fields::{ClaimChanges, ClaimCreated};
pub use create_claim::{ClaimCreatedReply, CreateClaim, NewClaim};
pub use fetch_claim::{FetchClaim, FetchedClaim};
pub use rendered_claim::RenderedClaim;
pub use search_claims::{FoundClaims, SearchClaims, SearchClaimsQuery};
pub use update_claim::{UpdateClaim, UpdateClaimBody};
pub use vocabularies::{CauseOfLoss, FinanceType, InsurerType};

/// The path parameter of every operation on one claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClaimPath {
    /// The LossExpress UUID of the claim.
    pub claim_id: ClaimId,
}

/// A reply that names the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "carrier: Create Payoff Request", "x-basis" = "example"),
    example = serde_json::json!({"claimId": "c30ae9da-9222-4de5-81fe-fe1ac590fa0f"}),
)]
pub struct ClaimReference {
    /// The LossExpress UUID of the claim.
    pub claim_id: ClaimId,
}

/// A reply that names the claim and says that it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "carrier: Cancel Payoff Request", "x-basis" = "example"),
    example = serde_json::json!({"claimId": "c30ae9da-9222-4de5-81fe-fe1ac590fa0f", "success": true}),
)]
pub struct ClaimSuccess {
    /// The LossExpress UUID of the claim.
    pub claim_id: ClaimId,
    /// Always true.
    pub success: bool,
}

impl ClaimSuccess {
    /// It is done on this claim.
    pub(crate) const fn of(claim_id: ClaimId) -> Self {
        Self { claim_id, success: true }
    }
}
