//! `GET /claims`

use std::sync::Arc;

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Invalid, Method, Nothing, Optional, Source, Spec, refusals,
};
use estoppel_simulator::Call;
use estoppel_values::{Text, Vin};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Claim, RenderedClaim};
use crate::{carrier::Carrier, errors::fault};

/// Search claims.
#[derive(Debug)]
pub enum SearchClaims {}

impl Endpoint for SearchClaims {
    const SPEC: Spec = Spec {
        id: "searchClaims",
        method: Method::Get,
        path: "/claims",
        summary: "Search claims by VIN, claim number or both.",
        description: "Both compare whole values, whatever their case; with both, a claim must match both. With neither \
            the request is refused (R37).",
        group: "Claims",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: Source::document("carrier", "Search Claims"),
    };
    type Path = Nothing;
    type Query = SearchClaimsQuery;
    type Body = Nothing;
    type Reply = FoundClaims;
    type Refusal = SearchClaimsRefusal;
}

/// What to search by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SearchClaimsQuery {
    /// Vehicle identification number.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub vin: Optional<Vin>,
    /// The carrier's own number for the claim, in any case.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub claim_number: Optional<Text>,
}

refusals! {
    /// Why nothing is searched.
    pub enum SearchClaimsRefusal: Invalid {}
}

/// The claims that match, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    extend("x-source" = "carrier: Search Claims", "x-basis" = "example"),
    example = json!({"claims": [crate::examples::claim()]}),
)]
pub struct FoundClaims {
    /// The claims; empty where none matches.
    pub claims: Vec<Arc<RenderedClaim>>,
}

pub(crate) fn search_claims(
    carrier: &mut Carrier,
    call: Call<SearchClaims>,
) -> Result<FoundClaims, SearchClaimsRefusal> {
    let SearchClaimsQuery { vin, claim_number } = call.query;
    if vin.is_absent() && claim_number.is_absent() {
        return Err(fault("vin", "required", "a value, or claimNumber").into());
    }
    let matches = |claim: &Claim| {
        vin.as_option().is_none_or(|vin| claim.vin == *vin)
            && claim_number.as_option().is_none_or(|number| claim.claim_number.eq_ignore_ascii_case(number))
    };
    let claims = carrier.visible_claims().filter(|claim| matches(claim)).cloned().collect();
    Ok(FoundClaims { claims })
}
