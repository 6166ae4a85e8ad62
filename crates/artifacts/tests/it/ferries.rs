//! An invented API: signed webhooks, a further credential header, a base with a path, replies in envelopes, and
//! parameters with dollar signs.

use estoppel_contract::{
    Auth, Authentication, Availability, Basis, Contract, CredentialHeader, Declaration, DeliveryRules,
    Direction, Document, Endpoint, Error, FailureLimit, Invalid, Method, Nothing, Notice, Optional, Protocol,
    Server, Service, Signing, Source, Spec, Success, TrailingSlash, Violation, Webhook, WebhookSpec,
    refusals,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

const NO_SUCH_FERRY: Notice = Notice {
    id: "no-such-ferry",
    status: 404,
    message: "Ferry not found.",
    when: "No ferry has this number.",
    basis: Basis::Documented,
    source: Source::document("ferries", "Fetch Cabins"),
};

refusals! {
    /// Why nothing is fetched or booked.
    pub(crate) enum FerryRefusal: Invalid {
        /// There is none.
        NoSuchFerry = NO_SUCH_FERRY,
    }
}

/// Which ferry.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct FerryPath {
    /// Its number.
    pub id: u32,
}

/// What to show with it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct CabinQuery {
    /// What is shown in full, separated by commas.
    #[serde(rename = "$expand", default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(example = "Beds,Deck & Lounge")]
    pub expand: Optional<String>,
}

/// The envelope of the cabins.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(example = json!({"d": {"id": 7, "cabins": ["Captain's"]}}))]
pub(crate) struct CabinsEnvelope {
    /// What is inside.
    pub d: Cabins,
}

/// The cabins of a ferry.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Cabins {
    /// The ferry's number.
    pub id: u32,
    /// Their names.
    pub cabins: Vec<String>,
}

/// A booking to be made.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(example = json!({"name": "O'Hara"}))]
pub(crate) struct NewBooking {
    /// Who travels.
    pub name: String,
}

/// A booking that is made.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(example = json!({"bookingId": "b-1"}))]
pub(crate) struct BookingMade {
    /// Its id.
    pub booking_id: String,
}

/// What becomes of a booking.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(example = json!({"bookingId": "b-1", "confirmed": true, "price": 10.5, "ticket": {"deck": "Captain's"}, "remark": null}))]
#[schemars(example = json!({"bookingId": "b-2", "confirmed": false}))]
pub(crate) struct BookingResult {
    /// The booking.
    pub booking_id: String,
    /// Whether there is room.
    pub confirmed: bool,
    /// What it costs.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub price: Optional<f64>,
    /// The ticket.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub ticket: Optional<Ticket>,
    /// What was said about it; null where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// A ticket.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Ticket {
    /// The deck.
    pub deck: String,
}

/// The body of a refusal.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(example = json!({"statusCode": 404, "message": "No such claim."}))]
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
        summary: "It does what its name says.",
        description: "",
        group: "Ferries",
        auth: Auth::Bearer,
        status,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: Source::document("ferries", "Ferries"),
    }
}

enum FetchCabins {}

impl Endpoint for FetchCabins {
    const SPEC: Spec = spec("fetchCabins", Method::Get, "/odata.svc/Ferries({id})/Cabins", 200);
    type Path = FerryPath;
    type Query = CabinQuery;
    type Body = Nothing;
    type Reply = CabinsEnvelope;
    type Refusal = FerryRefusal;
}

enum MakeBooking {}

impl Endpoint for MakeBooking {
    const SPEC: Spec = spec("makeBooking", Method::Post, "/bookings", 201);
    type Path = Nothing;
    type Query = Nothing;
    type Body = NewBooking;
    type Reply = BookingMade;
    type Refusal = FerryRefusal;
}

enum BookingWebhook {}

impl Webhook for BookingWebhook {
    const SPEC: WebhookSpec = WebhookSpec {
        id: "bookingResult",
        summary: "Whether there is room.",
        description: "It is sent once the harbour has answered.",
        group: "Webhooks",
        event: None,
        request: &["bookingId"],
        guaranteed: GUARANTEED,
        basis: Basis::Documented,
        source: Source::document("ferries", "Booking Result"),
    };
    type Payload = BookingResult;
}

const GUARANTEED: &[&str] = &["bookingId", "confirmed"];

/// A webhook that promises more than the type of its body.
pub(crate) enum Boastful {}

impl Webhook for Boastful {
    const SPEC: WebhookSpec =
        WebhookSpec { guaranteed: &["bookingId", "confirmed", "ticket.deck"], ..BookingWebhook::SPEC };
    type Payload = BookingResult;
}

pub(crate) const SIGNING: Signing = Signing {
    header: "x-ferry-signature",
    separator: ":",
    suffix: &["bookingId"],
    encoding_reading: None,
    source: Source::document("ferries", "Signatures"),
};

/// The secret of every fresh session.
pub(crate) const TEST_SECRET: &str = "ferry-test-key";

const SERVICE: Service = Service {
    name: "ferries",
    title: "Ferries",
    description: "Ferries and their cabins.",
    edition: "1",
    servers: &[Server { url: "https://ferries.example.com/api/1", description: "Production" }],
    authentication: Authentication::Secret {
        test_secret: TEST_SECRET,
        headers: &[CredentialHeader {
            name: "Harbour-Id",
            test_value: "1",
            description: "The harbour that the caller belongs to.",
        }],
    },
    trailing_slash: TrailingSlash::Ignored,
    deliveries: Some(DeliveryRules {
        success: Success::Exactly(200),
        limits: &[
            FailureLimit::InARow(5),
            FailureLimit::Within { failures: 10, span: std::time::Duration::from_mins(15) },
        ],
        signing: Some(SIGNING),
        source: Source::document("ferries", "Webhooks"),
    }),
    documents: &[Document { name: "ferries", title: "Ferries" }],
    rulings: &[],
    readings: &[],
    test_values: &[],
    protocol,
    error_model: "ErrorBody",
    error,
};

fn protocol(fault: &Protocol) -> Notice {
    let (id, status) = match fault {
        Protocol::Invalid(_) | Protocol::MalformedBody => ("invalid", 400),
        Protocol::UnknownRoute => ("unknown-route", 404),
        Protocol::MethodNotAllowed => ("method-not-allowed", 405),
        Protocol::Unauthorized | Protocol::CredentialExpired => ("unauthorized", 401),
        Protocol::NotAcceptable => ("not-acceptable", 406),
        Protocol::BodyTooLarge => ("body-too-large", 413),
        Protocol::UnsupportedMediaType => ("unsupported-media-type", 415),
        Protocol::Internal => ("internal", 500),
    };
    Notice { id, status, message: "It failed.", when: "The call cannot be served.", ..NO_SUCH_FERRY }
}

fn error(notice: &Notice, _: &[Violation]) -> Error {
    Error { body: json!({"statusCode": notice.status, "message": notice.message}) }
}

/// The contract with the webhook `W`.
pub(crate) fn contract_with<W: Webhook>() -> Contract {
    Contract::new(SERVICE, Vec::new(), |declaration: &mut Declaration| {
        declaration.operation::<FetchCabins>();
        declaration.operation::<MakeBooking>();
        declaration.webhook::<W>();
        declaration.model::<ErrorBody>(Direction::Reply);
    })
}

/// The contract of the invented API.
pub(crate) fn contract() -> Contract {
    contract_with::<BookingWebhook>()
}

/// A generated file of the invented API.
pub(crate) fn file(name: &str) -> String {
    estoppel_artifacts::files(&contract()).unwrap().remove(&format!("ferries/{name}")).unwrap()
}
