//! An invented API that tells of sold boats.

use std::{borrow::Cow, time::Duration};

use estoppel_contract::{
    Authentication, Basis, Contract, DeliveryRules, Error, FailureLimit, Notice, Protocol, Service, Signing,
    Source, Success, TrailingSlash, Violation, Webhook, WebhookSpec,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::json;

const SOURCE: Source = Source::document("harbor", "Sales");

/// What became of a sale.
#[derive(Debug, Serialize)]
pub(crate) struct Sale;

impl JsonSchema for Sale {
    fn schema_name() -> Cow<'static, str> {
        "Sale".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "required": ["saleId", "sold"],
            "properties": {
                "lotId": {"type": "string", "format": "uuid"},
                "saleId": {"type": "string", "format": "uuid"},
                "price": {"type": "number"},
                "fee": {"type": "number"},
                "soldAt": {"type": "string", "format": "date-time"},
                "buyer": {"type": "string"},
                "berth": {"type": "object", "properties": {
                    "street": {"type": "string"}, "zipCode": {"type": "string"}}},
                "sold": {"type": "boolean"},
                "soldBy": {"type": "string", "enum": ["auction", "broker"]},
                "oars": {"type": "integer"},
            },
            "examples": [
                {
                    "lotId": "0b7e4a52-6f0d-4d2b-9a55-0f3a5a1f6c11",
                    "saleId": "0b7e4a52-6f0d-4d2b-9a55-0f3a5a1f6c11",
                    "price": 10222.33,
                    "fee": 2.5,
                    "soldAt": "2020-08-22T00:00:00.000Z",
                    "buyer": "Jane Doe",
                    "berth": {"street": "1000 Main Street", "zipCode": "75204"},
                    "sold": true,
                    "soldBy": "auction",
                },
                {
                    "lotId": "0b7e4a52-6f0d-4d2b-9a55-0f3a5a1f6c11",
                    "saleId": "0b7e4a52-6f0d-4d2b-9a55-0f3a5a1f6c11",
                    "sold": false,
                },
            ],
        })
    }
}

enum SaleEnded {}

impl Webhook for SaleEnded {
    const SPEC: WebhookSpec = WebhookSpec {
        id: "saleEnded",
        summary: "A sale has ended.",
        description: "",
        group: "Sales",
        event: None,
        request: &["saleId", "lotId"],
        guaranteed: &["saleId", "sold"],
        basis: Basis::Documented,
        source: SOURCE,
    };
    type Payload = Sale;
}

const SIGNING: Signing = Signing {
    header: "x-harbor-signature",
    separator: ":",
    suffix: &["saleId", "lotId"],
    encoding_reading: None,
    source: Source::ruling("H1"),
};

const SERVICE: Service = Service {
    name: "harbor",
    title: "Harbor",
    description: "",
    edition: "1",
    servers: &[],
    authentication: Authentication::Secret { test_secret: super::KEY, headers: &[] },
    trailing_slash: TrailingSlash::Significant,
    deliveries: None,
    documents: &[],
    rulings: &[],
    readings: &[],
    test_values: &[],
    protocol,
    error_model: "ErrorBody",
    error,
};

fn protocol(_: &Protocol) -> Notice {
    Notice { id: "failed", status: 500, message: "", when: "", basis: Basis::Ruled, source: SOURCE }
}

fn error(notice: &Notice, _: &[Violation]) -> Error {
    Error { body: json!({"status": notice.status}) }
}

const LIMITS: [FailureLimit; 2] =
    [FailureLimit::InARow(5), FailureLimit::Within { failures: 10, span: Duration::from_mins(15) }];

fn contract(success: Success, signing: Option<Signing>) -> Contract {
    let deliveries = Some(DeliveryRules { success, limits: &LIMITS, signing, source: SOURCE });
    Contract::new(Service { deliveries, ..SERVICE }, Vec::new(), |declaration| {
        declaration.webhook::<SaleEnded>();
    })
}

/// The API that signs and wants exactly 200.
pub(crate) fn signed() -> Contract {
    contract(Success::Exactly(200), Some(SIGNING))
}

/// The API that does not sign and takes any success.
pub(crate) fn unsigned() -> Contract {
    contract(Success::Any2xx, None)
}

/// The API that signs, whose identifiers may be any text.
pub(crate) fn unformatted() -> Contract {
    let mut contract = signed();
    for model in &mut contract.models {
        for member in ["saleId", "lotId"] {
            model.schema["properties"][member] = json!({"type": "string"});
        }
    }
    contract
}

/// The API that signs and writes instants as numbers.
pub(crate) fn counting() -> Contract {
    let mut contract = signed();
    for model in contract.models.iter_mut().filter(|model| model.name == "Sale") {
        model.schema["properties"]["soldAt"] = json!({"type": "integer", "x-instant": "epoch-milliseconds"});
        model.schema["examples"][0]["soldAt"] = json!(1_598_054_400_000_i64);
    }
    contract
}

/// The API without webhooks.
pub(crate) fn silent() -> Contract {
    Contract::new(SERVICE, Vec::new(), |_| {})
}
