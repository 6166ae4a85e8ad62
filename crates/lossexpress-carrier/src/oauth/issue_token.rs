//! `POST /oauth/token`

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Method, Nothing, Notice, Source, Spec, refusals,
};
use estoppel_simulator::Call;
use estoppel_values::{Integer, Sensitive, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{TEST_CLIENT_ID, TEST_SECRET};
use crate::carrier::Carrier;

/// Issue an access token.
#[derive(Debug)]
pub enum IssueToken {}

impl Endpoint for IssueToken {
    const SPEC: Spec = Spec {
        id: "issueToken",
        method: Method::Post,
        path: "/oauth/token",
        summary: "Trade client credentials for an access token.",
        description: "Every other operation asks for the token as `Authorization: Bearer …`. The shape of the reply \
            and the lifetime of the token are not documented (R11).",
        group: "Authentication",
        auth: Auth::None,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Ruled,
        source: Source::ruling("R11"),
    };
    type Path = Nothing;
    type Query = Nothing;
    type Body = ClientCredentials;
    type Reply = IssuedToken;
    type Refusal = IssueTokenRefusal;
}

/// Who asks for a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "carrier: Authentication", "x-basis" = "documented"),
    example = json!({"clientId": TEST_CLIENT_ID, "secret": TEST_SECRET}),
)]
pub struct ClientCredentials {
    /// The client's identifier in LossExpress.
    pub client_id: Text,
    /// The client's OAuth secret.
    pub secret: Sensitive,
}

refusals! {
    /// Why no token is issued.
    pub enum IssueTokenRefusal {
        /// No client has this id and secret.
        WrongCredentials = Notice {
            id: "wrong-credentials",
            status: 401,
            message: "Unauthorized",
            when: "No client has this id and secret.",
            basis: Basis::Ruled,
            source: Source::ruling("R11"),
        },
    }
}

/// An access token.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    extend("x-source" = "R11", "x-basis" = "ruled"),
    example = json!({"access_token": "0f1e2d3c4b5a69788796a5b4c3d2e1f0", "token_type": "Bearer", "expires_in": 86400}),
)]
pub struct IssuedToken {
    /// The token.
    pub access_token: Sensitive,
    /// Always `Bearer`.
    pub token_type: Text,
    /// How long the token is good, in seconds.
    pub expires_in: Integer,
}

/// Shows no token.
impl std::fmt::Debug for IssuedToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "IssuedToken({} s)", self.expires_in)
    }
}

pub(crate) fn issue_token(
    carrier: &mut Carrier,
    call: Call<IssueToken>,
) -> Result<IssuedToken, IssueTokenRefusal> {
    let ClientCredentials { client_id, secret } = call.body;
    if client_id.as_str() != TEST_CLIENT_ID || secret.reveal() != TEST_SECRET {
        return Err(IssueTokenRefusal::WrongCredentials);
    }
    let lifetime = carrier.readings.token_lifetime;
    let token = carrier.next_token();
    carrier.tokens.add(token.clone(), call.now.checked_add(lifetime).unwrap_or(jiff::Timestamp::MAX));
    Ok(IssuedToken {
        access_token: Sensitive::from(token.as_str()),
        token_type: Text::from_static("Bearer"),
        expires_in: Integer::from(u32::try_from(lifetime.as_secs()).unwrap_or(u32::MAX)),
    })
}
