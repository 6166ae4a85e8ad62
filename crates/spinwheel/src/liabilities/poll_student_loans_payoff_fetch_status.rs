//! `GET /v1/users/{userId}/liabilities/refresh/{extRequestId}`

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Method, Nothing, Notice, Source, Spec, refusals,
};
use estoppel_simulator::Call;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::RefreshReply;
use crate::{
    errors::UserRefusal,
    ids::{ExtRequestId, UserId},
    spinwheel::Spinwheel,
};

/// Poll the status of a student loans payoff fetch.
#[derive(Debug)]
pub enum PollStudentLoansPayoffFetchStatus {}

impl Endpoint for PollStudentLoansPayoffFetchStatus {
    const SPEC: Spec = Spec {
        id: "pollStudentLoansPayoffFetchStatus",
        method: Method::Get,
        path: "/v1/users/{userId}/liabilities/refresh/{extRequestId}",
        summary: "Poll how far a refresh request has come.",
        description: "Webhooks are preferred. Each group of the request has an item: `IN_PROGRESS` and `FAILED` \
            without quote members (R66), `COMPLETED` with them. A quote stays as it was given, also when the group \
            is refreshed again under another request.",
        group: "Liabilities",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: Source::document("spinwheel", "Poll Student Loans Payoff Fetch Status"),
    };
    type Path = PollPath;
    type Query = Nothing;
    type Body = Nothing;
    type Reply = RefreshReply;
    type Refusal = PollRefusal;
}

/// Which request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PollPath {
    /// The user.
    pub user_id: UserId,
    /// The request, as its sender named it.
    pub ext_request_id: ExtRequestId,
}

/// No request has this id (R65).
const NO_SUCH_REQUEST: Notice = Notice {
    id: "no-such-refresh-request",
    status: 404,
    message: "The user has no refresh request with this id.",
    when: "The user exists, and no refresh request of theirs was taken under this `extRequestId`.",
    basis: Basis::Ruled,
    source: Source::ruling("R65"),
};

refusals! {
    /// Why nothing is polled.
    pub enum PollRefusal: UserRefusal {
        /// The user has no request with this id.
        NoSuchRequest = NO_SUCH_REQUEST,
    }
}

pub(crate) fn poll_student_loans_payoff_fetch_status(
    spinwheel: &mut Spinwheel,
    call: Call<PollStudentLoansPayoffFetchStatus>,
) -> Result<RefreshReply, PollRefusal> {
    let PollPath { user_id, ext_request_id } = call.path;
    spinwheel.user(user_id)?;
    let refresh = spinwheel.refresh(user_id, ext_request_id).ok_or(PollRefusal::NoSuchRequest)?;
    Ok(RefreshReply::of(&refresh.items))
}
