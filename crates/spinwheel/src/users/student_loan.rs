//! One student loan.
//!
//! The document shows which objects a loan has, and nothing of what is in them: their members are ours (R73), and
//! optional.

use estoppel_contract::Optional;
use estoppel_values::{Date, Number, Sensitive, Text, Usd};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Capabilities;
use crate::{
    epoch::EpochMilliseconds,
    ids::{InstitutionId, StudentLoanId},
};

/// A student loan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "spinwheel: Get User (Updated Response)", "x-basis" = "example"),
    example = crate::examples::student_loan(),
)]
pub struct StudentLoan {
    /// Names it.
    pub student_loan_id: StudentLoanId,
    /// What kind of account it is.
    pub liability_profile: LiabilityProfile,
    /// What the last statement says.
    pub statement_summary: StatementSummary,
    /// What is owed.
    pub balance_details: BalanceDetails,
    /// Who is owed.
    pub creditor: Creditor,
    /// What can be done with it.
    pub capabilities: Capabilities,
    /// When its balances were last asked for, in milliseconds since 1970.
    pub updated_on: EpochMilliseconds,
    /// When Spinwheel first saw it, in milliseconds since 1970.
    pub created_on: EpochMilliseconds,
}

/// What kind of account a loan is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "R73", "x-basis" = "ruled"))]
pub struct LiabilityProfile {
    /// The institution's number for the account.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub account_number: Optional<Sensitive>,
    /// The day on which the loan was made.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub opened_on: Optional<Date>,
}

/// What the last statement of a loan says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "R73", "x-basis" = "ruled"))]
pub struct StatementSummary {
    /// What has to be paid by the due date, in dollars.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub minimum_payment_amount: Optional<Usd>,
    /// The day by which it has to be paid.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub due_date: Optional<Date>,
    /// The day of the last payment; interest accrues from the day after it.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub last_payment_date: Optional<Date>,
}

/// What is owed on a loan, as of its `updatedOn`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "R73", "x-basis" = "ruled"))]
pub struct BalanceDetails {
    /// What was lent, in dollars.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub original_loan_amount: Optional<Usd>,
    /// What is owed without interest, in dollars.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub outstanding_balance: Optional<Usd>,
    /// Interest since the last payment, in dollars (R74).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub accrued_interest: Optional<Usd>,
    /// Interest of a year, in percent.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub interest_rate: Optional<Number>,
}

/// Who is owed: an institution. All loans of a liability group have the same one, and an institution may have several
/// groups.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "R73", "x-basis" = "ruled"))]
pub struct Creditor {
    /// Names the institution. It is not the id of a liability group.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub institution_id: Optional<InstitutionId>,
    /// The institution's name.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub name: Optional<Text>,
}
