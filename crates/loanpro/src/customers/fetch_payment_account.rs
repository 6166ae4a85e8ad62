//! `GET /odata.svc/PaymentAccounts({id})`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;

use super::PaymentAccount;
use crate::{
    errors::EntityRefusal,
    loanpro::{LoanPro, day_of},
    odata::{Data, EntityPath},
    view::View,
};

/// Fetch a saved payment profile by its own id.
#[derive(Debug)]
pub enum FetchPaymentAccount {}

impl Endpoint for FetchPaymentAccount {
    const SPEC: Spec = Spec {
        id: "fetchPaymentAccount",
        method: Method::Get,
        path: "/odata.svc/PaymentAccounts({id})",
        summary: "Fetch a saved payment profile by its own id.",
        description: "`__metadata.uri` leads here (R126).",
        group: "Payments",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Ruled,
        source: Source::ruling("R126"),
    };
    type Path = EntityPath;
    type Query = Nothing;
    type Body = Nothing;
    type Reply = Data<PaymentAccount>;
    type Refusal = EntityRefusal;
}

pub(crate) fn fetch_payment_account(
    loanpro: &mut LoanPro,
    call: Call<FetchPaymentAccount>,
) -> Result<Data<PaymentAccount>, EntityRefusal> {
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    view.payment_account_with_id(call.path.id.id()).map(Data::of)
}
