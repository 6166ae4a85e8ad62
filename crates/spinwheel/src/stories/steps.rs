//! Steps that many stories take.

use estoppel_contract::{Arrival, Step, Story, Webhook};
use serde_json::{Value, json};

use crate::liabilities::LiabilityGroupPayoffQuoteStatusChange;

/// A user or request that no server has.
pub(super) const NOBODYS_ID: &str = "00000000-0000-4000-8000-000000000404";

/// What depends on the clock and on the day in Get User.
const TIMES_OF_USER: [&str; 10] = [
    "/data/studentLoanSummary/updatedOn",
    "/data/studentLoanSummary/liabilityGroupPayoffQuotes/*/payoffAmount",
    "/data/studentLoanSummary/liabilityGroupPayoffQuotes/*/payoffGoodThroughDate",
    "/data/studentLoanSummary/liabilityGroupPayoffQuotes/*/updatedOn",
    "/data/studentLoans/*/liabilityProfile/openedOn",
    "/data/studentLoans/*/statementSummary/dueDate",
    "/data/studentLoans/*/statementSummary/lastPaymentDate",
    "/data/studentLoans/*/balanceDetails/accruedInterest",
    "/data/studentLoans/*/updatedOn",
    "/data/studentLoans/*/createdOn",
];

/// What depends on the clock and on the day in the items of a refresh.
const TIMES_OF_ITEMS: [&str; 4] = [
    "/data/*/nextEligibleRefreshOn",
    "/data/*/payoffAmount",
    "/data/*/payoffGoodThroughDate",
    "/data/*/updatedOn",
];

pub(super) fn story(id: &'static str, summary: &'static str, steps: impl Into<Vec<Step>>) -> Story {
    Story { id, summary, steps: steps.into(), under: None }
}

/// Gets a user by its id.
pub(super) fn get_user(user_id: &str) -> Step {
    Step::call("getUser").with("userId", user_id).varies(TIMES_OF_USER)
}

/// Gets a user by the id in the caller's own books.
pub(super) fn get_user_by_ext_id(ext_user_id: &str) -> Step {
    Step::call("getUser").with("extUserId", ext_user_id).varies(TIMES_OF_USER)
}

/// The body that asks for quotes of these groups.
pub(super) fn refresh_of(request: &str, groups: &[&str]) -> Value {
    let group =
        |group: &&str| json!({"capabilities": ["LIABILITY_GROUP_PAYOFF_QUOTE"], "liabilityGroupId": group});
    let groups: Vec<Value> = groups.iter().map(group).collect();
    json!({"extRequestId": request, "studentLoans": groups})
}

/// Asks for quotes of these groups of a user.
pub(super) fn trigger(user_id: &str, request: &str, groups: &[&str]) -> Step {
    trigger_with(user_id, refresh_of(request, groups))
}

/// Asks a user's groups for quotes with this body.
pub(super) fn trigger_with(user_id: &str, body: Value) -> Step {
    let step = Step::call("triggerStudentLoansPayoffFetch").with("userId", user_id);
    step.body(body).varies(TIMES_OF_ITEMS)
}

/// Polls a request of a user.
pub(super) fn poll(user_id: &str, request: &str) -> Step {
    let step = Step::call("pollStudentLoansPayoffFetchStatus").with("userId", user_id);
    step.with("extRequestId", request).varies(TIMES_OF_ITEMS)
}

/// The webhook with a quote for a group of a request.
pub(super) fn completed(request: &str, group: &str) -> Arrival {
    arrival(request, group, "COMPLETED", [])
}

/// The webhook without a quote for a group of a request.
pub(super) fn failed(request: &str, group: &str) -> Arrival {
    arrival(request, group, "FAILED", [("/data", None)])
}

fn arrival<const N: usize>(
    request: &str,
    group: &str,
    status: &str,
    more: [(&'static str, Option<Value>); N],
) -> Arrival {
    let mut body = vec![
        ("/extRequestId", Some(json!(request))),
        ("/liabilityGroupId", Some(json!(group))),
        ("/refreshTransactionStatus", Some(json!(status))),
    ];
    body.extend(more);
    Arrival { webhook: LiabilityGroupPayoffQuoteStatusChange::SPEC.id, states: body }
}
