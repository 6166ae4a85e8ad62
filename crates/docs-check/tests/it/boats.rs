//! An invented API, to hold invented pages to.

use std::sync::LazyLock;

use estoppel_contract::{
    Auth, Authentication, Availability, Basis, Contract, CredentialHeader, Declaration, Direction, Document,
    Endpoint, Error, Invalid, Method, Nothing, Notice, Protocol, Question, Reading, Ruling, Server, Service,
    Setting, Source, Spec, TestValue, Topic, TrailingSlash, Violation, Webhook, WebhookSpec, refusals,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::json;

const NO_SUCH_BOAT: Notice = Notice {
    id: "no-such-boat",
    status: 404,
    message: "Boat not found.",
    when: "No boat has this id.",
    basis: Basis::Documented,
    source: Source::document("boats", "Fetch Boat"),
};

refusals! {
    /// Why a boat is not touched.
    pub(crate) enum BoatRefusal: Invalid {
        /// There is none.
        NoSuchBoat = NO_SUCH_BOAT,
    }
}

/// How a boat is rigged.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Rig {
    /// One mast.
    Sloop,
    /// Two masts.
    Yawl,
}

/// A boat to be created.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NewBoat {
    /// Its name.
    pub name: String,
    /// Its rig.
    pub rig: Option<Rig>,
    /// What it costs.
    pub price: f64,
}

/// A boat.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Boat {
    /// Its id.
    #[serde(rename = "boatId")]
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its oars.
    pub oars: u8,
}

/// Which boat.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BoatPath {
    /// Its id.
    pub boat_id: String,
}

fn page_size() -> u16 {
    20
}

/// Which boats.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BoatQuery {
    /// Boats on a page.
    #[serde(default = "page_size")]
    #[schemars(range(max = 50))]
    pub page_size: u16,
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

/// What happens to boats.
#[derive(Debug)]
pub(crate) struct Event;

impl JsonSchema for Event {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Event".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let event = |kind: &str| {
            json!({
                "type": "object",
                "required": ["type", "boatId"],
                "properties": {
                    "type": {"type": "string", "const": kind},
                    "boatId": {"type": "string"},
                    "depth": {"type": "integer"},
                },
            })
        };
        json_schema!({"oneOf": [event("boat-launched"), event("boat-sunken"), event("boat-painted")]})
    }
}

/// A boat has sunk.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Sunk {
    /// Which boat.
    pub boat_id: String,
    /// How deep, in feet.
    pub depth: Option<u16>,
}

enum BoatSunk {}

impl Webhook for BoatSunk {
    const SPEC: WebhookSpec = WebhookSpec {
        id: "boatSunk",
        summary: "A boat has sunk.",
        description: "",
        group: "Boats",
        event: None,
        request: &["boatId"],
        guaranteed: &["boatId"],
        basis: Basis::Ruled,
        source: Source::document("boats", "Webhook Body"),
    };
    type Payload = Sunk;
}

const fn spec(id: &'static str, method: Method, path: &'static str, status: u16) -> Spec {
    Spec {
        id,
        method,
        path,
        summary: "",
        description: "",
        group: "Boats",
        auth: Auth::None,
        status,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: Source::document("boats", "Boats"),
    }
}

macro_rules! endpoint {
    ($name:ident, $spec:expr, $path:ty, $query:ty, $body:ty, $reply:ty) => {
        enum $name {}
        impl Endpoint for $name {
            const SPEC: Spec = $spec;
            type Path = $path;
            type Query = $query;
            type Body = $body;
            type Reply = $reply;
            type Refusal = BoatRefusal;
        }
    };
}

endpoint!(CreateBoat, spec("createBoat", Method::Post, "/boats", 201), Nothing, Nothing, NewBoat, Boat);
endpoint!(
    FetchBoat,
    spec("fetchBoat", Method::Get, "/boats/{boatId}", 200),
    BoatPath,
    Nothing,
    Nothing,
    Boat
);
endpoint!(ListBoats, spec("listBoats", Method::Get, "/boats", 200), Nothing, BoatQuery, Nothing, Vec<Boat>);
endpoint!(
    SinkBoat,
    Spec {
        availability: Availability::Announced { reading: "sink" },
        ..spec("sinkBoat", Method::Post, "/boats/{boatId}/sink", 200)
    },
    BoatPath,
    Nothing,
    Nothing,
    Boat
);

const fn ruled(id: &'static str, question: Question, about: &'static [Topic]) -> Ruling {
    Ruling { id, question, about, gap: "It is open.", ruling: "It is decided.", reason: "It has to be." }
}

const RULINGS: &[Ruling] = &[
    ruled("R1", Question::Success, &[]),
    ruled("R2", Question::Success, &[Topic::Operation("sinkBoat")]),
    ruled("R3", Question::Required, &[Topic::Field("name"), Topic::Field("rig")]),
    ruled("R4", Question::Required, &[Topic::Field("name"), Topic::Field("price")]),
    ruled("R5", Question::Behaviour, &[Topic::Field("price")]),
    ruled("R6", Question::Form, &[Topic::Field("price")]),
    ruled("R7", Question::Spelling, &[Topic::Documented("two-masted yawl")]),
    ruled("R8", Question::Path, &[]),
];

const SINK: Reading = Reading {
    name: "sink",
    ruling: "R2",
    summary: "Whether boats sink.",
    setting: Setting::Choice(&[("no", "They swim."), ("yes", "They sink.")]),
};

const HARBOUR: CredentialHeader =
    CredentialHeader { name: "Harbour-Id", test_value: "7", description: "Which harbour." };

const SERVICE: Service = Service {
    name: "boats",
    title: "Boats",
    description: "",
    edition: "1",
    servers: &[Server { url: "https://boats.example.com", description: "" }],
    authentication: Authentication::Secret { test_secret: "secret", headers: &[HARBOUR] },
    trailing_slash: TrailingSlash::Significant,
    deliveries: None,
    documents: &[Document { name: "boats", title: "Boats" }],
    rulings: RULINGS,
    readings: &[SINK],
    test_values: &[TestValue { value: "SINK-ME-1", field: "hull", effect: "", shows: "" }],
    protocol,
    error_model: "ErrorBody",
    error,
};

fn protocol(fault: &Protocol) -> Notice {
    let (id, status) = match fault {
        Protocol::Invalid(_) => ("invalid", 400),
        _ => ("failed", 500),
    };
    Notice { id, status, message: "It failed.", ..NO_SUCH_BOAT }
}

fn error(notice: &Notice, _: &[Violation]) -> Error {
    Error { body: json!({"statusCode": notice.status, "message": notice.message}) }
}

static BOATS: LazyLock<Contract> = LazyLock::new(|| {
    Contract::new(SERVICE, Vec::new(), |declaration: &mut Declaration| {
        declaration.operation::<CreateBoat>();
        declaration.operation::<FetchBoat>();
        declaration.operation::<ListBoats>();
        declaration.operation::<SinkBoat>();
        declaration.webhook::<BoatSunk>();
        declaration.model::<Event>(Direction::Reply);
        declaration.model::<ErrorBody>(Direction::Reply);
    })
});

/// The contract of the invented API.
pub(crate) fn contract() -> Contract {
    BOATS.clone()
}
