//! An invented API that answers by webhook.

#![allow(clippy::needless_pass_by_value, reason = "handlers take their calls by value")]

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, LazyLock},
};

use estoppel_contract::{
    Auth, Authentication, Availability, Basis, CredentialHeader, DeliveryRules, Direction, Document,
    Endpoint, Error, FailureLimit, Invalid, Method, Nothing, Notice, Optional, Protocol, Server, Service,
    Signing, Source, Spec, Step, Story, Success, TrailingSlash, Violation, Webhook, WebhookSpec, refusals,
};
use estoppel_simulator::{
    Api, Behaviour, Call, DeliverySettings, Event, Holding, Message, Policy, RawCall, Setup, Simulation,
    UndeclaredMembers, WebhookChange,
};
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The secret of every fresh session.
pub(super) const TEST_SECRET: &str = "post-test-key";

pub(super) const SIGNING: Signing = Signing {
    header: "x-post-signature",
    separator: ":",
    suffix: &["parcelId"],
    encoding_reading: None,
    source: Source::document("post", "Signatures"),
};

const NO_WEBHOOK: Notice = Notice {
    id: "no-webhook",
    status: 400,
    message: "Enable a webhook first.",
    when: "No webhook is enabled.",
    basis: Basis::Documented,
    source: Source::document("post", "Send Parcel"),
};
const NO_SUCH_PARCEL: Notice = Notice {
    id: "no-such-parcel",
    status: 404,
    message: "Parcel not found.",
    when: "No parcel has this id.",
    ..NO_WEBHOOK
};

refusals! {
    /// Why a parcel is not sent or fetched.
    pub(crate) enum ParcelRefusal: Invalid {
        /// Nobody would hear of it.
        NoWebhook = NO_WEBHOOK,
        /// There is none.
        NoSuchParcel = NO_SUCH_PARCEL,
    }
}

/// A parcel to be sent.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct NewParcel {
    /// Where it goes.
    pub to: String,
}

/// A parcel that is on its way.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ParcelSent {
    /// Its id.
    pub parcel_id: String,
}

/// Whether a parcel has come.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct ParcelState {
    /// Whether it has.
    pub arrived: bool,
}

/// What became of a parcel.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ParcelResult {
    /// The parcel.
    pub parcel_id: String,
    /// Whether it has come.
    pub success: bool,
    /// What it weighs.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub grams: Optional<u32>,
}

/// Which parcel.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ParcelPath {
    /// Its id.
    pub parcel_id: String,
}

/// The body of a refusal.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ErrorBody {
    /// The status.
    pub status_code: u16,
    /// What is wrong.
    pub message: String,
}

const fn spec(id: &'static str, method: Method, path: &'static str, status: u16) -> Spec {
    Spec {
        id,
        method,
        path,
        summary: "",
        description: "",
        group: "Parcels",
        auth: Auth::Bearer,
        status,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: Source::document("post", "Parcels"),
    }
}

enum SendParcel {}

impl Endpoint for SendParcel {
    const SPEC: Spec = spec("sendParcel", Method::Post, "/parcels", 201);
    type Path = Nothing;
    type Query = Nothing;
    type Body = NewParcel;
    type Reply = ParcelSent;
    type Refusal = ParcelRefusal;
}

enum FetchParcel {}

impl Endpoint for FetchParcel {
    const SPEC: Spec = spec("fetchParcel", Method::Get, "/parcels/{parcelId}", 200);
    type Path = ParcelPath;
    type Query = Nothing;
    type Body = Nothing;
    type Reply = ParcelState;
    type Refusal = ParcelRefusal;
}

enum ParcelWebhook {}

impl Webhook for ParcelWebhook {
    const SPEC: WebhookSpec = WebhookSpec {
        id: "parcelResult",
        summary: "",
        description: "",
        group: "Webhooks",
        event: None,
        request: &["parcelId"],
        guaranteed: &["parcelId", "success"],
        basis: Basis::Documented,
        source: Source::document("post", "Parcel Result"),
    };
    type Payload = ParcelResult;
}

const SERVICE: Service = Service {
    name: "post",
    title: "Post office",
    description: "",
    edition: "1",
    servers: &[Server { url: "https://post.example.com", description: "" }],
    authentication: Authentication::Secret {
        test_secret: TEST_SECRET,
        headers: &[CredentialHeader { name: "Depot-Id", test_value: "1", description: "" }],
    },
    trailing_slash: TrailingSlash::Significant,
    deliveries: Some(DeliveryRules {
        success: Success::Exactly(200),
        limits: &[FailureLimit::InARow(5)],
        signing: Some(SIGNING),
        source: Source::document("post", "Webhooks"),
    }),
    documents: &[Document { name: "post", title: "Post" }],
    rulings: &[],
    readings: &[],
    test_values: &[],
    protocol,
    error_model: "ErrorBody",
    error,
};

fn protocol(fault: &Protocol) -> Notice {
    let (id, status) = match fault {
        Protocol::Invalid(_) => ("invalid", 400),
        Protocol::MalformedBody => ("malformed", 400),
        Protocol::UnknownRoute => ("unknown-route", 404),
        Protocol::MethodNotAllowed => ("method-not-allowed", 405),
        Protocol::Unauthorized | Protocol::CredentialExpired => ("unauthorized", 401),
        Protocol::NotAcceptable => ("not-acceptable", 406),
        Protocol::BodyTooLarge => ("body-too-large", 413),
        Protocol::UnsupportedMediaType => ("unsupported-media-type", 415),
        Protocol::Internal => ("internal", 500),
    };
    Notice { id, status, message: id, when: "", ..NO_WEBHOOK }
}

