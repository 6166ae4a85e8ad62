//! `GET /claims/{claimId}`

use std::sync::Arc;

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{ClaimPath, RenderedClaim};
use crate::{carrier::Carrier, errors::ClaimRefusal};

/// Fetch a claim.
#[derive(Debug)]
pub enum FetchClaim {}

impl Endpoint for FetchClaim {
    const SPEC: Spec = Spec {
        id: "fetchClaim",
        method: Method::Get,
        path: "/claims/{claimId}",
        summary: "Fetch everything about one claim.",
        description: "",
        group: "Claims",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Example,
        source: Source::document("carrier", "Fetch Claim"),
    };
    type Path = ClaimPath;
    type Query = Nothing;
    type Body = Nothing;
    type Reply = FetchedClaim;
    type Refusal = ClaimRefusal;
}

/// A claim, and the URL that fetches it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "carrier: Fetch Claim", "x-basis" = "example"),
    example = json!({"claim": crate::examples::claim(), "requestUrl": "https://xapi.lossexpress.com/claims/c30ae9da-9222-4de5-81fe-fe1ac590fa0f"}),
)]
pub struct FetchedClaim {
    /// The claim.
    pub claim: Arc<RenderedClaim>,
    /// The URL of this request.
    #[schemars(extend("format" = "uri"))]
    pub request_url: String,
}

pub(crate) fn fetch_claim(
    carrier: &mut Carrier,
    call: Call<FetchClaim>,
) -> Result<FetchedClaim, ClaimRefusal> {
    let claim = Arc::clone(carrier.visible_claim(call.path.claim_id)?.claim());
    let request_url = format!("{}/claims/{}", call.base_url, call.path.claim_id);
    Ok(FetchedClaim { claim, request_url })
}
