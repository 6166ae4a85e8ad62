//! `GET /odata.svc/Transactions({id})`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;

use super::Transaction;
use crate::{
    errors::EntityRefusal,
    loanpro::{LoanPro, day_of},
    odata::{Data, EntityPath},
    view::View,
};

/// Fetch a transaction by its own id.
#[derive(Debug)]
pub enum FetchTransaction {}

impl Endpoint for FetchTransaction {
    const SPEC: Spec = Spec {
        id: "fetchTransaction",
        method: Method::Get,
        path: "/odata.svc/Transactions({id})",
        summary: "Fetch a transaction by its own id.",
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
    type Reply = Data<Transaction>;
    type Refusal = EntityRefusal;
}

pub(crate) fn fetch_transaction(
    loanpro: &mut LoanPro,
    call: Call<FetchTransaction>,
) -> Result<Data<Transaction>, EntityRefusal> {
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    view.transaction_with_id(call.path.id.id()).map(Data::of)
}
