//! `GET /odata.svc/Customers({id})/PaymentAccounts`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;

use super::{CustomerPath, PaymentAccount};
use crate::{
    errors::CustomerRefusal,
    loanpro::{LoanPro, day_of},
    odata::{Data, List, PageQuery, next_url, page_of},
    view::View,
};

/// Fetch the saved payment profiles of a customer.
#[derive(Debug)]
pub enum FetchPaymentAccounts {}

impl Endpoint for FetchPaymentAccounts {
    const SPEC: Spec = Spec {
        id: "fetchPaymentAccounts",
        method: Method::Get,
        path: "/odata.svc/Customers({id})/PaymentAccounts",
        summary: "Fetch the saved payment profiles of a customer.",
        description: "Their names, ids, status and types; no number of an account or card.",
        group: "Payments",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: Source::document("customer-website", "Pulling Payment Profiles"),
    };
    type Path = CustomerPath;
    type Query = PageQuery;
    type Body = Nothing;
    type Reply = Data<List<PaymentAccount>>;
    type Refusal = CustomerRefusal;
}

pub(crate) fn fetch_payment_accounts(
    loanpro: &mut LoanPro,
    call: Call<FetchPaymentAccounts>,
) -> Result<Data<List<PaymentAccount>>, CustomerRefusal> {
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    let customer = loanpro.customer(call.path.id.id())?;
    let accounts = view.payment_accounts(customer).into_iter();
    Ok(Data::of(page_of(accounts, call.query.request(), |skip| {
        let path = format!("Customers({})/PaymentAccounts", customer.id);
        next_url(&call.base_url, &path, call.query.options(), skip)
    })))
}
