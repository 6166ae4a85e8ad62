//! `POST /v1/users/{userId}/liabilities/refresh`

use std::collections::BTreeSet;

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Invalid, JsonPointer, Method, Nothing, Notice, Segment, Source,
    Spec, refusals,
};
use estoppel_simulator::Call;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BegunRefreshReply, Capability};
use crate::{
    array::NonEmpty,
    errors::{UserRefusal, fault},
    ids::{ExtRequestId, LiabilityGroupId, UserId},
    spinwheel::Spinwheel,
    users::{GroupRecord, NotSupportedReason, UserRecord},
};

/// Trigger a student loans payoff fetch.
#[derive(Debug)]
pub enum TriggerStudentLoansPayoffFetch {}

impl Endpoint for TriggerStudentLoansPayoffFetch {
    const SPEC: Spec = Spec {
        id: "triggerStudentLoansPayoffFetch",
        method: Method::Post,
        path: "/v1/users/{userId}/liabilities/refresh",
        summary: "Ask for fresh payoff quotes of liability groups.",
        description: "Every group must be `SUPPORTED` in Get User at this moment; otherwise nothing at all is begun \
            (R61, R78). The refreshes run on by themselves: a webhook for each group tells how it ended, and so does \
            a poll. A request that is sent again as it was gets its first answer again (R64).",
        group: "Liabilities",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: Source::document("spinwheel", "Trigger Student Loans Payoff Fetch"),
    };
    type Path = UserPath;
    type Query = Nothing;
    type Body = NewRefresh;
    type Reply = BegunRefreshReply;
    type Refusal = TriggerRefusal;
}

/// Which user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserPath {
    /// The user.
    pub user_id: UserId,
}

/// Which groups to refresh.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "spinwheel: Trigger Student Loans Payoff Fetch", "x-basis" = "example"),
    example = crate::examples::new_refresh(),
)]
pub struct NewRefresh {
    /// Names the request; the caller chooses a new one for each.
    pub ext_request_id: ExtRequestId,
    /// What to refresh: at least one group, and none twice (R71).
    #[serde(deserialize_with = "crate::array::some_objects")]
    pub student_loans: NonEmpty<GroupsToRefresh>,
}

/// One liability group and what is asked about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "spinwheel: Trigger Student Loans Payoff Fetch", "x-basis" = "documented"))]
pub struct GroupsToRefresh {
    /// What is asked for: at least one (R71).
    pub capabilities: NonEmpty<Capability>,
    /// The group, as `capabilities` of Get User name it.
    pub liability_group_id: LiabilityGroupId,
}

/// A group that the user does not have (R61).
const NO_SUCH_GROUP: Notice = Notice {
    id: "no-such-liability-group",
    status: 400,
    message: "A liability group of the request does not belong to the user.",
    when: "The user has no group with one of the ids; another user may have it.",
    basis: Basis::Ruled,
    source: Source::ruling("R61"),
};

/// A group without the capability (R61).
const NOT_SUPPORTED: Notice = Notice {
    id: "payoff-quote-not-supported",
    status: 400,
    message: "LIABILITY_GROUP_PAYOFF_QUOTE is not SUPPORTED for a liability group of the request.",
    when: "A group is `NOT_SUPPORTED` for any reason but a recent refresh.",
    basis: Basis::Documented,
    source: Source::document("spinwheel", "Key First Step: The Capabilities Matrix"),
};

/// A group that was refreshed too recently (R62).
const REFRESHED_TOO_RECENTLY: Notice = Notice {
    id: "refreshed-too-recently",
    status: 400,
    message: "REFRESH_EXHAUSTED: a liability group of the request was refreshed too recently.",
    when: "The group's `nextEligibleRefreshOn` lies in the future.",
    basis: Basis::Ruled,
    source: Source::ruling("R62"),
};

/// Another request has the id (R64).
const REUSED_REQUEST_ID: Notice = Notice {
    id: "reused-ext-request-id",
    status: 400,
    message: "extRequestId was used for another refresh request.",
    when: "A request of the user with this `extRequestId` and other groups was taken.",
    basis: Basis::Ruled,
    source: Source::ruling("R64"),
};

refusals! {
    /// Why nothing is refreshed.
    pub enum TriggerRefusal: UserRefusal | Invalid {
        /// The user does not have a group of the request.
        NoSuchGroup = NO_SUCH_GROUP,
        /// A group cannot be quoted.
        NotSupported = NOT_SUPPORTED,
        /// A group was refreshed too recently.
        RefreshedTooRecently = REFRESHED_TOO_RECENTLY,
        /// Another request has the id.
        ReusedRequestId = REUSED_REQUEST_ID,
    }
}

pub(crate) fn trigger_student_loans_payoff_fetch(
    spinwheel: &mut Spinwheel,
    call: Call<TriggerStudentLoansPayoffFetch>,
) -> Result<BegunRefreshReply, TriggerRefusal> {
    let user_id = call.path.user_id;
    let user = spinwheel.user(user_id)?;
    refuse_duplicates(&call.body)?;
    if let Some(earlier) = spinwheel.refresh(user_id, call.body.ext_request_id) {
        if earlier.request == call.body {
            return Ok(BegunRefreshReply::of(&earlier.answered));
        }
        return Err(TriggerRefusal::ReusedRequestId);
    }
    // Every group is looked at before any is touched (R78).
    for wanted in &*call.body.student_loans {
        let group: &GroupRecord =
            UserRecord::group(user, &wanted.liability_group_id).ok_or(TriggerRefusal::NoSuchGroup)?;
        match group.obstacle(call.now) {
            None => {}
            Some(NotSupportedReason::RefreshExhausted) => return Err(TriggerRefusal::RefreshedTooRecently),
            Some(_) => return Err(TriggerRefusal::NotSupported),
        }
    }
    Ok(BegunRefreshReply::of(&spinwheel.begin_refresh(user_id, call.body, call.now)))
}

/// No group may be named twice (R71).
fn refuse_duplicates(request: &NewRefresh) -> Result<(), Invalid> {
    let mut seen = BTreeSet::new();
    let duplicate = request.student_loans.iter().position(|wanted| !seen.insert(&wanted.liability_group_id));
    duplicate.map_or(Ok(()), |place| {
        let place = JsonPointer::member("studentLoans")
            .child(Segment::Index(place))
            .child(Segment::Key("liabilityGroupId".to_owned()));
        Err(fault(place, "uniqueItems", "each group once", "a group that is named before"))
    })
}
