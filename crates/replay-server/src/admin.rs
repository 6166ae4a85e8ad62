//! Controls, under `/__admin`: health, sessions, clocks and journals.

mod clock;
mod journal;
mod sessions;

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::{
    sessions::{Sessions, World},
    vendor,
};

/// What a control answers when it cannot do what it is asked.
#[derive(Debug)]
pub(crate) struct AdminError {
    status: StatusCode,
    message: String,
    help: String,
}

impl AdminError {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { status, message: message.into(), help: help.into() }
    }
}

impl IntoResponse for AdminError {
    fn into_response(self) -> Response {
        vendor::error(self.status, &self.message, &self.help)
    }
}

/// The controls.
pub(crate) fn router(sessions: Arc<Sessions>) -> Router {
    Router::new()
        .route("/__admin/health", get(health))
        .route("/__admin/sessions", get(sessions::list).post(sessions::create))
        .route("/__admin/sessions/{session}", get(sessions::show).delete(sessions::delete))
        .route("/__admin/sessions/{session}/reset", post(sessions::reset))
        .route("/__admin/sessions/{session}/fork", post(sessions::fork))
        .route("/__admin/sessions/{session}/clock", get(clock::show))
        .route("/__admin/sessions/{session}/clock/freeze", post(clock::freeze))
        .route("/__admin/sessions/{session}/clock/run", post(clock::run))
        .route("/__admin/sessions/{session}/clock/set", post(clock::set))
        .route("/__admin/sessions/{session}/clock/advance", post(clock::advance))
        .route("/__admin/sessions/{session}/journal", get(journal::show))
        .fallback(unknown)
        .method_not_allowed_fallback(wrong_method)
        .with_state(sessions)
}

async fn health(State(sessions): State<Arc<Sessions>>) -> Response {
    let apis: Vec<_> = sessions.simulations().iter().map(|api| api.service().name).collect();
    let body = json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "apis": apis,
        "sessions": sessions.names().len(),
    });
    vendor::json(StatusCode::OK, &body)
}

async fn unknown() -> AdminError {
    AdminError::new(
        StatusCode::NOT_FOUND,
        "no control has this path",
        "the controls are health, sessions, sessions/{name}, and below that reset, fork, clock and journal",
    )
}

async fn wrong_method() -> AdminError {
    AdminError::new(StatusCode::METHOD_NOT_ALLOWED, "this control has other methods", "see the Allow header")
}

/// The session of this name.
fn find(sessions: &Sessions, name: &str) -> Result<Arc<World>, AdminError> {
    sessions.world(name).ok_or_else(|| {
        let names = sessions.names().join(", ");
        AdminError::new(
            StatusCode::NOT_FOUND,
            "there is no such session",
            format!("the sessions are: {names}"),
        )
    })
}

/// The JSON body of a control; an empty one stands for `{}`.
fn parse<T: DeserializeOwned>(body: &Bytes) -> Result<T, AdminError> {
    let body: &[u8] = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| {
        AdminError::new(StatusCode::BAD_REQUEST, format!("the body does not fit: {error}"), "see the message")
    })
}
