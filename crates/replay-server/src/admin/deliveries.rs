//! Deliveries of a session: list, send once more.

use axum::response::Response;
use estoppel_contract::PersonalData;
use estoppel_simulator::{Attempt, AttemptOutcome, Cause, Delivery, DeliveryState, Session};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    AdminError,
    clock::written,
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
    /// At most this many, the newest.
    #[serde(default = "limit_default")]
    limit: usize,
}

const fn limit_default() -> usize {
    100
}

pub(super) async fn list(
    chosen: Chosen,
    Selected(selection): Selected<Selection>,
) -> Result<Response, AdminError> {
    let state = selection.state.as_deref().map(state_named).transpose()?;
    let wanted = |delivery: &&Delivery| {
        selection.api.as_deref().is_none_or(|api| delivery.api == api)
            && selection.request.as_deref().is_none_or(|request| &*delivery.request == request)
            && state.is_none_or(|state| delivery.state == state)
    };
    let listed = chosen.world.act(|session, _| {
        let newest = session.outbox().deliveries().rev().filter(wanted).take(selection.limit);
        let mut deliveries: Vec<Value> =
            newest.map(|delivery| describe(&chosen.sessions, delivery)).collect();
        deliveries.reverse();
        json!({"counters": counters(session), "deliveries": deliveries})
    });
    Ok(vendor::json(StatusCode::OK, &listed))
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
