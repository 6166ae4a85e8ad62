//! Controls, under `/__admin`: health, sessions, clocks, journals, webhooks, and what the APIs add.

mod clock;
mod controls;
mod deliveries;
mod journal;
mod openapi;
mod page;
mod request;
mod routes;
mod sessions;
mod webhooks;

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    middleware,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use serde_json::json;

pub(crate) use clock::describe as describe_clock;

use crate::{Limit, admission::LIMIT, guard, sessions::Sessions, vendor};

/// What a control answers when it cannot do what it is asked.
#[derive(Debug)]
pub(crate) struct AdminError {
    status: StatusCode,
    message: String,
    help: String,
    /// The limit that it comes from.
    limit: Option<Limit>,
    /// Seconds after which it may be asked again.
    retry_after: Option<u16>,
}

impl AdminError {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { status, message: message.into(), help: help.into(), limit: None, retry_after: None }
    }

    /// It comes from a limit, and may be asked again after so many seconds.
    fn over(self, limit: Limit, retry_after: u16) -> Self {
        Self { limit: Some(limit), retry_after: Some(retry_after), ..self }
    }
}

impl IntoResponse for AdminError {
    fn into_response(self) -> Response {
        let mut response = vendor::error(self.status, &self.message, &self.help);
        let headers = response.headers_mut();
        if let Some(limit) = self.limit {
            headers.insert(LIMIT, HeaderValue::from_static(limit.name()));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// The controls.
pub(crate) fn router(sessions: Arc<Sessions>) -> Router {
    let add = |router: Router<_>, route: &routes::Route| router.route(route.path, (route.serve)());
    let router = routes::all().iter().fold(Router::new(), add);
    router
        .fallback(unknown)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn_with_state(Arc::clone(&sessions), guard::check))
        .with_state(sessions)
}

async fn health(State(sessions): State<Arc<Sessions>>) -> Response {
    let apis: Vec<_> = sessions.simulations().iter().map(|api| api.service().name).collect();
    let body = json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "apis": apis,
        "sessions": sessions.count(),
        "expiredSessions": sessions.expired().count(),
        "limits": sessions.limits().describe(|limit| sessions.used(limit)),
    });
    vendor::json(StatusCode::OK, &body)
}

async fn unknown() -> AdminError {
    AdminError::new(
        StatusCode::NOT_FOUND,
        "no control has this path",
        "GET /__admin/openapi.json lists the controls",
    )
}

async fn wrong_method() -> AdminError {
    AdminError::new(StatusCode::METHOD_NOT_ALLOWED, "this control has other methods", "see the Allow header")
}
