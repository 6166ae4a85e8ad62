//! `POST /claims/{claimId}/direct-messages`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;
use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    activities::{ActivityData, DirectMessageAdded},
    carrier::Carrier,
    claims::ClaimPath,
    errors::ClaimRefusal,
    ids::ClaimId,
};

/// Write a direct message.
#[derive(Debug)]
pub enum CreateDirectMessage {}

impl Endpoint for CreateDirectMessage {
    const SPEC: Spec = Spec {
        id: "createDirectMessage",
        method: Method::Post,
        path: "/claims/{claimId}/direct-messages",
        summary: "Write to the claim specialists of LossExpress.",
        description: "`direct-message-added` appears in the activity feed.",
        group: "Direct Messages",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Example,
        source: Source::document("carrier", "Create Direct Message"),
    };
    type Path = ClaimPath;
    type Query = Nothing;
    type Body = DirectMessage;
    type Reply = SentDirectMessage;
    type Refusal = ClaimRefusal;
}

/// A message to LossExpress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    extend("x-source" = "carrier: Create Direct Message", "x-basis" = "documented"),
    example = json!({"message": "Test message."}),
)]
pub struct DirectMessage {
    /// The message.
    pub message: Text,
}

/// The message as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "carrier: Create Direct Message", "x-basis" = "example"),
    example = json!({"claimId": "c30ae9da-9222-4de5-81fe-fe1ac590fa0f", "message": "Test message."}),
)]
pub struct SentDirectMessage {
    /// The claim.
    pub claim_id: ClaimId,
    /// The message.
    pub message: Text,
}

/// Who the feed says wrote a message that came over the API.
const API_USER: &str = "API User";

pub(crate) fn create_direct_message(
    carrier: &mut Carrier,
    call: Call<CreateDirectMessage>,
) -> Result<SentDirectMessage, ClaimRefusal> {
    let claim_id = call.path.claim_id;
    let message = call.body.message;
    let data = DirectMessageAdded {
        sent_by_loss_express: false,
        message: message.clone(),
        sent_by: Text::from_static(API_USER).into(),
        action_required: false,
    };
    carrier.record(claim_id, call.now, ActivityData::DirectMessageAdded(Box::new(data)))?;
    Ok(SentDirectMessage { claim_id, message })
}
