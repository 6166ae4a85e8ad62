//! What becomes of one liability group of a refresh.

use estoppel_contract::{Optional, vocabulary};
use estoppel_values::{Date, Usd};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{BegunRefresh, PayoffQuote};
use crate::{
    epoch::EpochMilliseconds,
    errors::Status,
    ids::{LiabilityGroupId, RefreshTransactionId, StudentLoanId, UserId},
};

vocabulary! {
    /// How far a refresh has come.
    #![source("spinwheel: Poll Student Loans Payoff Fetch Status")]
    #![basis("documented")]
    pub enum RefreshStatus {
        /// The institution has not answered yet.
        InProgress = "IN_PROGRESS",
        /// There is a quote.
        Completed = "COMPLETED",
        /// There is none, and this refresh will give none.
        Failed = "FAILED",
    }
}

vocabulary! {
    /// What kind of liability is refreshed.
    #![source("spinwheel: Trigger Student Loans Payoff Fetch")]
    #![basis("example")]
    pub enum LiabilityType {
        /// Student loans.
        StudentLoan = "STUDENT_LOAN",
    }
}

vocabulary! {
    /// What is asked for.
    #![source("spinwheel: Trigger Student Loans Payoff Fetch")]
    #![basis("documented")]
    pub enum Capability {
        /// One payoff quote for all loans of a liability group.
        LiabilityGroupPayoffQuote = "LIABILITY_GROUP_PAYOFF_QUOTE",
    }
}

/// How far the refresh of one liability group has come. The last three members are there once it is COMPLETED
/// (R66).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "spinwheel: Poll Student Loans Payoff Fetch Status", "x-basis" = "example"),
    example = crate::examples::completed_item(),
    example = crate::examples::running_item(),
)]
pub struct RefreshItem {
    /// How far it has come.
    pub refresh_transaction_status: RefreshStatus,
    /// Names the refresh of this group.
    pub refresh_transaction_id: RefreshTransactionId,
    /// The user: a UUID in a string, although the examples leave the quotes out (R60).
    pub user_id: UserId,
    /// The group.
    pub liability_group_id: LiabilityGroupId,
    /// The loans of the group.
    pub student_loan_ids: Vec<StudentLoanId>,
    /// When the group may be refreshed again, in milliseconds since 1970 (R63, R76).
    pub next_eligible_refresh_on: EpochMilliseconds,
    /// What kind of liability it is.
    pub liability_type: LiabilityType,
    /// What was asked for.
    pub capability: Capability,
    /// What it takes to pay all loans of the group off on any day through the last one, in dollars (R74).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-source" = "spinwheel: Poll Student Loans Payoff Fetch Status", "x-basis" = "documented"))]
    pub payoff_amount: Optional<Usd>,
    /// The last day on which the amount holds, in UTC (R75).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-source" = "spinwheel: Poll Student Loans Payoff Fetch Status", "x-basis" = "documented"))]
    pub payoff_good_through_date: Optional<Date>,
    /// When the quote was made, in milliseconds since 1970 (R70).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-source" = "spinwheel: Poll Student Loans Payoff Fetch Status", "x-basis" = "documented"))]
    pub updated_on: Optional<EpochMilliseconds>,
}

impl RefreshItem {
    /// The refresh has ended, with a quote or without one. Quirk: a quote stands in the item itself, and below `data`
    /// in the webhook (spinwheel: Poll Student Loans Payoff Fetch Status).
    pub(crate) fn end(&mut self, quote: Option<PayoffQuote>) {
        self.refresh_transaction_status = match quote {
            Some(_) => RefreshStatus::Completed,
            None => RefreshStatus::Failed,
        };
        self.payoff_amount = quote.map(|quote| quote.payoff_amount).into();
        self.payoff_good_through_date = quote.map(|quote| quote.payoff_good_through_date).into();
        self.updated_on = quote.map(|quote| quote.updated_on).into();
    }
}

impl From<BegunRefresh> for RefreshItem {
    fn from(begun: BegunRefresh) -> Self {
        Self {
            refresh_transaction_status: begun.refresh_transaction_status,
            refresh_transaction_id: begun.refresh_transaction_id,
            user_id: begun.user_id,
            liability_group_id: begun.liability_group_id,
            student_loan_ids: begun.student_loan_ids,
            next_eligible_refresh_on: begun.next_eligible_refresh_on,
            liability_type: begun.liability_type,
            capability: begun.capability,
            payoff_amount: Optional::Absent,
            payoff_good_through_date: Optional::Absent,
            updated_on: Optional::Absent,
        }
    }
}

/// One item for each liability group of the request, in its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    extend("x-source" = "spinwheel: Poll Student Loans Payoff Fetch Status", "x-basis" = "example"),
    example = json!({"status": {"code": 200, "desc": "success"}, "data": [crate::examples::completed_item()]}),
    example = json!({"status": {"code": 200, "desc": "success"}, "data": [crate::examples::running_item()]}),
)]
pub struct RefreshReply {
    /// How the call ended; it says nothing about the refreshes.
    pub status: Status,
    /// The items.
    pub data: Vec<RefreshItem>,
}

impl RefreshReply {
    /// A success with these items.
    pub(crate) fn of(items: &[RefreshItem]) -> Self {
        Self { status: Status::success(), data: items.to_vec() }
    }
}
