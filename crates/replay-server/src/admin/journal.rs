//! The journal of a session in pages: its calls with request, reply and verdict.
//!
//! Records are copied in short turns under the session's lock. They are decoded, redacted and written on a thread that
//! serves no calls.

use std::collections::{BTreeMap, BTreeSet};

use axum::{body::Body, response::Response};
use estoppel_simulator::{Entry, Input, Order, Outcome, Selection, Wanted, shown_url};
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    AdminError,
    clock::written,
    request::{Chosen, Selected},
};
use crate::{Limit, background, gate::Closed, redaction};

/// Which entries to show.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Query {
    /// At most this many: the newest, or with `after` the oldest.
    #[serde(default = "limit_default")]
    limit: usize,
    /// Only entries with a smaller number.
    before: Option<u64>,
    /// Only entries with a greater number.
    after: Option<u64>,
    /// Only calls that broke the contract.
    #[serde(default)]
    breaches: bool,
}

const fn limit_default() -> usize {
    100
}

/// Most entries of a page.
const LIMIT_MAX: usize = 1_000;
/// Bytes that are copied in one turn under the session's lock.
const TURN_BYTES_MAX: usize = 256 * 1024;

pub(super) async fn show(chosen: Chosen, Selected(query): Selected<Query>) -> Result<Response, AdminError> {
    if query.limit > LIMIT_MAX {
        return Err(AdminError::new(
            StatusCode::BAD_REQUEST,
            format!("`limit` is {}, and a page has at most {LIMIT_MAX} entries", query.limit),
            "ask for the next page with what `next` says, such as ?before=SEQUENCE",
        ));
    }
    let body = background::work(move || page(&chosen, query)).await.map_err(|_| {
        AdminError::new(StatusCode::INTERNAL_SERVER_ERROR, "the journal cannot be shown", "this is a defect")
    })?;
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

/// Entries that are shown together.
struct Page {
    /// Each entry as JSON, in the order in which the journal was read.
    entries: Vec<String>,
    bytes: usize,
    bytes_max: usize,
    /// The number of the last entry that was looked at, where the page ends before the journal does.
    resume: Option<u64>,
    /// The number of the last entry that was taken.
    last: Option<u64>,
}

/// Bytes of a page beside its entries: counters, one for each operation.
const HEAD_BYTES: usize = 16 * 1024;

fn page(chosen: &Chosen, query: Query) -> String {
    let showable = chosen.sessions.showable_members();
    let bytes_max = chosen.sessions.limits().count(Limit::ResponseBytes).saturating_sub(HEAD_BYTES);
    let mut page = Page { entries: Vec::new(), bytes: 0, bytes_max, resume: None, last: None };
    let (order, wanted) = (
        if query.after.is_some() { Order::Ascending } else { Order::Descending },
        if query.breaches { Wanted::Breaches } else { Wanted::All },
    );
    let Query { before, after, .. } = query;
    let mut selection =
        Selection { after, before, order, wanted, entries_max: query.limit, bytes_max: TURN_BYTES_MAX };
    let mut generation = None;
    let mut head = Value::Null;
    loop {
        let excerpt = {
            let _closed = Closed::gate_of(&chosen.world);
            let state = chosen.world.lock();
            // What was reset on the way has no next page.
            if *generation.get_or_insert(state.generation) != state.generation {
                page.resume = None;
                break;
            }
            let journal = state.session.journal();
            head = json!({
                "counters": journal.counters(),
                "breaches": journal.breaches(),
                "dropped": journal.dropped(),
            });
            journal.excerpt(&selection)
        };
        page.resume = excerpt.resume;
        if !page.take(excerpt.entries(), showable) {
            break;
        }
        selection.entries_max = query.limit.saturating_sub(page.entries.len());
        match (order, excerpt.resume) {
            (_, None) => break,
            (Order::Ascending, resume) => selection.after = resume,
            (Order::Descending, resume) => selection.before = resume,
        }
        if selection.entries_max == 0 {
            break;
        }
    }
    page.written(&head, order)
}

impl Page {
    /// Takes entries as long as there is room; says whether all of them had room.
    fn take(
        &mut self,
        entries: impl Iterator<Item = Entry>,
        showable: &BTreeMap<&'static str, BTreeSet<String>>,
    ) -> bool {
        let none = BTreeSet::new();
        for entry in entries {
            let mut text = describe(&entry, showable.get(entry.api).unwrap_or(&none)).to_string();
            if text.len() > self.bytes_max {
                text = too_long(&entry, text.len()).to_string();
            }
            if self.bytes + text.len() > self.bytes_max && !self.entries.is_empty() {
                self.resume = self.last;
                return false;
            }
            self.bytes += text.len() + 1;
            self.entries.push(text);
            self.last = Some(entry.sequence);
        }
        true
    }

    /// The page as JSON, newest entry last, with what to ask for next.
    fn written(mut self, head: &Value, order: Order) -> String {
        let next = self.resume.map(|resume| match order {
            Order::Ascending => json!({"after": resume}),
            Order::Descending => json!({"before": resume}),
        });
        if order == Order::Descending {
            self.entries.reverse();
        }
        let member = |name: &str| head.get(name).unwrap_or(&Value::Null).to_string();
        format!(
            r#"{{"counters":{},"breaches":{},"dropped":{},"entries":[{}],"next":{}}}"#,
            member("counters"),
            member("breaches"),
            member("dropped"),
            self.entries.join(","),
            next.unwrap_or_default(),
        )
    }
}

/// What stands for an entry that no response has room for.
fn too_long(entry: &Entry, bytes: usize) -> Value {
    json!({
        "sequence": entry.sequence,
        "at": written(entry.at),
        "api": entry.api,
        "notShown": format!("the entry has {bytes} bytes, more than the limit `{}`", Limit::ResponseBytes),
    })
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
