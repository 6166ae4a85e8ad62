//! `GET /odata.svc/Loans({id})`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;

use super::{LoanData, LoanPath};
use crate::{
    customers::ExpandQuery,
    errors::OfLoanRefusal,
    loanpro::{LoanPro, day_of},
    odata::{Data, Paths},
    view::View,
};

/// Fetch a loan.
#[derive(Debug)]
pub enum FetchLoan {}

impl Endpoint for FetchLoan {
    const SPEC: Spec = Spec {
        id: "fetchLoan",
        method: Method::Get,
        path: "/odata.svc/Loans({id})",
        summary: "Fetch a loan, with the nested objects that `$expand` names.",
        description: "`$expand=LoanSetup` brings the terms, `$expand=Autopays,Transactions,Payments` the history.",
        group: "Loans",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: Source::document("customer-website", "Loan Info"),
    };
    type Path = LoanPath;
    type Query = ExpandQuery;
    type Body = Nothing;
    type Reply = LoanData;
    type Refusal = OfLoanRefusal;
}

pub(crate) fn fetch_loan(loanpro: &mut LoanPro, call: Call<FetchLoan>) -> Result<LoanData, OfLoanRefusal> {
    let paths = Paths::of_loan(&call.query.expand)?;
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    let loan = loanpro.loan(call.path.id.id())?;
    Ok(Data::of(view.loan(loan, &paths)))
}
