//! `POST /claims`

use std::borrow::Cow;

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Invalid, Method, Nothing, Optional, Source, Spec, refusals,
};
use estoppel_simulator::Call;
use estoppel_values::{PostalAddress, Text};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::json;
use thiserror::Error;

use super::claim_fields::NewClaimMembers;
use crate::{carrier::Carrier, ids::ClaimId};

/// Create a claim.
#[derive(Debug)]
pub enum CreateClaim {}

impl Endpoint for CreateClaim {
    const SPEC: Spec = Spec {
        id: "createClaim",
        method: Method::Post,
        path: "/claims",
        summary: "Create a claim.",
        description: "The claim is there at once, and `claim-created` appears in the activity feed. One of the \
            test VINs sets off its effect shortly afterwards. Every claim may be billed.",
        group: "Claims",
        auth: Auth::Bearer,
        status: 201,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: Source::document("carrier", "Create Claim"),
    };
    type Path = Nothing;
    type Query = Nothing;
    type Body = NewClaim;
    type Reply = ClaimCreatedReply;
    type Refusal = CreateClaimRefusal;
}

/// Names the new claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "carrier: Create Claim", "x-basis" = "documented"),
    example = json!({"claimId": "c30ae9da-9222-4de5-81fe-fe1ac590fa0f"}),
)]
pub struct ClaimCreatedReply {
    /// The LossExpress UUID of the new claim.
    pub claim_id: ClaimId,
}

refusals! {
    /// Why no claim is created.
    pub enum CreateClaimRefusal: Invalid {}
}

/// What a carrier sends to create a claim.
///
/// `ownersRetained` may also be spelled `ownerRetained` (R1); one of the two is needed, and if both are there they agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "NewClaimMembers", into = "NewClaimMembers")]
pub struct NewClaim(NewClaimMembers);

/// The two spellings of `ownersRetained` do not give one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("one of ownersRetained and ownerRetained is needed, and if both are there they must agree")]
pub struct OwnersRetainedError;

impl TryFrom<NewClaimMembers> for NewClaim {
    type Error = OwnersRetainedError;

    fn try_from(mut members: NewClaimMembers) -> Result<Self, OwnersRetainedError> {
        let retained = one_spelling(members.owners_retained, members.owner_retained)?;
        members.owners_retained = Optional::Present(retained.ok_or(OwnersRetainedError)?);
        members.owner_retained = Optional::Absent;
        Ok(Self(members))
    }
}

impl From<NewClaim> for NewClaimMembers {
    fn from(claim: NewClaim) -> Self {
        claim.0
    }
}

/// The value that both spellings give, if either is there.
pub(super) fn one_spelling(
    owners: Optional<bool>,
    owner: Optional<bool>,
) -> Result<Option<bool>, OwnersRetainedError> {
    match (owners.into_option(), owner.into_option()) {
        (Some(first), Some(second)) if first != second => Err(OwnersRetainedError),
        (first, second) => Ok(first.or(second)),
    }
}

/// Schema keywords that hold two differing spellings to be wrong.
pub(super) fn refuse_two_values(schema: &mut Schema) {
    let differing = |owners: bool| {
        json!({
            "required": ["ownersRetained", "ownerRetained"],
            "properties": {"ownersRetained": {"const": owners}, "ownerRetained": {"const": !owners}},
        })
    };
    schema.insert(
        "not".to_owned(),
        json!({
            "title": "ownersRetained and ownerRetained with different values",
            "anyOf": [differing(true), differing(false)],
        }),
    );
}

impl JsonSchema for NewClaim {
    fn schema_name() -> Cow<'static, str> {
        "NewClaim".into()
    }

    fn schema_id() -> Cow<'static, str> {
        concat!(module_path!(), "::NewClaim").into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = NewClaimMembers::json_schema(generator);
        refuse_two_values(&mut schema);
        schema.insert(
            "anyOf".to_owned(),
            json!([{"required": ["ownersRetained"]}, {"required": ["ownerRetained"]}]),
        );
        schema.insert("x-source".to_owned(), "carrier: Create Claim".into());
        schema.insert("x-basis".to_owned(), "documented".into());
        schema.insert(
            "examples".to_owned(),
            json!([crate::examples::new_claim(), crate::examples::new_claim_as_spelled_in_examples()]),
        );
        schema
    }
}

impl NewClaim {
    /// The lender's phone number, if the carrier sent it.
    pub fn lender_phone_number(&self) -> Option<&Text> {
        self.0.lender_phone_number.as_option()
    }

    /// The lender's address, if the carrier sent it.
    pub fn lender_address(&self) -> Option<&PostalAddress> {
        self.0.lender_address.as_option()
    }

    /// A claim with these members, of which `ownersRetained` is in its own place.
    pub(crate) const fn of(members: NewClaimMembers) -> Self {
        Self(members)
    }

    /// The members, with `ownersRetained` in its own place.
    pub(crate) fn into_members(self) -> NewClaimMembers {
        self.0
    }
}

pub(crate) fn create_claim(
    carrier: &mut Carrier,
    call: Call<CreateClaim>,
) -> Result<ClaimCreatedReply, CreateClaimRefusal> {
    Ok(ClaimCreatedReply { claim_id: carrier.open_claim(call.body, call.now) })
}
