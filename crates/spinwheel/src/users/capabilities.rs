//! What can be done with a student loan: the capabilities matrix.

use estoppel_contract::{Optional, vocabulary};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::ids::LiabilityGroupId;

/// What can be done with a loan. It is an object; only the prose of the document calls it an array.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    extend("x-source" = "spinwheel: Key First Step: The Capabilities Matrix", "x-basis" = "example"),
    example = json!({
        "payments": {},
        "data": {"liabilityGroupPayoffQuote": {
            "availability": "SUPPORTED",
            "liabilityGroupId": crate::seeds::COMPLETING_GROUP,
        }},
    }),
)]
pub struct Capabilities {
    /// What can be paid; its members are not documented here (R73).
    pub payments: PaymentCapabilities,
    /// What can be asked.
    pub data: DataCapabilities,
}

/// What can be paid. No member is documented here, so none is sent (R73).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "R73", "x-basis" = "ruled"), example = json!({}))]
pub struct PaymentCapabilities {}

/// What can be asked about a loan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "spinwheel: Key First Step: The Capabilities Matrix", "x-basis" = "example"))]
pub struct DataCapabilities {
    /// Whether the payoff of the loan's liability group can be asked for.
    pub liability_group_payoff_quote: LiabilityGroupPayoffQuoteCapability,
}

/// Whether the payoff of a liability group can be asked for now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "spinwheel: Key First Step: The Capabilities Matrix", "x-basis" = "documented"),
    example = json!({
        "availability": "NOT_SUPPORTED",
        "description": "INSTITUTION_NOT_SUPPORTED",
        "liabilityGroupId": crate::seeds::UNSUPPORTED_GROUP,
    }),
)]
pub struct LiabilityGroupPayoffQuoteCapability {
    /// Whether it can.
    pub availability: Availability,
    /// Why it cannot; absent where it can.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-source" = "R62", "x-basis" = "ruled"))]
    pub description: Optional<NotSupportedReason>,
    /// The group that the loan belongs to. It is not the institution's id.
    pub liability_group_id: LiabilityGroupId,
}

vocabulary! {
    /// Whether something can be done.
    #![source("spinwheel: Key First Step: The Capabilities Matrix")]
    #![basis("documented")]
    pub enum Availability {
        /// It can.
        Supported = "SUPPORTED",
        /// It cannot, for the reason that `description` gives.
        NotSupported = "NOT_SUPPORTED",
    }
}

vocabulary! {
    /// Why something cannot be done.
    #![source("R62")]
    #![basis("ruled")]
    pub enum NotSupportedReason {
        /// The institution is not connected.
        InstitutionNotSupported = "INSTITUTION_NOT_SUPPORTED",
        /// The institution is connected and turned off.
        InstitutionDisabled = "INSTITUTION_DISABLED",
        /// The last refresh is too recent; `nextEligibleRefreshOn` says until when.
        RefreshExhausted = "REFRESH_EXHAUSTED",
        /// The user is not the one who owes first.
        NotPrimaryAccountHolder = "NOT_PRIMARY_ACCOUNT_HOLDER",
        /// The account was ended by the institution.
        AccountTerminated = "ACCOUNT_TERMINATED",
        /// The account is closed and nothing is owed.
        ClosedAccountNoBalance = "CLOSED_ACCOUNT_NO_BALANCE",
        /// The account is closed.
        ClosedAccount = "CLOSED_ACCOUNT",
        /// The institution does not know the account number.
        AccountNumberVerificationFailed = "ACCOUNT_NUMBER_VERIFICATION_FAILED",
        /// What is known of the account is not enough.
        FieldError = "FIELD_ERROR",
    }
}
