//! `GET /odata.svc/LoanStatusArchive({id})`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;

use super::StatusArchiveData;
use crate::{
    errors::LoanRefusal,
    loanpro::{LoanPro, day_of},
    loans::LoanPath,
    odata::Data,
    view::View,
};

/// Fetch how a loan stands.
#[derive(Debug)]
pub enum FetchStatusArchive {}

impl Endpoint for FetchStatusArchive {
    const SPEC: Spec = Spec {
        id: "fetchStatusArchive",
        method: Method::Get,
        path: "/odata.svc/LoanStatusArchive({id})",
        summary: "Fetch how a loan stands today: payoff, per diem, what is due.",
        description: "Computed from the terms and the payments on the session's clock (R80, R91, R93). It is the payoff quote of this API.",
        group: "Loans",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Example,
        source: Source::document("customer-website", "Loan Info"),
    };
    type Path = LoanPath;
    type Query = Nothing;
    type Body = Nothing;
    type Reply = StatusArchiveData;
    type Refusal = LoanRefusal;
}

pub(crate) fn fetch_status_archive(
    loanpro: &mut LoanPro,
    call: Call<FetchStatusArchive>,
) -> Result<StatusArchiveData, LoanRefusal> {
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    Ok(Data::of(view.status_archive(loanpro.loan(call.path.id.id())?, view.today)))
}
