//! `GET /odata.svc/Loans({id})/LoanSetup`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;

use super::{LoanPath, LoanSetupData};
use crate::{
    errors::LoanRefusal,
    loanpro::{LoanPro, day_of},
    odata::Data,
    view::View,
};

/// Fetch the terms of a loan.
#[derive(Debug)]
pub enum FetchLoanSetup {}

impl Endpoint for FetchLoanSetup {
    const SPEC: Spec = Spec {
        id: "fetchLoanSetup",
        method: Method::Get,
        path: "/odata.svc/Loans({id})/LoanSetup",
        summary: "Fetch the terms of a loan.",
        description: "The terms and nothing around them. The schedule and the annual percentage rate follow from them (R92).",
        group: "Loans",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: Source::document("customer-website", "Loan Info"),
    };
    type Path = LoanPath;
    type Query = Nothing;
    type Body = Nothing;
    type Reply = LoanSetupData;
    type Refusal = LoanRefusal;
}

pub(crate) fn fetch_loan_setup(
    loanpro: &mut LoanPro,
    call: Call<FetchLoanSetup>,
) -> Result<LoanSetupData, LoanRefusal> {
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    Ok(Data::of(view.loan_setup(loanpro.loan(call.path.id.id())?)))
}
