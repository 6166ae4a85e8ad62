//! What is taken on while the process holds as much memory as it may: what only reads or removes.

use axum::response::Response;
use http::{HeaderName, HeaderValue, Method, StatusCode, header};

use crate::{limits::Limit, sessions::Sessions, vendor};

/// Names the limit that a refusal of the server itself comes from.
pub(crate) const LIMIT: HeaderName = HeaderName::from_static("x-estoppel-limit");

/// Seconds after which a caller may try again where memory is short.
pub(crate) const RETRY_AFTER_SECONDS: u16 = 1;

/// Whether requests of this method add nothing.
fn adds_nothing(method: &Method) -> bool {
    method.is_safe() || *method == Method::DELETE
}

/// Why a request of this method is not taken on now, in words, if so.
pub(crate) fn refusal(sessions: &Sessions, method: &Method) -> Option<(String, &'static str)> {
    if adds_nothing(method) || !sessions.memory().is_exhausted() {
        return None;
    }
    sessions.memory().pressed.notify_one();
    Some((
        format!("the limit `{}` is reached: {}", Limit::Memory, sessions.memory().max()),
        "reset or delete sessions (DELETE /__admin/sessions/{session}), or raise it with --limit memory=BYTES or under \
         [limits] in estoppel.toml",
    ))
}

/// The answer to a call that is not taken on now, if so.
pub(crate) fn refused(sessions: &Sessions, method: &Method) -> Option<Response> {
    let (message, help) = refusal(sessions, method)?;
    let mut response = vendor::error(StatusCode::SERVICE_UNAVAILABLE, &message, help);
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER_SECONDS));
    headers.insert(LIMIT, HeaderValue::from_static(Limit::Memory.name()));
    Some(response)
}
