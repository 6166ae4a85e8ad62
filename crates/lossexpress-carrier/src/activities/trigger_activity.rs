//! `POST /activities/trigger-activity/{claimId}`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::TriggerableActivityType;
use crate::{carrier::Carrier, claims::ClaimPath, errors::ClaimRefusal, ids::ActivityId, test_vins::emulate};

/// Trigger an activity.
#[derive(Debug)]
pub enum TriggerActivity {}

impl Endpoint for TriggerActivity {
    const SPEC: Spec = Spec {
        id: "triggerActivity",
        method: Method::Post,
        path: "/activities/trigger-activity/{claimId}",
        summary: "While testing, do to a claim what LossExpress or a lender would do.",
        description: "The claim changes as it would in earnest, and the activity appears in the feed.",
        group: "Activity Feed",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Ruled,
        source: Source::ruling("R34"),
    };
    type Path = ClaimPath;
    type Query = TriggerActivityQuery;
    type Body = Nothing;
    type Reply = TriggeredActivity;
    type Refusal = ClaimRefusal;
}

/// What to trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TriggerActivityQuery {
    /// The type of activity.
    pub activity_type: TriggerableActivityType,
}

/// Names what was triggered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "R34", "x-basis" = "ruled"),
    example = json!({"success": true, "activityId": "fed62fa0-c048-46b5-b994-6e3e69fb0f37"}),
)]
pub struct TriggeredActivity {
    /// Always true.
    pub success: bool,
    /// The activity that is now in the feed.
    pub activity_id: ActivityId,
}

pub(crate) fn trigger_activity(
    carrier: &mut Carrier,
    call: Call<TriggerActivity>,
) -> Result<TriggeredActivity, ClaimRefusal> {
    carrier.visible_claim(call.path.claim_id)?;
    let activity_id = emulate(carrier, call.path.claim_id, call.query.activity_type, call.now)?;
    Ok(TriggeredActivity { success: true, activity_id })
}
