//! `GET /odata.svc/Customers({id})/{navigation}`

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Method, Nothing, Optional, Source, Spec, Words,
};
use estoppel_simulator::Call;
use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Address, CustomerNavigation, PaymentAccount, Phone, customer::Undescribed};
use crate::{
    errors::OfCustomerRefusal,
    loanpro::{LoanPro, day_of},
    loans::Loan,
    odata::{Count, Data, EntityKey, Expand, List, PageQuery, Paths, next_url, page_of},
    view::View,
};

/// Fetch a nested object of a customer.
#[derive(Debug)]
pub enum FetchCustomerNavigation {}

impl Endpoint for FetchCustomerNavigation {
    const SPEC: Spec = Spec {
        id: "fetchCustomerNavigation",
        method: Method::Get,
        path: "/odata.svc/Customers({id})/{navigation}",
        summary: "Fetch a nested object of a customer.",
        description: "Every link under `__deferred` of a customer leads here. A list has pages (R95); an entity that is not there is null (R96).",
        group: "Customers",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Inferred,
        source: Source::document("customer-website", "Customer Info"),
    };
    type Path = CustomerNavigationPath;
    type Query = NavigationQuery;
    type Body = Nothing;
    type Reply = Data<OfCustomer>;
    type Refusal = OfCustomerRefusal;
}

/// Names a nested object of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CustomerNavigationPath {
    /// The customer's id, as `751` or `id=751` (R81).
    pub id: EntityKey,
    /// The navigation property.
    pub navigation: CustomerNavigation,
}

/// Which rows of a nested list, and what comes along with them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "R95", "x-basis" = "ruled"))]
pub struct NavigationQuery {
    /// Names of navigation properties of the rows (R94).
    #[serde(rename = "$expand", default)]
    pub expand: Expand,
    /// Rows of the page: 50 unless it is given. A page that would be longer is cut (R95).
    #[serde(rename = "$top", default, skip_serializing_if = "Optional::is_absent")]
    pub top: Optional<Count>,
    /// Rows before the page.
    #[serde(rename = "$skip", default, skip_serializing_if = "Optional::is_absent")]
    pub skip: Optional<Count>,
    /// Without a value: as many rows as a page can hold.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub nopaging: Optional<Text>,
}

impl NavigationQuery {
    /// Which rows it asks for.
    pub(crate) fn page(&self) -> PageQuery {
        PageQuery { top: self.top, skip: self.skip, nopaging: self.nopaging.clone() }
    }

    /// Its options besides `$skip`, for the URL of the next page.
    pub(crate) fn options(&self) -> Vec<(&'static str, String)> {
        let expand = self.expand.as_str();
        let expand = (!expand.is_empty()).then(|| ("$expand", expand.to_owned()));
        expand.into_iter().chain(self.page().options()).collect()
    }
}

/// A nested object of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(extend("x-source" = "customer-website: Customer Info", "x-basis" = "inferred"))]
pub enum OfCustomer {
    /// An address.
    Address(Box<Address>),
    /// Telephones.
    Phones(List<Phone>),
    /// Payment profiles.
    PaymentAccounts(List<PaymentAccount>),
    /// Loans.
    Loans(List<Loan>),
    /// A list of what the document does not describe.
    Others(List<Undescribed>),
    /// An entity that is not there.
    Nothing(()),
}

pub(crate) fn fetch_customer_navigation(
    loanpro: &mut LoanPro,
    call: Call<FetchCustomerNavigation>,
) -> Result<Data<OfCustomer>, OfCustomerRefusal> {
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    let customer = loanpro.customer(call.path.id.id())?;
    let navigation = call.path.navigation;
    let paths = match navigation {
        CustomerNavigation::Loans => Paths::of_loan(&call.query.expand)?,
        _ => Paths::of_leaf(&call.query.expand)?,
    };
    let page = call.query.page().request();
    let next = |skip| {
        let path = format!("Customers({})/{}", customer.id, navigation.as_str());
        next_url(&call.base_url, &path, call.query.options(), skip)
    };
    Ok(Data::of(match navigation {
        CustomerNavigation::PrimaryAddress | CustomerNavigation::MailAddress => {
            OfCustomer::Address(Box::new(view.address(customer)))
        }
        CustomerNavigation::Phones => {
            OfCustomer::Phones(page_of(view.phones(customer).into_iter(), page, next))
        }
        CustomerNavigation::PaymentAccounts => {
            OfCustomer::PaymentAccounts(page_of(view.payment_accounts(customer).into_iter(), page, next))
        }
        CustomerNavigation::Loans => {
            let records: Vec<_> = loanpro.loans_of(customer).collect();
            let loans = records.into_iter().map(|loan| view.loan(loan, &paths));
            OfCustomer::Loans(page_of(loans, page, next))
        }
        CustomerNavigation::Employer | CustomerNavigation::CreditScore => OfCustomer::Nothing(()),
        CustomerNavigation::References
        | CustomerNavigation::CustomFieldValues
        | CustomerNavigation::Documents
        | CustomerNavigation::LineOfCredits
        | CustomerNavigation::SocialProfiles
        | CustomerNavigation::Notes => {
            OfCustomer::Others(List { results: Vec::new(), next: Optional::Absent })
        }
    }))
}
