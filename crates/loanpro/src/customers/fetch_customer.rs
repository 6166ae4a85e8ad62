//! `GET /odata.svc/Customers({id})`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;

use super::{CustomerData, CustomerPath, ExpandQuery};
use crate::{
    errors::OfCustomerRefusal,
    loanpro::{LoanPro, day_of},
    odata::{Data, Paths},
    view::View,
};

/// Fetch a customer.
#[derive(Debug)]
pub enum FetchCustomer {}

impl Endpoint for FetchCustomer {
    const SPEC: Spec = Spec {
        id: "fetchCustomer",
        method: Method::Get,
        path: "/odata.svc/Customers({id})",
        summary: "Fetch a customer, with the nested objects that `$expand` names.",
        description: "A nested object that is not expanded is a link under `__deferred`. Several names stand with commas between them, and `Loans/LoanSetup` leads further (R84, R94).",
        group: "Customers",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Example,
        source: Source::document("customer-website", "Customer Info"),
    };
    type Path = CustomerPath;
    type Query = ExpandQuery;
    type Body = Nothing;
    type Reply = CustomerData;
    type Refusal = OfCustomerRefusal;
}

pub(crate) fn fetch_customer(
    loanpro: &mut LoanPro,
    call: Call<FetchCustomer>,
) -> Result<CustomerData, OfCustomerRefusal> {
    let paths = Paths::of_customer(&call.query.expand)?;
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    let customer = loanpro.customer(call.path.id.id())?;
    Ok(Data::of(view.customer(customer, &paths)))
}
