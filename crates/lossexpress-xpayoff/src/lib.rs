//! The LossExpress xPayoff API: lender search, payoff requests, and the webhook that brings their results.
//!
//! [`api`] is the table of contents. Each operation is one file: its declaration, its models and what it does.

#![expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "every handler has the shape that the table of contents takes"
)]

pub mod controls;
pub mod ids;
pub mod lenders;
pub mod payoffs;
pub mod results;

mod errors;
mod examples;
mod fixtures;
mod quote;
mod readings;
mod rulings;
mod stories;
mod test_vins;
mod xpayoff;

use std::{sync::LazyLock, time::Duration};

use estoppel_contract::{
    Authentication, Basis, DeliveryRules, Direction, Document, FailureLimit, Server, Service, Signing,
    Source, Success, TrailingSlash,
};
use estoppel_simulator::{Api, Simulation};

pub use errors::{ErrorEnvelope, Validation, ValidationError};
pub use fixtures::fixture_kinds;
pub use quote::normalize_quote;
pub use xpayoff::XPayoff;

use controls::{
    DeliverResult, FetchPayoffRequest, deliver_result::deliver_result,
    fetch_payoff_request::fetch_payoff_request,
};
use lenders::{SearchLenders, search_lenders::search_lenders};
use payoffs::{
    CancelPayoffRequest, CreatePayoffRequest, cancel_payoff_request::cancel_payoff_request,
    create_payoff_request::create_payoff_request,
};
use results::{FailureMessage, PayoffResult};

/// The name of the API in commands, paths and folders.
pub(crate) const SERVICE_NAME: &str = "xpayoff";

/// The API key of every fresh session. It proves who calls, and it signs webhooks.
pub(crate) const TEST_SECRET: &str = "xpayoff-test-key";

/// What is true of the API as a whole.
const SERVICE: Service = Service {
    name: SERVICE_NAME,
    title: "LossExpress xPayoff API",
    description: "For whoever acts on a vehicle loan's payoff: find the lender, ask for the payoff, and receive the \
        result by webhook.",
    edition: "2022-05",
    servers: &[
        Server { url: "https://xpayoff-api.lossexpress.com", description: "Production" },
        Server { url: "https://xpayoff-api-dev.lossexpress.com", description: "Development" },
    ],
    authentication: Authentication::Secret { test_secret: TEST_SECRET, headers: &[] },
    trailing_slash: TrailingSlash::Significant,
    deliveries: Some(DELIVERIES),
    documents: &[Document { name: "xpayoff", title: "LossExpress xPayoff API, with its three includes" }],
    rulings: rulings::RULINGS,
    readings: readings::READINGS,
    test_values: test_vins::TEST_VINS,
    protocol: errors::protocol_notice,
    error_model: "ErrorEnvelope",
    error: errors::envelope,
};

/// How webhooks are sent, signed and judged.
const DELIVERIES: DeliveryRules = DeliveryRules {
    success: Success::Exactly(200),
    limits: &[FailureLimit::InARow(5), FailureLimit::Within { failures: 10, span: Duration::from_mins(15) }],
    signing: Some(Signing {
        header: "x-lossexpress-signature",
        separator: ":",
        suffix: &["payoffId", "packetId"],
        encoding_reading: Some(readings::SIGNATURE_ENCODING.name),
        source: Source::document("xpayoff", "Signed Request"),
    }),
    source: Source::document("xpayoff", "General Information"),
};

static API: LazyLock<Api<XPayoff>> = LazyLock::new(api);

/// The API as sessions run it.
pub fn simulation() -> &'static dyn Simulation {
    &*API
}

/// The table of contents: every operation and what it does, in documented order, its webhook, and its controls.
pub fn api() -> Api<XPayoff> {
    Api::new(SERVICE)
        .operation::<SearchLenders>(search_lenders)
        .operation::<CreatePayoffRequest>(create_payoff_request)
        .operation::<CancelPayoffRequest>(cancel_payoff_request)
        .webhook::<PayoffResult>()
        .control::<DeliverResult>(deliver_result)
        .control::<FetchPayoffRequest>(fetch_payoff_request)
        .declare(|declaration| {
            declaration.model::<ErrorEnvelope>(Direction::Reply);
            declaration.model::<FailureMessage>(Direction::Reply);
            declaration.source::<ErrorEnvelope>(errors::ERRORS, Basis::Example);
            declaration.source::<Validation>(errors::ERRORS, Basis::Example);
            declaration.source::<ValidationError>(errors::ERRORS, Basis::Example);
        })
        .stories(stories::stories)
}
