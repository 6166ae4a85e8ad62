//! An invented API: booked crossings are announced later, by webhook; a control sets how.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, LazyLock},
    time::Duration,
};

use estoppel_contract::{
    Auth, Authentication, Availability, Basis, DeliveryRules, Document, Endpoint, Error, FailureLimit,
    Invalid, Method, Nothing, Notice, Protocol, Server, Service, Signing, Source, Spec, Success,
    TrailingSlash, Webhook, WebhookSpec, refusals,
};
use estoppel_simulator::{
    Api, Behaviour, Call, DeliverySettings, Event, Holding, Message, Policy, RawCall, Setup, Simulation,
    UndeclaredMembers, WebhookChange,
};
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

const SOURCE: Source = Source::document("ferry", "Crossings");

const SERVICE: Service = Service {
    name: "ferry",
    title: "Ferry",
    description: "",
    edition: "1",
    servers: &[
        Server { url: "https://ferry.example.com/public/api/1", description: "" },
        Server { url: "https://staging.ferry.example.com:8443/v1", description: "" },
        Server { url: "https://staging.ferry.example.com:8443/v1/beta", description: "" },
    ],
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

const fn notice(id: &'static str, status: u16, message: &'static str) -> Notice {
    Notice { id, status, message, when: "", basis: Basis::Ruled, source: SOURCE }
}

const AGROUND: Notice = notice("aground", 409, "The ferry has run aground.");

fn protocol(fault: &Protocol) -> Notice {
    match fault {
        Protocol::UnknownRoute => notice("unknown-route", 404, "Not found."),
        Protocol::BodyTooLarge => notice("too-large", 413, "Too large."),
        _ => notice("invalid", 400, "Invalid."),
    }
}

refusals! {
    /// Why no crossing is booked or set.
    pub(crate) enum FerryRefusal: Invalid {
        /// It cannot be.
        Aground = AGROUND,
    }
}

/// A crossing to be booked.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Booking {
    /// Its name.
    pub crossing: String,
    /// How long after now it is announced.
    #[serde(default)]
    pub after_millis: i64,
    /// How many announcements there are.
    #[serde(default = "one")]
    pub announcements: u32,
}

const fn one() -> u32 {
    1
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(example = json!({"crossing": "9c1f8a5e-8d6c-4f0e-b1a7-0d2f6c3e9b11", "number": 1, "event": "announced"}))]
pub(crate) struct Announcement {
    crossing: String,
    number: u32,
    event: String,
}

#[derive(Debug)]
enum Announced {}

impl Webhook for Announced {
    const SPEC: WebhookSpec = WebhookSpec {
        id: "announced",
        summary: "",
        description: "",
        group: "",
        event: Some(("event", "announced")),
        request: &["crossing"],
        guaranteed: &["crossing"],
        basis: Basis::Documented,
        source: SOURCE,
    };
    type Payload = Announcement;
}

#[derive(Debug)]
enum Sunk {}

impl Webhook for Sunk {
    const SPEC: WebhookSpec = WebhookSpec { id: "sunk", event: Some(("event", "sunk")), ..Announced::SPEC };
    type Payload = BTreeMap<String, String>;
}

const fn spec(id: &'static str, path: &'static str) -> Spec {
    Spec {
        id,
        method: Method::Post,
        path,
        summary: "Does it.",
        description: "",
        group: "",
        auth: Auth::None,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: SOURCE,
    }
}

macro_rules! endpoint {
    ($name:ident, $spec:expr, $body:ty) => {
        enum $name {}
        impl Endpoint for $name {
            const SPEC: Spec = $spec;
            type Path = Nothing;
            type Query = Nothing;
            type Body = $body;
            type Reply = $body;
            type Refusal = FerryRefusal;
        }
    };
}

/// How webhooks are sent.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Settings {
    /// How long a receiver may take.
    pub timeout_millis: u64,
    /// How often a delivery is tried again, a minute later each time.
    #[serde(default)]
    pub retries: u32,
}

endpoint!(Book, spec("book", "/crossings"), Booking);
endpoint!(Set, spec("set", "/settings/sending"), Settings);

/// The state: announcements to come.
#[derive(Clone, Debug)]
pub(crate) struct Ferry {
    due: BTreeMap<Timestamp, VecDeque<(String, u32)>>,
    outgoing: Vec<Message>,
    settings: DeliverySettings,
}

impl Behaviour for Ferry {
    fn start(_: &Setup) -> Self {
        let settings = DeliverySettings { key: "key".into(), ..DeliverySettings::default() };
        Self { due: BTreeMap::new(), outgoing: Vec::new(), settings }
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
        self.due.first_key_value().map(|(at, _)| *at)
    }

    fn fire_next(&mut self) -> Option<Event> {
        let mut entry = self.due.first_entry()?;
        let at = *entry.key();
        let next = entry.get_mut().pop_front();
        if entry.get().is_empty() {
            entry.remove();
        }
        let (crossing, number) = next?;
        let detail = json!({"crossing": crossing}).into();
        self.announce(crossing, number);
        Some(Event { at, api: "ferry", kind: "announced".to_owned(), detail })
    }

    fn move_to(&mut self, _: Arc<str>) {}

    fn take_messages(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.outgoing)
    }

    fn delivery_settings(&self) -> DeliverySettings {
        self.settings.clone()
    }

    fn webhooks_changed(&mut self, change: WebhookChange, _: Timestamp) {
        if change == WebhookChange::Deactivated {
            self.due.clear();
        }
    }
}

impl Ferry {
    fn announce(&mut self, crossing: String, number: u32) {
        let event = "announced".to_owned();
        let payload = Announcement { crossing: crossing.clone(), number, event };
        self.outgoing.push(Message::new::<Announced>(&payload, crossing));
    }
}

fn book(ferry: &mut Ferry, call: Call<Book>) -> Result<Booking, FerryRefusal> {
    if call.body.crossing == "aground" {
        return Err(FerryRefusal::Aground);
    }
    for number in 1..=call.body.announcements {
        if call.body.after_millis == 0 {
            ferry.announce(call.body.crossing.clone(), number);
        } else {
            let at = call.now + SignedDuration::from_millis(call.body.after_millis);
            ferry.due.entry(at).or_default().push_back((call.body.crossing.clone(), number));
        }
    }
    Ok(call.body)
}

fn set(ferry: &mut Ferry, call: Call<Set>) -> Result<Settings, FerryRefusal> {
    if call.body.timeout_millis == 0 {
        return Err(FerryRefusal::Aground);
    }
    ferry.settings.timeout = Duration::from_millis(call.body.timeout_millis);
    ferry.settings.retries = call.body.retries;
    Ok(call.body)
}

static API: LazyLock<Api<Ferry>> = LazyLock::new(|| {
    Api::new(SERVICE).operation::<Book>(book).control::<Set>(set).webhook::<Announced>().webhook::<Sunk>()
});

/// The invented API.
pub(crate) fn simulation() -> &'static dyn Simulation {
    &*API
}
