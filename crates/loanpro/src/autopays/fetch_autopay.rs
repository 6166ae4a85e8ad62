//! `GET /odata.svc/Autopays({id})`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;

use super::Autopay;
use crate::{
    errors::EntityRefusal,
    loanpro::{LoanPro, day_of},
    odata::{Data, EntityPath},
    view::View,
};

/// Fetch an autopay by its own id.
#[derive(Debug)]
pub enum FetchAutopay {}

impl Endpoint for FetchAutopay {
    const SPEC: Spec = Spec {
        id: "fetchAutopay",
        method: Method::Get,
        path: "/odata.svc/Autopays({id})",
        summary: "Fetch an autopay by its own id.",
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
    type Reply = Data<Autopay>;
    type Refusal = EntityRefusal;
}

pub(crate) fn fetch_autopay(
    loanpro: &mut LoanPro,
    call: Call<FetchAutopay>,
) -> Result<Data<Autopay>, EntityRefusal> {
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    view.autopay_with_id(call.path.id.id()).map(Data::of)
}
