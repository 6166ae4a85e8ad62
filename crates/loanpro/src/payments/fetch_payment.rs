//! `GET /odata.svc/Payments({id})`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;

use super::Payment;
use crate::{
    errors::EntityRefusal,
    loanpro::{LoanPro, day_of},
    odata::{Data, EntityPath},
    view::View,
};

/// Fetch a payment by its own id.
#[derive(Debug)]
pub enum FetchPayment {}

impl Endpoint for FetchPayment {
    const SPEC: Spec = Spec {
        id: "fetchPayment",
        method: Method::Get,
        path: "/odata.svc/Payments({id})",
        summary: "Fetch a payment by its own id.",
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
    type Reply = Data<Payment>;
    type Refusal = EntityRefusal;
}

pub(crate) fn fetch_payment(
    loanpro: &mut LoanPro,
    call: Call<FetchPayment>,
) -> Result<Data<Payment>, EntityRefusal> {
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    view.payment_with_id(call.path.id.id()).map(Data::of)
}
