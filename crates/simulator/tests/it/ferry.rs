//! An invented API: a booked crossing is confirmed three seconds later, by webhook.

use std::{collections::VecDeque, sync::Arc, sync::LazyLock, time::Duration};

use estoppel_contract::{
    Auth, Authentication, Availability, Basis, DeliveryRules, Document, Endpoint, Error, FailureLimit,
    Invalid, Method, Nothing, Notice, Protocol, Readings, Server, Service, Signing, Source, Spec, Success,
    TrailingSlash, Webhook, WebhookSpec,
};
use estoppel_simulator::{
    Api, Behaviour, Body, Call, Clock, DeliverySettings, Event, Holding, Message, NewEndpoint, Policy,
    RawCall, Session, SessionLimits, SessionOptions, Setup, Simulation, UndeclaredMembers, WebhookChange,
};
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const SOURCE: Source = Source::document("ferry", "Crossings");

/// How long a confirmation takes.
pub(crate) const DELAY: SignedDuration = SignedDuration::from_secs(3);

const SERVICE: Service = Service {
    name: "ferry",
    title: "Ferry",
    description: "",
    edition: "1",
    servers: &[Server { url: "https://ferry.example.com", description: "" }],
    authentication: Authentication::Secret { test_secret: "key", headers: &[] },
    trailing_slash: TrailingSlash::Ignored,
    deliveries: Some(DeliveryRules {
        success: Success::Exactly(200),
        limits: &[
            FailureLimit::InARow(5),
            FailureLimit::Within { failures: 10, span: Duration::from_mins(15) },
        ],
        signing: Some(Signing {
            header: "x-ferry-signature",
            separator: ":",
            suffix: &["crossing"],
            encoding_reading: None,
            source: SOURCE,
        }),
        source: SOURCE,
    }),
    documents: &[Document { name: "ferry", title: "Ferry" }],
    rulings: &[],
    readings: &[],
    test_values: &[],
    protocol,
    error_model: "Error",
    error: |notice, _| Error { body: json!({"message": notice.message}) },
};

