//! The clock of a session: look, stop, run, set, advance.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use bytes::Bytes;
use estoppel_simulator::{Clock, Session};
use http::StatusCode;
use jiff::{Span, Timestamp, tz::TimeZone};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{AdminError, find, parse};
use crate::{real_clock, sessions::Sessions, vendor};

/// How far to move a clock.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    /// By this much, as in ISO 8601: `PT15M`, `P1Y`.
    by: Option<String>,
    /// To this instant.
    to: Option<Timestamp>,
}

/// A session's clock as the controls show it.
pub(super) fn describe(session: &Session) -> Value {
    let now = session.now(real_clock::now());
    match session.clock() {
        Clock::Running(_) => json!({"clock": "running", "now": written(now)}),
        Clock::Frozen(_) => json!({"clock": "frozen", "now": written(now)}),
    }
}

/// An instant with milliseconds.
pub(super) fn written(at: Timestamp) -> String {
    format!("{at:.3}")
}

pub(super) async fn show(
    State(sessions): State<Arc<Sessions>>,
    Path(name): Path<String>,
) -> Result<Response, AdminError> {
    Ok(vendor::json(StatusCode::OK, &describe(&find(&sessions, &name)?.lock().session)))
}

pub(super) async fn freeze(
    State(sessions): State<Arc<Sessions>>,
    Path(name): Path<String>,
) -> Result<Response, AdminError> {
    let world = find(&sessions, &name)?;
    let mut state = world.lock();
    state.session.freeze(real_clock::now());
    Ok(vendor::json(StatusCode::OK, &describe(&state.session)))
}

pub(super) async fn run(
    State(sessions): State<Arc<Sessions>>,
    Path(name): Path<String>,
) -> Result<Response, AdminError> {
    let world = find(&sessions, &name)?;
    let mut state = world.lock();
    state.session.run(real_clock::now());
    Ok(vendor::json(StatusCode::OK, &describe(&state.session)))
}

pub(super) async fn set(
    State(sessions): State<Arc<Sessions>>,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Response, AdminError> {
    let asked: Move = parse(&body)?;
    match asked {
        Move { by: None, to: Some(to) } => moved(&sessions, &name, |_| Ok(to)),
        _ => Err(AdminError::new(
            StatusCode::BAD_REQUEST,
            "`to` is needed, and nothing else",
            "{\"to\": \"2021-01-08T22:03:09.598Z\"}",
        )),
    }
}

pub(super) async fn advance(
    State(sessions): State<Arc<Sessions>>,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Response, AdminError> {
    let asked: Move = parse(&body)?;
    moved(&sessions, &name, |now| match asked {
        Move { by: Some(by), to: None } => later(now, &by),
        Move { by: None, to: Some(to) } => Ok(to),
        _ => Err(AdminError::new(
            StatusCode::BAD_REQUEST,
            "either `by` or `to` is needed",
            "{\"by\": \"PT15M\"}",
        )),
    })
}

/// The instant this much later, counted in calendar days of UTC.
fn later(now: Timestamp, by: &str) -> Result<Timestamp, AdminError> {
    let refuse = |message: &str| {
        AdminError::new(StatusCode::BAD_REQUEST, message, "a duration is written PT15M, P1D or P1Y")
    };
    let span: Span = by.parse().map_err(|_| refuse("`by` is not an ISO 8601 duration"))?;
    let later = now.to_zoned(TimeZone::UTC).checked_add(span);
    later.map(|later| later.timestamp()).map_err(|_| refuse("`by` goes beyond the year 9999"))
}

/// Moves the clock and tells what that set off.
fn moved(
    sessions: &Sessions,
    name: &str,
    to: impl FnOnce(Timestamp) -> Result<Timestamp, AdminError>,
) -> Result<Response, AdminError> {
    let world = find(sessions, name)?;
    let mut state = world.lock();
    let real = real_clock::now();
    let to = to(state.session.now(real))?;
    let events = state.session.advance(to, real).map_err(|error| {
        AdminError::new(StatusCode::CONFLICT, error.to_string(), "POST …/reset makes the session anew")
    })?;
    let events: Vec<Value> = events
        .into_iter()
        .map(|event| {
            json!({"at": written(event.at), "api": event.api, "kind": event.kind, "detail": event.detail})
        })
        .collect();
    let mut described = describe(&state.session);
    if let Some(members) = described.as_object_mut() {
        members.insert("events".to_owned(), events.into());
    }
    Ok(vendor::json(StatusCode::OK, &described))
}
