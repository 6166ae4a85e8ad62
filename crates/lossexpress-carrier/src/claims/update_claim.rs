//! `PUT /claims/{claimId}`

use std::borrow::Cow;

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Invalid, Method, Nothing, Optional, Source, Spec, refusals,
};
use estoppel_simulator::Call;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use super::{
    Claim, ClaimChanges, ClaimPath,
    create_claim::{OwnersRetainedError, one_spelling, refuse_two_values},
};
use crate::{carrier::Carrier, errors::ClaimRefusal};

/// Update a claim.
#[derive(Debug)]
pub enum UpdateClaim {}

impl Endpoint for UpdateClaim {
    const SPEC: Spec = Spec {
        id: "updateClaim",
        method: Method::Put,
        path: "/claims/{claimId}",
        summary: "Change a claim's primary information.",
        description: "A partial update: send only what changes. `claim-updated` appears in the activity feed with what \
            really changed and what stood there before; a call that changes nothing leaves no trace.",
        group: "Claims",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: Source::document("carrier", "Update Claim"),
    };
    type Path = ClaimPath;
    type Query = Nothing;
    type Body = UpdateClaimBody;
    type Reply = Claim;
    type Refusal = UpdateClaimRefusal;
}

refusals! {
    /// Why a claim is not updated.
    pub enum UpdateClaimRefusal: ClaimRefusal | Invalid {}
}

/// What a carrier sends to update a claim: any part of what it can create one with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ClaimChanges", into = "ClaimChanges")]
pub struct UpdateClaimBody(ClaimChanges);

impl TryFrom<ClaimChanges> for UpdateClaimBody {
    type Error = OwnersRetainedError;

    fn try_from(mut changes: ClaimChanges) -> Result<Self, OwnersRetainedError> {
        changes.owners_retained = one_spelling(changes.owners_retained, changes.owner_retained)?.into();
        changes.owner_retained = Optional::Absent;
        Ok(Self(changes))
    }
}

impl UpdateClaimBody {
    /// A body with these changes, of which `ownersRetained` is in its own place.
    pub(crate) const fn of(changes: ClaimChanges) -> Self {
        Self(changes)
    }
}

impl From<UpdateClaimBody> for ClaimChanges {
    fn from(body: UpdateClaimBody) -> Self {
        body.0
    }
}

impl JsonSchema for UpdateClaimBody {
    fn schema_name() -> Cow<'static, str> {
        "ClaimUpdate".into()
    }

    fn schema_id() -> Cow<'static, str> {
        concat!(module_path!(), "::UpdateClaimBody").into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = ClaimChanges::json_schema(generator);
        refuse_two_values(&mut schema);
        schema
    }
}

pub(crate) fn update_claim(
    carrier: &mut Carrier,
    call: Call<UpdateClaim>,
) -> Result<Claim, UpdateClaimRefusal> {
    carrier.visible_claim(call.path.claim_id)?;
    Ok(carrier.change_claim(call.path.claim_id, call.body.into(), call.now)?)
}
