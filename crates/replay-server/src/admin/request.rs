//! What the controls take of a request: the session, path parameters, the query, a JSON body.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::{FromRequest, FromRequestParts, Query, RawPathParams, Request},
    http::request::Parts,
};
use bytes::Bytes;
use http::{Method, StatusCode};
use serde::de::DeserializeOwned;

use super::{AdminError, clock::written};
use crate::{
    admission::{RETRY_AFTER_SECONDS, refusal},
    body::{Received, receive},
    limits::Limit,
    sessions::Sessions,
    world::World,
};

/// Longest body of a control, in bytes.
const BODY_MAX_BYTES: u64 = 2 * 1024 * 1024;

/// The session that a path names, and the other parameters of the path.
pub(super) struct Chosen {
    pub(super) sessions: Arc<Sessions>,
    pub(super) world: Arc<World>,
    pub(super) name: String,
    parameters: BTreeMap<String, String>,
}

impl Chosen {
    /// A parameter of the path, by its name.
    pub(super) fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }

    /// A number in the path.
    pub(super) fn number(&self, name: &str) -> Result<u64, AdminError> {
        self.parameter(name).parse().map_err(|_| {
            AdminError::new(
                StatusCode::BAD_REQUEST,
                format!("`{name}` is no number"),
                "the numbers are in the list: GET the path without it",
            )
        })
    }
}

impl FromRequestParts<Arc<Sessions>> for Chosen {
    type Rejection = AdminError;

    async fn from_request_parts(parts: &mut Parts, sessions: &Arc<Sessions>) -> Result<Self, AdminError> {
        let parameters = RawPathParams::from_request_parts(parts, sessions).await.map_err(|error| {
            AdminError::new(StatusCode::BAD_REQUEST, error.body_text(), "a path holds UTF-8")
        })?;
        let parameters: BTreeMap<String, String> =
            parameters.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let name = parameters.get("session").cloned().unwrap_or_default();
        let world = sessions.world(&name).ok_or_else(|| unknown(sessions, &name))?;
        // A reset gives memory back.
        if !parts.uri.path().ends_with("/reset") {
            admit(sessions, &parts.method)?;
        }
        world.gate.passed().await;
        Ok(Self { sessions: Arc::clone(sessions), world, name, parameters })
    }
}

/// Refuses what would add something while the process holds as much memory as it may.
pub(super) fn admit(sessions: &Sessions, method: &Method) -> Result<(), AdminError> {
    refusal(sessions, method).map_or(Ok(()), |(message, help)| {
        let refused = AdminError::new(StatusCode::SERVICE_UNAVAILABLE, message, help);
        Err(refused.over(Limit::Memory, RETRY_AFTER_SECONDS))
    })
}

/// Names of sessions that are shown to one who asks for another.
const NEAREST_MAX: usize = 5;

/// There is no such session, or no longer.
fn unknown(sessions: &Sessions, name: &str) -> AdminError {
    let name: String = name.chars().take(64).collect();
    let message = match sessions.expired().at(&name) {
        Some(at) => format!(
            "the session `{name}` expired at {}: the limit `session-idle` is {} ms",
            written(at),
            sessions.limits().get(Limit::SessionIdle)
        ),
        None => "there is no such session".to_owned(),
    };
    let (count, nearest) = (sessions.count(), sessions.nearest(&name, NEAREST_MAX).join(", "));
    let help = format!("of {count} the nearest are: {nearest}; GET /__admin/sessions lists them in pages");
    AdminError::new(StatusCode::NOT_FOUND, message, help)
}

/// The query of a control.
pub(super) struct Selected<Q>(pub(super) Q);

impl<Q: DeserializeOwned> FromRequestParts<Arc<Sessions>> for Selected<Q> {
    type Rejection = AdminError;

    async fn from_request_parts(parts: &mut Parts, sessions: &Arc<Sessions>) -> Result<Self, AdminError> {
        let query = Query::<Q>::from_request_parts(parts, sessions).await;
        let Query(query) = query.map_err(|error| {
            AdminError::new(
                StatusCode::BAD_REQUEST,
                error.body_text(),
                "GET /__admin/openapi.json tells the parameters",
            )
        })?;
        Ok(Self(query))
    }
}

/// The JSON body of a control, whatever its content type; an empty one stands for `{}`.
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Arc<Sessions>> for Asked<T> {
    type Rejection = AdminError;

    async fn from_request(request: Request, _: &Arc<Sessions>) -> Result<Self, AdminError> {
        let bytes = bytes_of(request.into_body(), BODY_MAX_BYTES).await?;
        let bytes: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        let asked = serde_json::from_slice(bytes).map_err(|error| {
            AdminError::new(
                StatusCode::BAD_REQUEST,
                format!("the body does not fit: {error}"),
                "GET /__admin/openapi.json tells its form",
            )
        })?;
        Ok(Self(asked))
    }
}

/// The bytes of a body, if they are no more than the limit.
pub(super) async fn bytes_of(body: axum::body::Body, limit_bytes: u64) -> Result<Bytes, AdminError> {
    match receive(body, limit_bytes).await {
        Received::Complete(bytes) => Ok(bytes),
        Received::TooLarge => Err(AdminError::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "the body is too long",
            format!("it may have {limit_bytes} bytes"),
        )),
        Received::Broken => {
            Err(AdminError::new(StatusCode::BAD_REQUEST, "the body broke off", "send the whole body"))
        }
    }
}
