//! Refusals that name the limit that was reached.

use std::time::Duration;

use axum::response::Response;
use http::{HeaderValue, StatusCode};

use crate::{admission::LIMIT, limits::Limit, vendor};

/// What a refusal says: which limit was reached, and what helps.
fn words(limit: Limit, value: u64, or: &str) -> (String, String) {
    let error = format!("the limit `{limit}` is reached: {value} {}", limit.unit().name());
    let help = format!("raise it with --limit {limit}=NUMBER or under [limits] in estoppel.toml, or {or}");
    (error, help)
}

/// A response that refuses a call.
pub(crate) fn response(status: StatusCode, limit: Limit, value: u64, or: &str) -> Response {
    let (error, help) = words(limit, value, or);
    let mut response = vendor::error(status, &error, &help);
    response.headers_mut().insert(LIMIT, HeaderValue::from_static(limit.name()));
    response
}

/// A response that is written without a request: the connection closes after it.
fn written(status: StatusCode, header: &str, (error, help): (String, String)) -> Vec<u8> {
    let body = serde_json::json!({"error": error, "help": help}).to_string();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\nconnection: close\r\n{header}content-length: {}\r\n\r\n",
        body.len()
    );
    [head, body].concat().into_bytes()
}

/// What a client gets whose request's head takes too long.
pub(crate) fn head_timeout(timeout: Duration) -> Vec<u8> {
    let milliseconds = u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX);
    written(
        StatusCode::REQUEST_TIMEOUT,
        "",
        words(Limit::HeaderTimeout, milliseconds, "send the whole head at once"),
    )
}

/// What a client gets that no connection is left for.
pub(crate) fn too_many_connections(max: u64) -> Vec<u8> {
    written(
        StatusCode::SERVICE_UNAVAILABLE,
        "retry-after: 1\r\n",
        words(Limit::Connections, max, "close connections that are idle"),
    )
}
