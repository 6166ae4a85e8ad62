//! LoanPro: the calls of a customer website. Customers, their loans, what it takes to pay them off, payments and
//! autopays.
//!
//! [`api`] is the table of contents. Each operation is one file: its declaration, its models and what it does. What a
//! loan owes is computed from its terms and payments, on the session's clock.

#![expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "every handler has the shape that the table of contents takes"
)]

pub mod autopays;
pub mod customers;
pub mod loans;
pub mod odata;
pub mod payments;
pub mod status_archives;
pub mod wire;

mod autopay_run;
mod errors;
mod examples;
mod fixtures;
mod loanpro;
mod lookup;
mod payment_entry;
mod quote;
mod readings;
mod rulings;
mod seed;
mod servicing;
mod stories;
mod view;

use std::sync::LazyLock;

use estoppel_contract::{
    Authentication, CredentialHeader, Direction, Document, Server, Service, TrailingSlash,
};
use estoppel_simulator::{Api, Simulation};

pub use errors::{ErrorEnvelope, ODataError};
pub use fixtures::fixture_kinds;
pub use loanpro::LoanPro;
pub use quote::normalize_quote;

use autopays::{FetchAutopay, NewAutopay, fetch_autopay::fetch_autopay};
use customers::{
    FetchAddress, FetchCustomer, FetchCustomerNavigation, FetchPaymentAccount, FetchPaymentAccounts,
    FetchPhone, OpenCustomer,
};
use customers::{
    fetch_address::fetch_address, fetch_customer::fetch_customer,
    fetch_customer_navigation::fetch_customer_navigation, fetch_payment_account::fetch_payment_account,
    fetch_payment_accounts::fetch_payment_accounts, fetch_phone::fetch_phone, open_customer::open_customer,
};
use loans::{
    FetchLoan, FetchLoanNavigation, FetchLoanSettings, FetchLoanSetup, FetchLoanSetupById, OpenLoan,
    UpdateLoan,
};
use loans::{
    fetch_loan::fetch_loan, fetch_loan_navigation::fetch_loan_navigation,
    fetch_loan_settings::fetch_loan_settings, fetch_loan_setup::fetch_loan_setup,
    fetch_loan_setup_by_id::fetch_loan_setup_by_id, open_loan::open_loan, update_loan::update_loan,
};
use payments::{
    FetchPayment, FetchTransaction, NewPayment, fetch_payment::fetch_payment,
    fetch_transaction::fetch_transaction,
};
use status_archives::{FetchStatusArchive, ListLoanStatusArchive, ListStatusArchives};
use status_archives::{
    fetch_status_archive::fetch_status_archive, list_loan_status_archive::list_loan_status_archive,
    list_status_archives::list_status_archives,
};

/// The name of the API in commands, paths and folders.
pub(crate) const SERVICE_NAME: &str = "loanpro";

/// What is true of the API as a whole.
const SERVICE: Service = Service {
    name: SERVICE_NAME,
    title: "LoanPro customer website calls",
    description: "For lenders who build their own customer website: customers, their loans, the payoff of the day, \
        payments and autopays, as OData.",
    edition: "2023",
    servers: &[Server {
        url: "https://loanpro.simnang.com/api/public/api/1",
        description: "Every tenant; `Autopal-Instance-ID` tells which",
    }],
    authentication: Authentication::Secret {
        test_secret: loanpro::TEST_TOKEN,
        headers: &[CredentialHeader {
            name: loanpro::INSTANCE_HEADER,
            test_value: loanpro::TEST_INSTANCE,
            description: "The tenant.",
        }],
    },
    trailing_slash: TrailingSlash::Significant,
    deliveries: None,
    documents: &[Document {
        name: "customer-website",
        title: "Creating a Customer Website with the API - Common Calls",
    }],
    rulings: rulings::RULINGS,
    readings: readings::READINGS,
    test_values: &[],
    protocol: errors::protocol_notice,
    error_model: "ErrorEnvelope",
    error: errors::envelope,
};

static API: LazyLock<Api<LoanPro>> = LazyLock::new(api);

/// The API as sessions run it.
pub fn simulation() -> &'static dyn Simulation {
    &*API
}

/// The table of contents: every operation and what it does, in documented order; then the controls.
pub fn api() -> Api<LoanPro> {
    Api::new(SERVICE)
        .operation::<FetchCustomer>(fetch_customer)
        .operation::<FetchCustomerNavigation>(fetch_customer_navigation)
        .operation::<FetchStatusArchive>(fetch_status_archive)
        .operation::<ListStatusArchives>(list_status_archives)
        .operation::<ListLoanStatusArchive>(list_loan_status_archive)
        .operation::<FetchLoan>(fetch_loan)
        .operation::<FetchLoanSetup>(fetch_loan_setup)
        .operation::<FetchLoanNavigation>(fetch_loan_navigation)
        .operation::<FetchPaymentAccounts>(fetch_payment_accounts)
        .operation::<UpdateLoan>(update_loan)
        .operation::<FetchAddress>(fetch_address)
        .operation::<FetchPhone>(fetch_phone)
        .operation::<FetchPaymentAccount>(fetch_payment_account)
        .operation::<FetchLoanSetupById>(fetch_loan_setup_by_id)
        .operation::<FetchLoanSettings>(fetch_loan_settings)
        .operation::<FetchPayment>(fetch_payment)
        .operation::<FetchTransaction>(fetch_transaction)
        .operation::<FetchAutopay>(fetch_autopay)
        .control::<OpenCustomer>(open_customer)
        .control::<OpenLoan>(open_loan)
        .declare(|declaration| {
            declaration.model::<ErrorEnvelope>(Direction::Reply);
            declaration.model::<NewPayment>(Direction::Request);
            declaration.model::<NewAutopay>(Direction::Request);
        })
        .stories(stories::stories)
}