fn error(notice: &Notice, violations: &[Violation]) -> Error {
    let named: Vec<String> = violations.iter().map(|violation| violation.pointer.to_string()).collect();
    let mut body = json!({"statusCode": notice.status, "message": notice.message});
    if !named.is_empty() {
        body["fields"] = json!(named);
    }
    Error { body }
}

/// Parcels, and when each one comes.
#[derive(Clone, Debug)]
pub(crate) struct PostOffice {
    seed: u64,
    parcels: BTreeMap<String, bool>,
    due: VecDeque<(Timestamp, String)>,
    messages: Vec<Message>,
    has_webhook: bool,
}

impl Behaviour for PostOffice {
    fn start(setup: &Setup) -> Self {
        Self {
            seed: setup.seed,
            parcels: BTreeMap::new(),
            due: VecDeque::new(),
            messages: Vec::new(),
            has_webhook: false,
        }
    }

    fn authorize(&self, call: &RawCall, _: Timestamp) -> Result<(), Protocol> {
        let token = call.header(&http::header::AUTHORIZATION) == Some(&format!("Bearer {TEST_SECRET}"));
        let depot = call.header(&http::HeaderName::from_static("depot-id")) == Some("1");
        if token && depot { Ok(()) } else { Err(Protocol::Unauthorized) }
    }

    fn policy(&self) -> Policy {
        Policy { body_limit_bytes: 1 << 20, undeclared_members: UndeclaredMembers::Ignored }
    }

    fn is_on(&self, _: &str) -> bool {
        false
    }

    fn holding(&self) -> Holding {
        Holding { records: self.parcels.len(), bytes: 0, timers: self.due.len() }
    }

    fn next_due(&self) -> Option<Timestamp> {
        self.due.front().map(|(at, _)| *at)
    }

    fn fire_next(&mut self) -> Option<Event> {
        let (at, id) = self.due.pop_front()?;
        self.parcels.insert(id.clone(), true);
        let result = ParcelResult { parcel_id: id.clone(), success: true, grams: Optional::Present(250) };
        self.messages.push(Message::new::<ParcelWebhook>(&result, id));
        Some(Event { at, api: "post", kind: "parcel-came".to_owned(), detail: Value::Null.into() })
    }

    fn move_to(&mut self, _: Arc<str>) {}

    fn take_messages(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.messages)
    }

    fn delivery_settings(&self) -> DeliverySettings {
        DeliverySettings { key: TEST_SECRET.into(), ..DeliverySettings::default() }
    }

    fn webhooks_changed(&mut self, change: WebhookChange, _: Timestamp) {
        self.has_webhook = change == WebhookChange::Enabled;
    }
}

fn send(office: &mut PostOffice, call: Call<SendParcel>) -> Result<ParcelSent, ParcelRefusal> {
    if !office.has_webhook {
        return Err(ParcelRefusal::NoWebhook);
    }
    let parcel_id = format!("{:08x}-0000-4000-8000-{:012x}", office.seed, office.parcels.len() + 1);
    office.parcels.insert(parcel_id.clone(), false);
    office.due.push_back((call.now + SignedDuration::from_millis(200), parcel_id.clone()));
    Ok(ParcelSent { parcel_id })
}

fn fetch(office: &mut PostOffice, call: Call<FetchParcel>) -> Result<ParcelState, ParcelRefusal> {
    let arrived = office.parcels.get(&call.path.parcel_id).ok_or(ParcelRefusal::NoSuchParcel)?;
    Ok(ParcelState { arrived: *arrived })
}

fn stories() -> Vec<Story> {
    let to = |place: &str| json!({"to": place});
    let came = |name: &'static str| [("/parcelId", Some(json!(name))), ("/success", Some(json!(true)))];
    vec![
        Story {
            id: "parcels-arrive",
            summary: "",
            steps: vec![
                Step::call("sendParcel")
                    .body(to("Iolcos"))
                    .capture("parcelId", "/parcelId")
                    .states("", json!({"parcelId": "{parcelId}"}))
                    .arrives("parcelResult", came("{parcelId}")),
                Step::call("fetchParcel").with("parcelId", "{parcelId}").states("/arrived", true),
                Step::call("fetchParcel")
                    .with("parcelId", "00000000-0000-4000-8000-000000000000")
                    .refused("no-such-parcel"),
            ],
            under: None,
        },
        Story {
            id: "parcels-arrive-in-order",
            summary: "",
            steps: vec![
                Step::call("sendParcel").body(to("Colchis")).capture("first", "/parcelId"),
                Step::call("sendParcel")
                    .body(to("Lemnos"))
                    .capture("second", "/parcelId")
                    .arrives("parcelResult", came("{first}"))
                    .arrives("parcelResult", came("{second}")),
            ],
            under: None,
        },
    ]
}

/// The invented API.
pub(super) fn simulation() -> &'static dyn Simulation {
    static API: LazyLock<Api<PostOffice>> = LazyLock::new(|| {
        Api::new(SERVICE)
            .operation::<SendParcel>(send)
            .operation::<FetchParcel>(fetch)
            .webhook::<ParcelWebhook>()
            .declare(|declaration| declaration.model::<ErrorBody>(Direction::Reply))
            .stories(stories)
    });
    &*API
}
