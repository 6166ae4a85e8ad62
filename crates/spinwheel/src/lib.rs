//! Spinwheel: payoff quotes of student loans.
//!
//! [`api`] is the table of contents. Each operation is one file: its declaration, its models and what it does.

#![expect(
    clippy::needless_pass_by_value,
    reason = "every handler has the shape that the table of contents takes"
)]

pub mod controls;
pub mod ids;
pub mod liabilities;
pub mod users;

mod array;
mod cents;
mod epoch;
mod errors;
mod examples;
mod fixtures;
mod invention;
mod quote;
mod readings;
mod rulings;
mod seeds;
mod spinwheel;
mod stories;

use std::sync::LazyLock;

use estoppel_contract::{
    Authentication, Basis, DeliveryRules, Direction, Document, Server, Service, Source, Success,
    TrailingSlash,
};
use estoppel_simulator::{Api, Simulation};
use estoppel_values::PostalAddress;

pub use array::NonEmpty;
pub use epoch::EpochMilliseconds;
pub use errors::{ErrorEnvelope, Status, StatusMessage, StatusMessageType};
pub use fixtures::fixture_kinds;
pub use quote::normalize_quote;
pub use spinwheel::Spinwheel;

use controls::{ChooseOutcome, CreateUser};
use controls::{choose_outcome::choose_outcome, create_user::create_user};
use liabilities::{
    LiabilityGroupPayoffQuoteStatusChange, PollStudentLoansPayoffFetchStatus, TriggerStudentLoansPayoffFetch,
    poll_student_loans_payoff_fetch_status::poll_student_loans_payoff_fetch_status,
    trigger_student_loans_payoff_fetch::trigger_student_loans_payoff_fetch,
};
use users::{GetUser, get_user::get_user};

/// The name of the API in commands, paths and folders.
pub(crate) const SERVICE_NAME: &str = "spinwheel";
/// The secret key of every fresh session.
pub(crate) const TEST_SECRET: &str = "spinwheel-test-key";

/// What is true of the API as a whole.
const SERVICE: Service = Service {
    name: SERVICE_NAME,
    title: "Spinwheel student loan payoff quotes",
    description: "For lenders and financial applications: see which student loans of a user can be quoted, ask for \
        payoff quotes of whole liability groups, and learn by webhook or poll what it takes to pay them off.",
    edition: "undated",
    servers: &[
        Server { url: "https://api.spinwheel.io", description: "Production" },
        Server { url: "https://sandbox-api.spinwheel.io", description: "Sandbox" },
        Server {
            url: "https://secure-api.spinwheel.io",
            description: "Production, the secure variant that some calls need",
        },
        Server {
            url: "https://secure-sandbox-api.spinwheel.io",
            description: "Sandbox, the secure variant that some calls need",
        },
    ],
    authentication: Authentication::Secret { test_secret: TEST_SECRET, headers: &[] },
    trailing_slash: TrailingSlash::Ignored,
    deliveries: Some(DeliveryRules {
        success: Success::Any2xx,
        limits: &[],
        signing: None,
        source: Source::ruling("R72"),
    }),
    documents: &[Document { name: "spinwheel", title: "Student Loan Payoff Quote" }],
    rulings: rulings::RULINGS,
    readings: readings::READINGS,
    test_values: seeds::TEST_VALUES,
    protocol: errors::protocol_notice,
    error_model: "ErrorEnvelope",
    error: errors::envelope,
};

static API: LazyLock<Api<Spinwheel>> = LazyLock::new(api);

/// The API as sessions run it.
pub fn simulation() -> &'static dyn Simulation {
    &*API
}

/// The table of contents: every operation and what it does, in documented order; then what is no part of the contract.
pub fn api() -> Api<Spinwheel> {
    Api::new(SERVICE)
        .operation::<GetUser>(get_user)
        .operation::<TriggerStudentLoansPayoffFetch>(trigger_student_loans_payoff_fetch)
        .operation::<PollStudentLoansPayoffFetchStatus>(poll_student_loans_payoff_fetch_status)
        .webhook::<LiabilityGroupPayoffQuoteStatusChange>()
        .control::<CreateUser>(create_user)
        .control::<ChooseOutcome>(choose_outcome)
        .declare(|declaration| {
            declaration.model::<ErrorEnvelope>(Direction::Reply);
            declaration.source::<PostalAddress>(Source::ruling("R73"), Basis::Ruled);
        })
        .stories(stories::stories)
}
