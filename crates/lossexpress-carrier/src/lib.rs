//! The LossExpress Carrier API: total-loss claims, their documents, payoff requests and the activity feed.
//!
//! [`api`] is the table of contents. Each operation is one file: its declaration, its models and what it does.

#![expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "every handler has the shape that the table of contents takes"
)]

pub mod activities;
pub mod claims;
pub mod direct_messages;
pub mod documents;
pub mod ids;
pub mod letters_of_guarantee;
pub mod oauth;
pub mod orders;
pub mod payments;
pub mod payoff_requests;
pub mod settlement_counters;

mod carrier;
mod claim_record;
mod errors;
mod examples;
mod feed;
mod fixtures;
mod quote;
mod readings;
mod rulings;
mod stories;
mod test_vins;

use std::sync::LazyLock;

use estoppel_contract::{Authentication, Basis, Direction, Document, Server, Service, Source, TrailingSlash};
use estoppel_simulator::{Api, Simulation};
use estoppel_values::PostalAddress;

pub use carrier::Carrier;
pub use errors::{ErrorEnvelope, Validation, ValidationError};
pub use fixtures::fixture_kinds;
pub use quote::normalize_quote;

use activities::{ActivityType, FetchActivities, TriggerActivity};
use activities::{fetch_activities::fetch_activities, trigger_activity::trigger_activity};
use claims::{CreateClaim, FetchClaim, SearchClaims, UpdateClaim};
use claims::{
    create_claim::create_claim, fetch_claim::fetch_claim, search_claims::search_claims,
    update_claim::update_claim,
};
use direct_messages::{CreateDirectMessage, create_direct_message::create_direct_message};
use documents::{AddDocument, FetchDocument, add_document::add_document, fetch_document::fetch_document};
use letters_of_guarantee::{
    CancelLetterOfGuaranteeRequest, CreateLetterOfGuaranteeRequest,
    cancel_letter_of_guarantee_request::cancel_letter_of_guarantee_request,
    create_letter_of_guarantee_request::create_letter_of_guarantee_request,
};
use oauth::{IssueToken, issue_token::issue_token};
use orders::{CancelOrders, CreateOrders, FetchOrderTypes};
use orders::{
    cancel_orders::cancel_orders, create_orders::create_orders, fetch_order_types::fetch_order_types,
};
use payments::{AcknowledgePaymentSent, acknowledge_payment_sent::acknowledge_payment_sent};
use payoff_requests::{CancelPayoffRequest, CreatePayoffRequest, RefreshPayoffRequest};
use payoff_requests::{
    cancel_payoff_request::cancel_payoff_request, create_payoff_request::create_payoff_request,
    refresh_payoff_request::refresh_payoff_request,
};
use settlement_counters::{AcceptOrDisputeCounter, accept_or_dispute_counter::accept_or_dispute_counter};

/// The name of the API in commands, paths and folders.
pub(crate) const SERVICE_NAME: &str = "carrier";

/// What is true of the API as a whole.
const SERVICE: Service = Service {
    name: SERVICE_NAME,
    title: "LossExpress Carrier API",
    description: "For insurance carriers: open total-loss claims, ask lenders for payoffs and letters of guarantee, \
        and follow what happens in the activity feed.",
    edition: "2022-02",
    servers: &[
        Server { url: "https://xapi.lossexpress.com", description: "Production and testing" },
        Server {
            url: "https://exapi.lossexpress.com",
            description: "The previous name of the same host (R42)",
        },
    ],
    authentication: Authentication::ClientCredentials {
        operation: "issueToken",
        client_id: "clientId",
        secret: "secret",
        token: "access_token",
        test_client_id: oauth::TEST_CLIENT_ID,
        test_secret: oauth::TEST_SECRET,
    },
    trailing_slash: TrailingSlash::Significant,
    deliveries: None,
    documents: &[
        Document { name: "carrier", title: "LossExpress Carrier API" },
        Document { name: "payoff-requests", title: "Payoff requests, an include of the same documentation" },
    ],
    rulings: rulings::RULINGS,
    readings: readings::READINGS,
    test_values: test_vins::TEST_VINS,
    protocol: errors::protocol_notice,
    error_model: "ErrorEnvelope",
    error: errors::envelope,
};

static API: LazyLock<Api<Carrier>> = LazyLock::new(api);

/// The API as sessions run it.
pub fn simulation() -> &'static dyn Simulation {
    &*API
}

/// The table of contents: every operation and what it does, in documented order.
pub fn api() -> Api<Carrier> {
    Api::new(SERVICE)
        .operation::<IssueToken>(issue_token)
        .operation::<FetchActivities>(fetch_activities)
        .operation::<TriggerActivity>(trigger_activity)
        .operation::<FetchClaim>(fetch_claim)
        .operation::<CreateClaim>(create_claim)
        .operation::<UpdateClaim>(update_claim)
        .operation::<SearchClaims>(search_claims)
        .operation::<CreateDirectMessage>(create_direct_message)
        .operation::<AddDocument>(add_document)
        .operation::<CreateLetterOfGuaranteeRequest>(create_letter_of_guarantee_request)
        .operation::<CancelLetterOfGuaranteeRequest>(cancel_letter_of_guarantee_request)
        .operation::<FetchOrderTypes>(fetch_order_types)
        .operation::<CreateOrders>(create_orders)
        .operation::<CancelOrders>(cancel_orders)
        .operation::<AcknowledgePaymentSent>(acknowledge_payment_sent)
        .operation::<CreatePayoffRequest>(create_payoff_request)
        .operation::<CancelPayoffRequest>(cancel_payoff_request)
        .operation::<RefreshPayoffRequest>(refresh_payoff_request)
        .operation::<AcceptOrDisputeCounter>(accept_or_dispute_counter)
        .operation::<FetchDocument>(fetch_document)
        .declare(|declaration| {
            declaration.model::<ErrorEnvelope>(Direction::Reply);
            declaration.model::<ActivityType>(Direction::Reply);
            declaration.source::<ErrorEnvelope>(errors::ERRORS, Basis::Example);
            declaration.source::<Validation>(errors::ERRORS, Basis::Example);
            declaration.source::<ValidationError>(errors::ERRORS, Basis::Example);
            declaration
                .source::<PostalAddress>(Source::document("carrier", "Create Claim"), Basis::Documented);
        })
        .stories(stories::stories)
}
