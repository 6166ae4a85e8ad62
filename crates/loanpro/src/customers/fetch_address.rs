//! `GET /odata.svc/Addresses({id})`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;

use super::Address;
use crate::{
    errors::EntityRefusal,
    loanpro::{LoanPro, day_of},
    odata::{Data, EntityPath},
    view::View,
};

/// Fetch an address by its own id.
#[derive(Debug)]
pub enum FetchAddress {}

impl Endpoint for FetchAddress {
    const SPEC: Spec = Spec {
        id: "fetchAddress",
        method: Method::Get,
        path: "/odata.svc/Addresses({id})",
        summary: "Fetch an address by its own id.",
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
    type Reply = Data<Address>;
    type Refusal = EntityRefusal;
}

pub(crate) fn fetch_address(
    loanpro: &mut LoanPro,
    call: Call<FetchAddress>,
) -> Result<Data<Address>, EntityRefusal> {
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    view.address_with_id(call.path.id.id()).map(Data::of)
}
