//! The table of controls: each route beside its description, so that neither is without the other.

use std::sync::Arc;

use axum::routing::{MethodRouter, any, delete, get, post};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

use super::{clock, controls, deliveries, health, journal, openapi, sessions, webhooks};
use crate::sessions::Sessions;

/// One control.
pub(super) struct Route {
    pub(super) id: &'static str,
    pub(super) verb: Verb,
    pub(super) path: &'static str,
    pub(super) summary: &'static str,
    pub(super) query: &'static [Parameter],
    /// The schema of its JSON body, where it takes one.
    pub(super) body: Option<fn() -> Value>,
    pub(super) status: u16,
    /// Members that its reply always holds.
    pub(super) reply: &'static [&'static str],
    pub(super) serve: fn() -> MethodRouter<Arc<Sessions>>,
}

/// The method of a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Get,
    Post,
    Delete,
    /// Every method.
    Any,
}

/// A parameter of a control's query.
pub(super) struct Parameter {
    pub(super) name: &'static str,
    /// Its type, as JSON Schema names it.
    pub(super) kind: &'static str,
    pub(super) description: &'static str,
}

impl Route {
    const fn get(path: &'static str, id: &'static str, serve: fn() -> MethodRouter<Arc<Sessions>>) -> Self {
        Self {
            id,
            verb: Verb::Get,
            path,
            summary: "",
            query: &[],
            body: None,
            status: 200,
            reply: &[],
            serve,
        }
    }

    const fn post(path: &'static str, id: &'static str, serve: fn() -> MethodRouter<Arc<Sessions>>) -> Self {
        Self { verb: Verb::Post, ..Self::get(path, id, serve) }
    }

    const fn creates(self) -> Self {
        Self { status: 201, ..self }
    }

    const fn with(self, verb: Verb) -> Self {
        Self { verb, ..self }
    }

    const fn says(self, summary: &'static str, reply: &'static [&'static str]) -> Self {
        Self { summary, reply, ..self }
    }

    const fn asks(self, query: &'static [Parameter]) -> Self {
        Self { query, ..self }
    }

    const fn takes(self, body: fn() -> Value) -> Self {
        Self { body: Some(body), ..self }
    }
}

const fn parameter(name: &'static str, kind: &'static str, description: &'static str) -> Parameter {
    Parameter { name, kind, description }
}

/// The schema of a body, without references: it stands inside another document.
fn schema<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.remove("title");
    schema.to_value()
}

const SESSION: &[&str] = &["name", "seed", "clock", "now", "readings", "urls", "calls"];
const CLOCK: &[&str] = &["clock", "now"];
const MOVED: &[&str] = &["clock", "now", "events", "eventsLeftOut", "deliveriesUnderWay"];
const WEBHOOK: &[&str] = &["id", "api", "url", "headers", "createdAt", "state"];
const DELIVERY: &[&str] = &[
    "id",
    "api",
    "webhook",
    "endpoint",
    "request",
    "cause",
    "createdAt",
    "dueAt",
    "state",
    "attempts",
    "body",
    "signature",
];

const JOURNAL: &[Parameter] = &[
    parameter("limit", "integer", "At most this many entries; 100 by default, 1000 at most."),
    parameter(
        "before",
        "integer",
        "Only entries before the one with this number; the newest of them are shown.",
    ),
    parameter(
        "after",
        "integer",
        "Only entries after the one with this number; the oldest of them are shown.",
    ),
    parameter("breaches", "boolean", "Only calls that broke the contract."),
];
const DELIVERIES: &[Parameter] = &[
    parameter("api", "string", "Only deliveries of this API."),
    parameter("request", "string", "Only deliveries of this request."),
    parameter("state", "string", "Only deliveries in this state."),
    parameter("limit", "integer", "At most this many; 100 by default, 1000 at most."),
    parameter(
        "before",
        "integer",
        "Only deliveries before the one with this number; the newest of them are shown.",
    ),
    parameter(
        "after",
        "integer",
        "Only deliveries after the one with this number; the oldest of them are shown.",
    ),
];
const SESSIONS: &[Parameter] = &[
    parameter("limit", "integer", "At most this many; 100 by default, 1000 at most."),
    parameter("after", "string", "Only sessions whose names come after this one."),
];

/// Every control, in the order in which they are listed.
pub(super) fn all() -> Vec<Route> {
    let session = sessions_of_the_server();
    session.into_iter().chain(clocks()).chain(deliveries_and_endpoints()).chain(controls_of_apis()).collect()
}

