//! `GET /odata.svc/LoanSetup({id})`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;

use super::LoanSetup;
use crate::{
    errors::EntityRefusal,
    loanpro::{LoanPro, day_of},
    odata::{Data, EntityPath},
    view::View,
};

/// Fetch the terms of a loan by its own id.
#[derive(Debug)]
pub enum FetchLoanSetupById {}

impl Endpoint for FetchLoanSetupById {
    const SPEC: Spec = Spec {
        id: "fetchLoanSetupById",
        method: Method::Get,
        path: "/odata.svc/LoanSetup({id})",
        summary: "Fetch the terms of a loan by its own id.",
        description: "`__metadata.uri` leads here (R126).",
        group: "Loans",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Ruled,
        source: Source::ruling("R126"),
    };
    type Path = EntityPath;
    type Query = Nothing;
    type Body = Nothing;
    type Reply = Data<LoanSetup>;
    type Refusal = EntityRefusal;
}

pub(crate) fn fetch_loan_setup_by_id(
    loanpro: &mut LoanPro,
    call: Call<FetchLoanSetupById>,
) -> Result<Data<LoanSetup>, EntityRefusal> {
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    view.loan_setup_with_id(call.path.id.id()).map(Data::of)
}
