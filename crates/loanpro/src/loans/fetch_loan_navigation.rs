//! `GET /odata.svc/Loans({id})/{navigation}`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec, Words};
use estoppel_simulator::Call;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{LoanNavigation, LoanSettings, LoanSetup};
use crate::{
    autopays::Autopay,
    customers::{Customer, NavigationQuery},
    errors::OfLoanRefusal,
    loanpro::{LoanPro, day_of},
    odata::{Data, EntityKey, List, Paths, next_url, page_of},
    payments::{Payment, Transaction},
    status_archives::{Days, StatusArchive, archive_page},
    view::View,
};

/// Fetch a nested object of a loan.
#[derive(Debug)]
pub enum FetchLoanNavigation {}

impl Endpoint for FetchLoanNavigation {
    const SPEC: Spec = Spec {
        id: "fetchLoanNavigation",
        method: Method::Get,
        path: "/odata.svc/Loans({id})/{navigation}",
        summary: "Fetch a nested object of a loan.",
        description: "Every link under `__deferred` of a loan leads here. Lists have pages (R95).",
        group: "Loans",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: Source::document("customer-website", "Pulling Payment History"),
    };
    type Path = LoanNavigationPath;
    type Query = NavigationQuery;
    type Body = Nothing;
    type Reply = Data<OfLoan>;
    type Refusal = OfLoanRefusal;
}

/// Names a nested object of a loan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LoanNavigationPath {
    /// The loan's id, as `9118` or `id=9118` (R81).
    pub id: EntityKey,
    /// The navigation property.
    pub navigation: LoanNavigation,
}

/// A nested object of a loan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(extend("x-source" = "customer-website: Pulling Payment History", "x-basis" = "inferred"))]
pub enum OfLoan {
    /// The terms.
    LoanSetup(Box<LoanSetup>),
    /// What is switched on and off.
    LoanSettings(Box<LoanSettings>),
    /// Payments.
    Payments(List<Payment>),
    /// Autopays.
    Autopays(List<Autopay>),
    /// Transactions.
    Transactions(List<Transaction>),
    /// Days of the archive.
    StatusArchive(List<StatusArchive>),
    /// Customers.
    Customers(List<Customer>),
}

pub(crate) fn fetch_loan_navigation(
    loanpro: &mut LoanPro,
    call: Call<FetchLoanNavigation>,
) -> Result<Data<OfLoan>, OfLoanRefusal> {
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    let loan = loanpro.loan(call.path.id.id())?;
    let navigation = call.path.navigation;
    let paths = match navigation {
        LoanNavigation::Customers => Paths::of_customer(&call.query.expand)?,
        _ => Paths::of_leaf(&call.query.expand)?,
    };
    let page = call.query.page().request();
    let next = |skip| {
        let path = format!("Loans({})/{}", loan.id, navigation.as_str());
        next_url(&call.base_url, &path, call.query.options(), skip)
    };
    Ok(Data::of(match navigation {
        LoanNavigation::LoanSetup => OfLoan::LoanSetup(Box::new(view.loan_setup(loan))),
        LoanNavigation::LoanSettings => OfLoan::LoanSettings(Box::new(view.loan_settings(loan))),
        LoanNavigation::Payments => OfLoan::Payments(page_of(view.payments(loan).into_iter(), page, next)),
        LoanNavigation::Autopays => OfLoan::Autopays(page_of(view.autopays(loan).into_iter(), page, next)),
        LoanNavigation::Transactions => {
            OfLoan::Transactions(page_of(view.transactions(loan).into_iter(), page, next))
        }
        LoanNavigation::Customers => {
            let customers: Vec<_> =
                view.customers_of(loan).map(|customer| view.customer(customer, &paths)).collect();
            OfLoan::Customers(page_of(customers.into_iter(), page, next))
        }
        LoanNavigation::StatusArchive => {
            OfLoan::StatusArchive(archive_page(&view, &[loan], &Days::default(), page, next))
        }
    }))
}