fn sessions_of_the_server() -> Vec<Route> {
    vec![
        Route::get("/__admin/health", "health", || get(health)).says(
            "Say that the server is up, what it serves, and its limits with what is in use of them.",
            &["status", "version", "apis", "sessions", "expiredSessions", "limits"],
        ),
        Route::get("/__admin/openapi.json", "openapi", || get(openapi::show))
            .says("Give this document.", &["openapi", "info", "paths"]),
        Route::get("/__admin/sessions", "listSessions", || get(sessions::list))
            .says(
                "List the sessions, the default one first and the others by name, in pages: `next` holds the parameter \
                 that asks for the next one.",
                &["sessions", "count", "next"],
            )
            .asks(SESSIONS),
        Route::post("/__admin/sessions", "createSession", || post(sessions::create))
            .says("Create a session. What is not given is as in the default one.", SESSION)
            .takes(schema::<sessions::NewSession>)
            .creates(),
        Route::get("/__admin/sessions/{session}", "showSession", || get(sessions::show))
            .says("Show a session.", SESSION),
        Route::get("/__admin/sessions/{session}", "deleteSession", || delete(sessions::delete))
            .with(Verb::Delete)
            .says("Delete a session. What it is sending is broken off.", &["deleted"]),
        Route::post("/__admin/sessions/{session}/reset", "resetSession", || post(sessions::reset))
            .says("Make a session anew, as it was created. What it is sending is broken off.", SESSION),
        Route::post("/__admin/sessions/{session}/fork", "forkSession", || post(sessions::fork))
            .says("Copy a session under another name. What is being sent is sent by both.", SESSION)
            .takes(schema::<sessions::Fork>)
            .creates(),
        Route::get("/__admin/sessions/{session}/journal", "showJournal", || get(journal::show))
            .says(
                "Show what came into a session, newest last, in pages: `next` holds the parameter that asks for the next one.",
                &["counters", "breaches", "dropped", "entries", "next"],
            )
            .asks(JOURNAL),
    ]
}

fn clocks() -> Vec<Route> {
    vec![
        Route::get("/__admin/sessions/{session}/clock", "showClock", || get(clock::show))
            .says("Show a session's clock.", CLOCK),
        Route::post("/__admin/sessions/{session}/clock/freeze", "freezeClock", || post(clock::freeze))
            .says("Stop a clock where it is.", CLOCK),
        Route::post("/__admin/sessions/{session}/clock/run", "runClock", || post(clock::run))
            .says("Let a clock run on from where it is.", CLOCK),
        Route::post("/__admin/sessions/{session}/clock/set", "setClock", || post(clock::set))
            .says(
                "Move a clock to an instant. Timers fire and webhooks are delivered on the way, in order.",
                MOVED,
            )
            .takes(schema::<clock::Set>),
        Route::post("/__admin/sessions/{session}/clock/advance", "advanceClock", || post(clock::advance))
            .says(
                "Move a clock forward. Timers fire and webhooks are delivered on the way, in order; it waits for \
                 receivers up to 30 seconds of real time in all.",
                MOVED,
            )
            .takes(schema::<clock::Move>),
    ]
}

fn deliveries_and_endpoints() -> Vec<Route> {
    vec![
        Route::get("/__admin/sessions/{session}/webhooks", "listWebhooks", || get(webhooks::list))
            .says("List the endpoints for webhooks.", &["webhooks"]),
        Route::post("/__admin/sessions/{session}/webhooks", "addWebhook", || post(webhooks::register))
            .says("Add an endpoint for the webhooks of an API.", WEBHOOK)
            .takes(schema::<webhooks::NewWebhook>)
            .creates(),
        Route::get("/__admin/sessions/{session}/webhooks/{id}", "removeWebhook", || delete(webhooks::remove))
            .with(Verb::Delete)
            .says("Remove an endpoint. What waits for it is given up.", &["deleted"]),
        Route::post("/__admin/sessions/{session}/webhooks/enable", "enableWebhooks", || {
            post(webhooks::enable)
        })
        .says("Serve the endpoints of an API again that failures have deactivated.", &["webhooks"])
        .takes(schema::<webhooks::Enable>),
        Route::post("/__admin/sessions/{session}/webhooks/fire", "fireWebhook", || post(webhooks::fire))
            .says("Send a webhook that nothing set off.", &["deliveries"])
            .takes(schema::<webhooks::Fire>)
            .creates(),
        Route::get("/__admin/sessions/{session}/webhooks/deliveries", "listDeliveries", || {
            get(deliveries::list)
        })
        .says(
            "List deliveries, newest last, with their exact bodies, in pages: `next` holds the parameter that asks for \
             the next one.",
            &["counters", "deliveries", "next"],
        )
        .asks(DELIVERIES),
        Route::post("/__admin/sessions/{session}/webhooks/deliveries/{id}/redeliver", "redeliver", || {
            post(deliveries::redeliver)
        })
        .says("Send a delivery once more, as a delivery of its own.", DELIVERY)
        .creates(),
    ]
}

fn controls_of_apis() -> Vec<Route> {
    vec![
        Route::get("/__admin/sessions/{session}/{api}", "listControls", || get(controls::list)).says(
            "List the controls of an API: what its vendor does by other means than the API.",
            &["api", "controls"],
        ),
        Route::get("/__admin/sessions/{session}/{api}/{*path}", "callControl", || any(controls::call))
            .with(Verb::Any)
            .says("Call a control of an API; `path` may have several segments.", &[]),
    ]
}
