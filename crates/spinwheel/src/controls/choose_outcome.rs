//! `PUT /users/{userId}/liability-groups/{liabilityGroupId}/outcome`

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Method, Nothing, Notice, Source, Spec, refusals,
};
use estoppel_simulator::Call;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    errors::{Status, UserRefusal},
    ids::{LiabilityGroupId, UserId},
    liabilities::FinalRefreshStatus,
    spinwheel::Spinwheel,
};

/// Choose how refreshes of a liability group end.
#[derive(Debug)]
pub enum ChooseOutcome {}

impl Endpoint for ChooseOutcome {
    const SPEC: Spec = Spec {
        id: "chooseOutcome",
        method: Method::Put,
        path: "/users/{userId}/liability-groups/{liabilityGroupId}/outcome",
        summary: "Choose how the refreshes of a liability group end.",
        description: "It holds for every refresh that ends from here on, one that is running included.",
        group: "Controls",
        auth: Auth::None,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Ruled,
        source: Source::ruling("R76"),
    };
    type Path = GroupPath;
    type Query = Nothing;
    type Body = ChosenOutcome;
    type Reply = ChosenOutcomeReply;
    type Refusal = ChooseOutcomeRefusal;
}

/// Which group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GroupPath {
    /// The user.
    pub user_id: UserId,
    /// The group of the user.
    pub liability_group_id: LiabilityGroupId,
}

/// How refreshes end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "R76", "x-basis" = "ruled"), example = json!({"outcome": "FAILED"}))]
pub struct ChosenOutcome {
    /// With a quote or without.
    pub outcome: FinalRefreshStatus,
}

/// What was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "R76", "x-basis" = "ruled"))]
pub struct ChosenOutcomeReply {
    /// How the call ended.
    pub status: Status,
    /// What was chosen.
    pub data: ChosenOutcome,
}

/// The user does not have the group.
const UNKNOWN_GROUP: Notice = Notice {
    id: "unknown-liability-group",
    status: 404,
    message: "The user has no liability group with this id.",
    when: "The user exists and has no group with this id.",
    basis: Basis::Ruled,
    source: Source::ruling("R77"),
};

refusals! {
    /// Why nothing is chosen.
    pub enum ChooseOutcomeRefusal: UserRefusal {
        /// The user does not have the group.
        UnknownGroup = UNKNOWN_GROUP,
    }
}

pub(crate) fn choose_outcome(
    spinwheel: &mut Spinwheel,
    call: Call<ChooseOutcome>,
) -> Result<ChosenOutcomeReply, ChooseOutcomeRefusal> {
    let GroupPath { user_id, liability_group_id } = call.path;
    spinwheel.user(user_id)?;
    let group = spinwheel.group_mut(user_id, &liability_group_id);
    group.ok_or(ChooseOutcomeRefusal::UnknownGroup)?.outcome = call.body.outcome;
    Ok(ChosenOutcomeReply { status: Status::success(), data: call.body })
}
