//! A user, as Get User shows one.

use estoppel_contract::Optional;
use estoppel_values::{Date, Integer, PostalAddress, Text, Usd};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::StudentLoan;
use crate::{
    epoch::EpochMilliseconds,
    ids::{ExtUserId, LiabilityGroupId, StudentLoanId, UserId},
};

/// A user with everything that is known of their student loans.
///
/// No quote of a single loan is here: the document promises one and names no member for it (R69).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "spinwheel: Get User (Updated Response)", "x-basis" = "example"),
    example = crate::examples::user(),
)]
pub struct User {
    /// Names the user in Spinwheel.
    pub user_id: UserId,
    /// Names the user in the caller's own books.
    pub ext_user_id: ExtUserId,
    /// Who the user is.
    pub profile: Profile,
    /// Credit reports; none is kept here (R73).
    pub credit_reports: Vec<CreditReport>,
    /// The loans taken together, and the latest quotes.
    pub student_loan_summary: StudentLoanSummary,
    /// Every loan, group by group.
    pub student_loans: Vec<StudentLoan>,
}

/// Who a user is. The document shows no member of it: these are ours (R73).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "R73", "x-basis" = "ruled"),
    example = crate::examples::profile(),
)]
pub struct Profile {
    /// First name.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub first_name: Optional<Text>,
    /// Last name.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub last_name: Optional<Text>,
    /// Mail address.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub email_address: Optional<Text>,
    /// Telephone number with `+` and country code.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub phone_number: Optional<Text>,
    /// Where the user lives.
    #[serde(
        default,
        skip_serializing_if = "Optional::is_absent",
        deserialize_with = "estoppel_contract::optional_object"
    )]
    #[schemars(extend("x-personal" = true))]
    pub address: Optional<PostalAddress>,
}

/// A credit report. The document shows no member of it, and none is kept here (R73).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "R73", "x-basis" = "ruled"), example = json!({}))]
pub struct CreditReport {}

/// A user's student loans taken together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "spinwheel: Get User (Updated Response)", "x-basis" = "example"))]
pub struct StudentLoanSummary {
    /// How many loans there are.
    pub no_of_loans: Integer,
    /// What is owed on all of them without interest, in dollars.
    pub current_outstanding_balance: Usd,
    /// What has to be paid on all of them by their next due dates, in dollars.
    pub minimum_payment_amount: Usd,
    /// When any of them was last updated, in milliseconds since 1970.
    pub updated_on: EpochMilliseconds,
    /// The latest quote of each liability group that has one.
    pub liability_group_payoff_quotes: Vec<LiabilityGroupPayoffQuote>,
}

/// The latest quote of a liability group. It stays after its last day: the caller looks at the date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "spinwheel: Get User (Updated Response)", "x-basis" = "example"),
    example = crate::examples::quote(),
)]
pub struct LiabilityGroupPayoffQuote {
    /// The loans that it pays off.
    pub student_loan_ids: Vec<StudentLoanId>,
    /// The group that they make.
    pub liability_group_id: LiabilityGroupId,
    /// What it takes on any day through the last one, in dollars (R74).
    pub payoff_amount: Usd,
    /// The last day on which the amount holds, in UTC (R75).
    pub payoff_good_through_date: Date,
    /// When the quote was made, in milliseconds since 1970.
    pub updated_on: EpochMilliseconds,
}
