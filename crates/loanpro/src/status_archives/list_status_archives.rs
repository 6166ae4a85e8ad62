//! `GET /odata.svc/LoanStatusArchive`

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Invalid, Method, Nothing, Optional, Source, Spec,
};
use estoppel_simulator::Call;
use estoppel_values::Text;
use jiff::civil::Date;

use super::{ArchiveQuery, StatusArchive};
use crate::{
    errors::{fault, member},
    loanpro::{LoanPro, day_of},
    loans::LoanRecord,
    odata::{Data, DayFilter, List, PageRequest, next_url},
    servicing::{days_after, days_between},
    view::View,
};

/// List how loans stood, day by day.
#[derive(Debug)]
pub enum ListStatusArchives {}

impl Endpoint for ListStatusArchives {
    const SPEC: Spec = Spec {
        id: "listStatusArchives",
        method: Method::Get,
        path: "/odata.svc/LoanStatusArchive",
        summary: "List how loans stood, day by day.",
        description: "`$filter=loanId eq 9118 and date ge datetime'2022-05-01'` chooses a loan and days (R80).",
        group: "Loans",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Ruled,
        source: Source::ruling("R80"),
    };
    type Path = Nothing;
    type Query = ArchiveQuery;
    type Body = Nothing;
    type Reply = Data<List<StatusArchive>>;
    type Refusal = Invalid;
}

/// Which days, in which order.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Days {
    filter: DayFilter,
    latest_first: bool,
}

impl Days {
    /// Those that a query asks for.
    pub(crate) fn of(query: &ArchiveQuery) -> Result<Self, Invalid> {
        let filter = DayFilter::parse(query.filter.as_option().map_or("", Text::as_str))
            .map_err(|expected| fault(vec![member("$filter")], "format", expected))?;
        let mut order = query.order.as_option().map_or("", Text::as_str).split_whitespace();
        let latest_first = match (order.next(), order.next(), order.next()) {
            (None, ..) | (Some("date"), None | Some("asc"), None) => false,
            (Some("date"), Some("desc"), None) => true,
            _ => return Err(fault(vec![member("$orderby")], "enum", "`date`, `date asc` or `date desc`")),
        };
        Ok(Self { filter, latest_first })
    }

    /// The first and the last day of a loan, and how many there are.
    fn of_loan(&self, loan: &LoanRecord, today: Date) -> Option<(Date, Date, u64)> {
        if self.filter.nothing || self.filter.loan.is_some_and(|id| id != loan.id) {
            return None;
        }
        let first =
            self.filter.first.map_or(loan.terms.contract_date, |day| day.max(loan.terms.contract_date));
        let last = self.filter.last.map_or(today, |day| day.min(today));
        let count = u64::try_from(days_between(first, last) + 1).ok().filter(|count| *count > 0)?;
        Some((first, last, count))
    }
}

/// A page of the days of these loans: loan by loan, from their contract dates until today. Only its own rows are
/// computed.
pub(crate) fn archive_page(
    view: &View<'_>,
    loans: &[&LoanRecord],
    days: &Days,
    page: PageRequest,
    next: impl FnOnce(u64) -> Text,
) -> List<StatusArchive> {
    let mut results = Vec::new();
    let mut before = page.skip;
    let mut left = page.rows;
    let mut more = false;
    for loan in loans {
        let Some((first, last, count)) = days.of_loan(loan, view.today) else { continue };
        let skipped = before.min(count);
        before -= skipped;
        let shown = left.min(count - skipped);
        left -= shown;
        more |= shown < count - skipped;
        for place in skipped..skipped + shown {
            let place = i64::try_from(place).unwrap_or(i64::MAX);
            let day = if days.latest_first { days_after(last, -place) } else { days_after(first, place) };
            results.push(view.status_archive(loan, day));
        }
    }
    let end = page.skip + (page.rows - left);
    let next = (more && !results.is_empty()).then(|| next(end));
    List { results, next: Optional::from(next) }
}

/// The options of a query besides `$skip`, for the URL of the next page.
pub(crate) fn options(query: &ArchiveQuery) -> Vec<(&'static str, String)> {
    let text = |name, value: &Optional<Text>| value.as_option().map(|text| (name, text.to_string()));
    let own = text("$filter", &query.filter).into_iter().chain(text("$orderby", &query.order));
    own.chain(query.page().options()).collect()
}

pub(crate) fn list_status_archives(
    loanpro: &mut LoanPro,
    call: Call<ListStatusArchives>,
) -> Result<Data<List<StatusArchive>>, Invalid> {
    let days = Days::of(&call.query)?;
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    let loans: Vec<_> = loanpro.loans().collect();
    let page = call.query.page().request();
    Ok(Data::of(archive_page(&view, &loans, &days, page, |skip| {
        next_url(&call.base_url, "LoanStatusArchive", options(&call.query), skip)
    })))
}
