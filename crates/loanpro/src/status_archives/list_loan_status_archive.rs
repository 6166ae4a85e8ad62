//! `GET /odata.svc/Loans({id})/StatusArchive`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;

use super::{
    ArchiveQuery, StatusArchive, archive_page,
    list_status_archives::{Days, options},
};
use crate::{
    errors::OfLoanRefusal,
    loanpro::{LoanPro, day_of},
    loans::LoanPath,
    odata::{Data, List, next_url},
    view::View,
};

/// List how a loan stood, day by day.
#[derive(Debug)]
pub enum ListLoanStatusArchive {}

impl Endpoint for ListLoanStatusArchive {
    const SPEC: Spec = Spec {
        id: "listLoanStatusArchive",
        method: Method::Get,
        path: "/odata.svc/Loans({id})/StatusArchive",
        summary: "List how a loan stood, day by day.",
        description: "One row for each day from the contract date until today; `$filter` on `date` chooses days (R80).",
        group: "Loans",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Ruled,
        source: Source::ruling("R80"),
    };
    type Path = LoanPath;
    type Query = ArchiveQuery;
    type Body = Nothing;
    type Reply = Data<List<StatusArchive>>;
    type Refusal = OfLoanRefusal;
}

pub(crate) fn list_loan_status_archive(
    loanpro: &mut LoanPro,
    call: Call<ListLoanStatusArchive>,
) -> Result<Data<List<StatusArchive>>, OfLoanRefusal> {
    let days = Days::of(&call.query)?;
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    let loan = loanpro.loan(call.path.id.id())?;
    let page = call.query.page().request();
    Ok(Data::of(archive_page(&view, &[loan], &days, page, |skip| {
        let path = format!("Loans({})/StatusArchive", loan.id);
        next_url(&call.base_url, &path, options(&call.query), skip)
    })))
}
