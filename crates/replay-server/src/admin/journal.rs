//! The journal of a session: its calls with request, reply and verdict.

use std::collections::BTreeSet;

use axum::response::Response;
use estoppel_simulator::{Entry, Input, Outcome, shown_url};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    clock::written,
    request::{Chosen, Selected},
};
use crate::{redaction, vendor};

/// Which entries to show.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Selection {
    /// At most this many, the newest.
    #[serde(default = "limit_default")]
    limit: usize,
    /// Only calls that broke the contract.
    #[serde(default)]
    breaches: bool,
}

const fn limit_default() -> usize {
    100
}

pub(super) async fn show(chosen: Chosen, Selected(selection): Selected<Selection>) -> Response {
    let showable = chosen.sessions.showable_members();
    let none = BTreeSet::new();
    let state = chosen.world.lock();
    let journal = state.session.journal();
    let wanted = |entry: &&Entry| {
        !selection.breaches
            || entry.verdict.as_ref().is_some_and(estoppel_simulator::Verdict::breaks_contract)
    };
    let newest = journal.entries().rev().filter(wanted).take(selection.limit);
    let mut entries: Vec<Value> =
        newest.map(|entry| describe(entry, showable.get(entry.api).unwrap_or(&none))).collect();
    entries.reverse();
    let body = json!({
        "counters": journal.counters(),
        "breaches": journal.breaches(),
        "dropped": journal.dropped(),
        "entries": entries,
    });
    vendor::json(StatusCode::OK, &body)
}

/// An entry as it may be shown.
fn describe(entry: &Entry, showable: &BTreeSet<String>) -> Value {
    let at = written(entry.at);
    let (sequence, api) = (entry.sequence, entry.api);
    let call = match &entry.input {
        Input::Advance(to) => return json!({"sequence": sequence, "at": at, "advancedTo": written(*to)}),
        Input::Register(endpoint) => {
            return json!({"sequence": sequence, "at": at, "api": api, "webhookRegistered": shown_url(&endpoint.url)});
        }
        Input::Remove(id) => {
            return json!({"sequence": sequence, "at": at, "api": api, "webhookRemoved": id});
        }
        Input::Enable => return json!({"sequence": sequence, "at": at, "api": api, "webhooksEnabled": true}),
        Input::Fire(message) => {
            return json!({"sequence": sequence, "at": at, "api": api, "webhookFired": message.webhook});
        }
        Input::Taken(deliveries) => {
            return json!({"sequence": sequence, "at": at, "deliveriesTaken": deliveries});
        }
        Input::Redeliver(id) => return json!({"sequence": sequence, "at": at, "redelivered": id}),
        Input::Settled(id, outcome) => {
            let outcome = outcome.to_string();
            return json!({
                "sequence": sequence, "at": at, "api": api, "settled": {"delivery": id, "outcome": outcome},
            });
        }
        Input::Call(call) | Input::Control(call) => call,
    };
    let reply = entry
        .answer
        .as_ref()
        .map(|(status, body)| json!({"status": status.as_u16(), "body": redaction::body(body, showable)}));
    let mut described = json!({
        "sequence": entry.sequence,
        "at": at,
        "api": entry.api,
        "request": {
            "method": call.method.as_str(),
            "path": call.path(),
            "query": redaction::query(call.query(), showable),
            "headers": redaction::headers(&call.headers),
            "body": call.body.bytes().map(|body| redaction::body(body, showable)),
        },
        "reply": reply,
        "verdict": entry.verdict,
    });
    let unmatched = entry
        .verdict
        .as_ref()
        .is_some_and(|verdict| matches!(verdict.outcome, Outcome::Faulty(_)) && !verdict.nearest.is_empty());
    if let (Input::Control(_), Some(members)) = (&entry.input, described.as_object_mut()) {
        members.insert("control".to_owned(), true.into());
    }
    if let (true, Some(members), Some(verdict)) = (unmatched, described.as_object_mut(), &entry.verdict) {
        let nearest = verdict.nearest.iter().map(|(method, path)| format!("{method} {path}"));
        members.insert("nearest".to_owned(), nearest.collect::<Vec<_>>().into());
    }
    described
}
