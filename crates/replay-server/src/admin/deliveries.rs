//! Deliveries of a session: list, send once more.

use axum::response::Response;
use estoppel_contract::PersonalData;
use estoppel_simulator::{Attempt, AttemptOutcome, Cause, Delivery, DeliveryState, Session};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json, value::RawValue};

use super::{
    AdminError,
    clock::written,
    page::{self, Page},
    request::{Chosen, Selected},
    webhooks::refuse,
};
use crate::{redaction, sessions::Sessions, vendor};

/// Which deliveries to show.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Selection {
    /// Only those of this API.
    api: Option<String>,
    /// Only those of this request.
    request: Option<String>,
    /// Only those in this state.
    state: Option<String>,
    /// At most this many.
    limit: Option<usize>,
    /// Only those after the one with this number, the oldest of them.
    after: Option<u64>,
    /// Only those before the one with this number, the newest of them.
    before: Option<u64>,
}

/// Deliveries of a page.
#[derive(Serialize)]
struct Listed {
    counters: Value,
    deliveries: Vec<Box<RawValue>>,
    next: Option<Next>,
}

/// The parameter that asks for the next page in the same direction.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Next {
    After(u64),
    Before(u64),
}

/// Deliveries that are looked at while the session is held.
const LOOKED_AT_MAX: usize = 4_096;

/// Deliveries that were taken off a session's list.
struct Taken {
    deliveries: Vec<Delivery>,
    counters: Value,
    /// The last one that was looked at, if there are more behind it.
    more_behind: Option<u64>,
}

pub(super) async fn list(
    chosen: Chosen,
    Selected(selection): Selected<Selection>,
) -> Result<Response, AdminError> {
    let count = page::count(selection.limit)?;
    if selection.after.is_some() && selection.before.is_some() {
        return Err(AdminError::new(
            StatusCode::BAD_REQUEST,
            "`after` and `before` are given together",
            "give one of them",
        ));
    }
    let state = selection.state.as_deref().map(state_named).transpose()?;
    let taken = chosen.world.act(|session, _| take(session, &selection, state, count));
    // They are described when the session is free again.
    let mut page = Page::new(chosen.sessions.limits());
    let mut last = None;
    let mut all_fit = true;
    for delivery in &taken.deliveries {
        if !page.push(&describe(&chosen.sessions, delivery)) {
            all_fit = false;
            break;
        }
        last = Some(delivery.id);
    }
    let next = if all_fit { taken.more_behind } else { last };
    let (deliveries, next) = match selection.after {
        Some(_) => (page.items(), next.map(Next::After)),
        None => (page.reversed(), next.map(Next::Before)),
    };
    Ok(page::reply(&Listed { counters: taken.counters, deliveries, next }))
}

/// Takes the deliveries that are wanted off the list, in the order of the pages; their bodies are shared.
fn take(session: &Session, selection: &Selection, state: Option<DeliveryState>, count: usize) -> Taken {
    let wanted = |delivery: &Delivery| {
        selection.api.as_deref().is_none_or(|api| delivery.api == api)
            && selection.request.as_deref().is_none_or(|request| &*delivery.request == request)
            && state.is_none_or(|state| delivery.state == state)
    };
    let outbox = session.outbox();
    let mut looked_at: Box<dyn Iterator<Item = &Delivery>> = match selection.after {
        Some(after) => Box::new(outbox.deliveries_after(after)),
        None => Box::new(outbox.deliveries_before(selection.before.unwrap_or(u64::MAX))),
    };
    let mut deliveries = Vec::new();
    let mut last = None;
    for delivery in looked_at.by_ref().take(LOOKED_AT_MAX) {
        last = Some(delivery.id);
        if wanted(delivery) {
            deliveries.push(delivery.clone());
            if deliveries.len() == count {
                break;
            }
        }
    }
    let more_behind = last.filter(|_| looked_at.next().is_some());
    Taken { deliveries, counters: counters(session), more_behind }
}

pub(super) async fn redeliver(chosen: Chosen) -> Result<Response, AdminError> {
    let id = chosen.number("id")?;
    let described = chosen.world.act(|session, real| {
        let again = session.redeliver(id, real).map_err(|error| refuse(&error))?;
        Ok(session.outbox().delivery(again).map(|delivery| describe(&chosen.sessions, delivery)))
    })?;
    Ok(vendor::json(StatusCode::CREATED, &described.into()))
}

fn state_named(name: &str) -> Result<DeliveryState, AdminError> {
    DeliveryState::ALL.into_iter().find(|state| state.as_str() == name).ok_or_else(|| {
        let known = DeliveryState::ALL.map(DeliveryState::as_str).join(", ");
        AdminError::new(StatusCode::BAD_REQUEST, "`state` is none", format!("the states are {known}"))
    })
}

fn counters(session: &Session) -> Value {
    let outbox = session.outbox();
    let (counters, under_way) = (outbox.counters(), outbox.under_way());
    json!({
        "delivered": counters.delivered,
        "failed": counters.failed,
        "dropped": counters.dropped,
        "undeliverable": counters.undeliverable,
        "waiting": outbox.open().saturating_sub(under_way),
        "underWay": under_way,
    })
}

/// A delivery as the controls show it, with the exact body unless personal data is masked.
fn describe(sessions: &Sessions, delivery: &Delivery) -> Value {
    let service = sessions.simulations().iter().map(|simulation| simulation.service());
    let mut service = service.filter(|service| service.name == delivery.api);
    let signing = service.next().and_then(|service| service.deliveries?.signing);
    let signature = signing.zip(delivery.signature.as_deref());
    json!({
        "id": delivery.id,
        "api": delivery.api,
        "webhook": delivery.webhook,
        "endpoint": delivery.endpoint,
        "request": delivery.request,
        "cause": cause(delivery.cause),
        "createdAt": written(delivery.created_at),
        "dueAt": written(delivery.due_at),
        "state": delivery.state.as_str(),
        "attempts": delivery.attempts.iter().map(attempt).collect::<Vec<_>>(),
        "body": shown_body(sessions, delivery),
        "signature": signature.map(|(signing, value)| json!({"header": signing.header, "value": value})),
    })
}

/// The exact body, or, where personal data is masked, what of it may be shown.
fn shown_body(sessions: &Sessions, delivery: &Delivery) -> String {
    match sessions.policies().personal_data {
        PersonalData::Shown => String::from_utf8_lossy(&delivery.body).into_owned(),
        PersonalData::Masked => {
            let showable = sessions.showable_members().remove(delivery.api).unwrap_or_default();
            redaction::body(&delivery.body, &showable).to_string()
        }
    }
}

fn cause(cause: Cause) -> Value {
    match cause {
        Cause::Event => json!({"kind": "event"}),
        Cause::Fired => json!({"kind": "fired"}),
        Cause::Redelivered(of) => json!({"kind": "redelivered", "delivery": of}),
    }
}

fn attempt(attempt: &Attempt) -> Value {
    let at = written(attempt.at);
    match &attempt.outcome {
        AttemptOutcome::Status(status) => json!({"at": at, "outcome": "status", "status": status}),
        AttemptOutcome::TimedOut => json!({"at": at, "outcome": "timedOut"}),
        AttemptOutcome::NoReply(reason) => json!({"at": at, "outcome": "noReply", "reason": reason}),
    }
}
