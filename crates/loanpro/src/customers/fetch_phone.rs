//! `GET /odata.svc/Phones({id})`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;

use super::Phone;
use crate::{
    errors::EntityRefusal,
    loanpro::{LoanPro, day_of},
    odata::{Data, EntityPath},
    view::View,
};

/// Fetch a telephone by its own id.
#[derive(Debug)]
pub enum FetchPhone {}

impl Endpoint for FetchPhone {
    const SPEC: Spec = Spec {
        id: "fetchPhone",
        method: Method::Get,
        path: "/odata.svc/Phones({id})",
        summary: "Fetch a telephone by its own id.",
        description: "`__metadata.uri` leads here (R126).",
        group: "Customers",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Ruled,
        source: Source::ruling("R126"),
    };
    type Path = EntityPath;
    type Query = Nothing;
    type Body = Nothing;
    type Reply = Data<Phone>;
    type Refusal = EntityRefusal;
}

pub(crate) fn fetch_phone(
    loanpro: &mut LoanPro,
    call: Call<FetchPhone>,
) -> Result<Data<Phone>, EntityRefusal> {
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    view.phone_with_id(call.path.id.id()).map(Data::of)
}