fn protocol(fault: &Protocol) -> Notice {
    let (id, status) = match fault {
        Protocol::UnknownRoute => ("unknown-route", 404),
        _ => ("invalid", 400),
    };
    Notice { id, status, message: "no", when: "", basis: Basis::Ruled, source: SOURCE }
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Crossing {
    pub crossing: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Confirmation {
    crossing: String,
    confirmed_at: String,
}

#[derive(Debug)]
enum Confirmed {}

impl Webhook for Confirmed {
    const SPEC: WebhookSpec = WebhookSpec {
        id: "confirmed",
        summary: "",
        description: "",
        group: "",
        event: None,
        request: &["crossing"],
        guaranteed: &["crossing"],
        basis: Basis::Documented,
        source: SOURCE,
    };
    type Payload = Confirmation;
}

enum Book {}

impl Endpoint for Book {
    const SPEC: Spec = Spec {
        id: "book",
        method: Method::Post,
        path: "/crossings",
        summary: "",
        description: "",
        group: "",
        auth: Auth::None,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: SOURCE,
    };
    type Path = Nothing;
    type Query = Nothing;
    type Body = Crossing;
    type Reply = Crossing;
    type Refusal = Invalid;
}

/// The state: crossings to be confirmed, and what it was told about its webhooks.
#[derive(Clone, Debug)]
pub(crate) struct Ferry {
    due: VecDeque<(Timestamp, String)>,
    outgoing: Vec<Message>,
    told: Vec<WebhookChange>,
}

impl Behaviour for Ferry {
    fn start(_: &Setup) -> Self {
        Self { due: VecDeque::new(), outgoing: Vec::new(), told: Vec::new() }
    }

    fn authorize(&self, _: &RawCall, _: Timestamp) -> Result<(), Protocol> {
        Ok(())
    }

    fn policy(&self) -> Policy {
        Policy { body_limit_bytes: 1024, undeclared_members: UndeclaredMembers::Ignored }
    }

    fn is_on(&self, _: &str) -> bool {
        false
    }

    fn holding(&self) -> Holding {
        Holding { records: self.due.len(), bytes: 0, timers: self.due.len() }
    }

    fn next_due(&self) -> Option<Timestamp> {
        self.due.front().map(|(at, _)| *at)
    }

    fn fire_next(&mut self) -> Option<Event> {
        let (at, crossing) = self.due.pop_front()?;
        let payload = Confirmation { crossing: crossing.clone(), confirmed_at: at.to_string() };
        self.outgoing.push(Message::new::<Confirmed>(&payload, crossing.clone()));
        Some(Event {
            at,
            api: "ferry",
            kind: "confirmed".to_owned(),
            detail: json!({"crossing": crossing}).into(),
        })
    }

    fn move_to(&mut self, _: Arc<str>) {}

    fn take_messages(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.outgoing)
    }

    fn delivery_settings(&self) -> DeliverySettings {
        DeliverySettings { key: "key".into(), ..DeliverySettings::default() }
    }

    fn webhooks_changed(&mut self, change: WebhookChange, _: Timestamp) {
        self.told.push(change);
        if change == WebhookChange::Deactivated {
            self.due.clear();
        }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of a handler")]
fn book(ferry: &mut Ferry, call: Call<Book>) -> Result<Crossing, Invalid> {
    ferry.due.push_back((call.now + DELAY, call.body.crossing.clone()));
    Ok(call.body)
}

static API: LazyLock<Api<Ferry>> =
    LazyLock::new(|| Api::new(SERVICE).operation::<Book>(book).webhook::<Confirmed>());

/// The first instant of every session here.
pub(crate) fn start() -> Timestamp {
    "2021-01-08T22:00:00Z".parse().unwrap()
}

/// A session with one endpoint, its clock frozen.
pub(crate) fn session() -> Session {
    session_within(SessionLimits::default())
}

/// A session with one endpoint that keeps this much.
pub(crate) fn session_within(limits: SessionLimits) -> Session {
    let simulation: &'static dyn Simulation = &*API;
    let endpoint = NewEndpoint {
        api: "ferry",
        url: "http://127.0.0.1:9/".to_owned(),
        headers: vec![("x-own".to_owned(), "value".to_owned())],
    };
    let options = SessionOptions {
        name: "default".to_owned(),
        seed: 1,
        clock: Clock::Frozen(start()),
        readings: Readings::default(),
        base_url: "http://127.0.0.1".to_owned(),
        limits,
        webhooks: vec![endpoint],
    };
    Session::new(&[simulation], options, start())
}

/// Books a crossing.
pub(crate) fn book_crossing(session: &mut Session, crossing: &str) -> u16 {
    book_crossing_at(session, crossing, start())
}

/// Books a crossing when the real clock shows `real`.
pub(crate) fn book_crossing_at(session: &mut Session, crossing: &str, real: Timestamp) -> u16 {
    let mut call = RawCall::new(http::Method::POST, "/crossings".parse().unwrap());
    call.headers.insert(http::header::CONTENT_TYPE, "application/json".parse().unwrap());
    call.body = Body::Complete(json!({"crossing": crossing}).to_string().into());
    let answer = session.call(0, &call, real).unwrap();
    answer.status.as_u16()
}

/// The crossings that deliveries are about, with their state.
pub(crate) fn deliveries(session: &Session) -> Vec<Value> {
    let described = session.outbox().deliveries().map(|delivery| {
        json!({
            "id": delivery.id,
            "request": delivery.request,
            "state": delivery.state,
            "cause": delivery.cause,
            "due": delivery.due_at.to_string(),
            "attempts": delivery.attempts,
            "body": String::from_utf8_lossy(&delivery.body),
        })
    });
    described.collect()
}
