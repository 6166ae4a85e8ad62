//! A refresh that has just begun.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Capability, LiabilityType, RefreshStatus};
use crate::{
    epoch::EpochMilliseconds,
    errors::Status,
    ids::{LiabilityGroupId, RefreshTransactionId, StudentLoanId, UserId},
    users::GroupRecord,
};

/// The refresh of one liability group that has just begun. It never holds a quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "spinwheel: Trigger Student Loans Payoff Fetch", "x-basis" = "example"),
    example = crate::examples::running_item(),
)]
pub struct BegunRefresh {
    /// How far it has come: it is in progress.
    pub refresh_transaction_status: RefreshStatus,
    /// Names the refresh of this group.
    pub refresh_transaction_id: RefreshTransactionId,
    /// The user: a UUID in a string, although the example leaves the quotes out (R60).
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
}

impl BegunRefresh {
    /// The refresh of a group, which may be refreshed again at `next`.
    pub(crate) fn new(
        user_id: UserId,
        group: &GroupRecord,
        transaction_id: RefreshTransactionId,
        next: Timestamp,
    ) -> Self {
        Self {
            refresh_transaction_status: RefreshStatus::InProgress,
            refresh_transaction_id: transaction_id,
            user_id,
            liability_group_id: group.id.clone(),
            student_loan_ids: group.loan_ids(),
            next_eligible_refresh_on: EpochMilliseconds::from_instant(next),
            liability_type: LiabilityType::StudentLoan,
            capability: Capability::LiabilityGroupPayoffQuote,
        }
    }
}

/// One item for each liability group of the request, in its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    extend("x-source" = "spinwheel: Trigger Student Loans Payoff Fetch", "x-basis" = "example"),
    example = json!({"status": {"code": 200, "desc": "success"}, "data": [crate::examples::running_item()]}),
)]
pub struct BegunRefreshReply {
    /// How the call ended; it says nothing about how the refreshes will.
    pub status: Status,
    /// The items.
    pub data: Vec<BegunRefresh>,
}

impl BegunRefreshReply {
    /// A success with these items.
    pub(crate) fn of(items: &[BegunRefresh]) -> Self {
        Self { status: Status::success(), data: items.to_vec() }
    }
}
