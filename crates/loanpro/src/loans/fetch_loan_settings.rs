//! `GET /odata.svc/LoanSettings({id})`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;

use super::LoanSettings;
use crate::{
    errors::EntityRefusal,
    loanpro::{LoanPro, day_of},
    odata::{Data, EntityPath},
    view::View,
};

/// Fetch what is switched on and off for a loan by its own id.
#[derive(Debug)]
pub enum FetchLoanSettings {}

impl Endpoint for FetchLoanSettings {
    const SPEC: Spec = Spec {
        id: "fetchLoanSettings",
        method: Method::Get,
        path: "/odata.svc/LoanSettings({id})",
        summary: "Fetch what is switched on and off for a loan by its own id.",
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
    type Reply = Data<LoanSettings>;
    type Refusal = EntityRefusal;
}

pub(crate) fn fetch_loan_settings(
    loanpro: &mut LoanPro,
    call: Call<FetchLoanSettings>,
) -> Result<Data<LoanSettings>, EntityRefusal> {
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    view.loan_settings_with_id(call.path.id.id()).map(Data::of)
}
