//! The clock of a session: look, stop, run, set, advance.

use std::time::Duration;

use axum::response::Response;
use estoppel_simulator::{Clock, Event, Happened, Session};
use http::StatusCode;
use jiff::{SignedDuration, Span, Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json, value::RawValue};

use super::{
    AdminError,
    page::{self, Page},
    request::{Asked, Chosen},
};
use crate::{advance, background, vendor};

/// How far to move a clock.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Move {
    /// By this much, as in ISO 8601: `PT15M`, `P1Y`. Days and longer are those of UTC.
    by: Option<String>,
    /// To this instant.
    #[schemars(with = "Option<String>")]
    to: Option<Timestamp>,
    /// How long to wait for deliveries at most, in real time, as in ISO 8601: up to `PT30S`, which it is by default.
    wait: Option<String>,
}

/// The instant to set a clock to.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Set {
    /// To this instant.
    #[schemars(with = "Option<String>")]
    to: Option<Timestamp>,
    /// How long to wait for deliveries at most, in real time, as in ISO 8601: up to `PT30S`, which it is by default.
    wait: Option<String>,
}

/// A session's clock as the controls show it.
pub(crate) fn describe(session: &Session, real: Timestamp) -> Value {
    let now = session.now(real);
    match session.clock() {
        Clock::Running(_) => json!({"clock": "running", "now": written(now)}),
        Clock::Frozen(_) => json!({"clock": "frozen", "now": written(now)}),
    }
}

/// An instant with milliseconds.
pub(super) fn written(at: Timestamp) -> String {
    format!("{at:.3}")
}

pub(super) async fn show(chosen: Chosen) -> Response {
    vendor::json(StatusCode::OK, &chosen.world.act(|session, real| describe(session, real)))
}

pub(super) async fn freeze(chosen: Chosen) -> Response {
    let described = chosen.world.act(|session, real| {
        session.freeze(real);
        describe(session, real)
    });
    vendor::json(StatusCode::OK, &described)
}

pub(super) async fn run(chosen: Chosen) -> Response {
    let mut state = chosen.world.lock();
    let real = crate::real_clock::now();
    state.session.run(real);
    // What it waits for comes by itself now.
    chosen.world.rouse(&mut state);
    vendor::json(StatusCode::OK, &describe(&state.session, real))
}

pub(super) async fn set(chosen: Chosen, Asked(asked): Asked<Set>) -> Result<Response, AdminError> {
    let Some(to) = asked.to else {
        return Err(AdminError::new(
            StatusCode::BAD_REQUEST,
            "`to` is needed, and nothing else",
            "{\"to\": \"2021-01-08T22:03:09.598Z\"}",
        ));
    };
    moved(chosen, asked.wait.as_deref(), move |_| Ok(to)).await
}

pub(super) async fn advance(chosen: Chosen, Asked(asked): Asked<Move>) -> Result<Response, AdminError> {
    let Move { by, to, wait } = asked;
    moved(chosen, wait.as_deref(), move |now| match (by, to) {
        (Some(by), None) => later(now, &by),
        (None, Some(to)) => Ok(to),
        _ => Err(AdminError::new(
            StatusCode::BAD_REQUEST,
            "either `by` or `to` is needed",
            "{\"by\": \"PT15M\"}",
        )),
    })
    .await
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

/// How long an advance waits for deliveries at most.
fn patience(wait: Option<&str>) -> Result<Duration, AdminError> {
    let Some(wait) = wait else { return Ok(advance::WAIT_MAX) };
    let asked = wait.parse::<SignedDuration>().ok().and_then(|wait| Duration::try_from(wait).ok());
    asked.filter(|asked| *asked <= advance::WAIT_MAX).ok_or_else(|| {
        AdminError::new(
            StatusCode::BAD_REQUEST,
            "`wait` is not an ISO 8601 duration of at most PT30S",
            "{\"wait\": \"PT5S\"}",
        )
    })
}

/// Moves the clock and tells what that set off. It goes on even if the caller hangs up.
async fn moved(
    chosen: Chosen,
    wait: Option<&str>,
    to: impl FnOnce(Timestamp) -> Result<Timestamp, AdminError> + Send + 'static,
) -> Result<Response, AdminError> {
    let patience = patience(wait)?;
    let journey = tokio::spawn(advance::advance(chosen.world, patience, to));
    let arrival = journey.await.map_err(|_| advance::broke_off())??;
    let mut page = Page::new(chosen.sessions.limits());
    let Happened { events, left_out } = arrival.happened;
    let described = background::work(move || {
        let all = events.len();
        let shown = events.iter().take_while(|event| page.push(&describe_event(event))).count();
        let more = left_out + u64::try_from(all - shown).unwrap_or(u64::MAX);
        (page.items(), more)
    });
    let (events, events_left_out) = described.await.map_err(|_| advance::broke_off())?;
    let deliveries_under_way = arrival.deliveries_under_way;
    Ok(page::reply(&Moved { clock: arrival.clock, events, events_left_out, deliveries_under_way }))
}

/// What moving a clock has set off.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Moved {
    #[serde(flatten)]
    clock: Value,
    events: Vec<Box<RawValue>>,
    events_left_out: u64,
    deliveries_under_way: usize,
}

fn describe_event(event: &Event) -> Value {
    json!({"at": written(event.at), "api": event.api, "kind": event.kind, "detail": event.detail})
}
