//! `GET /activities`

use std::sync::Arc;

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Invalid, Method, Nothing, Optional, Source, Spec, Words, refusals,
};
use estoppel_simulator::Call;
use estoppel_values::{Integer, Text, Timestamp};
use jiff::{SignedDuration, ToSpan};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Activity, ActivityType};
use crate::{
    carrier::Carrier,
    errors::fault,
    ids::{ActivityId, ClaimId},
    readings::PageSizes,
};

/// Fetch a page of the feed.
#[derive(Debug)]
pub enum FetchActivities {}

impl Endpoint for FetchActivities {
    const SPEC: Spec = Spec {
        id: "fetchActivities",
        method: Method::Get,
        path: "/activities",
        summary: "Fetch a page of the activity feed.",
        description: "Without parameters it shows the last 30 minutes, oldest first. Both bounds are exclusive (R28). \
            `requestUrl` carries the bounds that were used, so that it replays the request. Give `activityId` to go on \
            from an activity, that one included; it cannot be combined with `createdBefore` (R30).",
        group: "Activity Feed",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: Source::document("carrier", "Fetch Activities"),
    };
    type Path = Nothing;
    type Query = FetchActivitiesQuery;
    type Body = Nothing;
    type Reply = ActivityPage;
    type Refusal = FetchActivitiesRefusal;
}

/// Which part of the feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FetchActivitiesQuery {
    /// A comma-separated list of types; all of them unless it is given.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub types: Optional<Text>,
    /// Only activities before this instant; just after the current time unless it is given (R25).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub created_before: Optional<Timestamp>,
    /// Only activities after this instant; 30 minutes before `createdBefore` unless it is given (R25).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub created_after: Optional<Timestamp>,
    /// Activities on a page, 1 to 500; 100 unless it is given (R31).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("default" = 100))]
    pub page_size: Optional<Integer>,
    /// The page, from zero; zero unless it is given.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("default" = 0))]
    pub page_number: Optional<Integer>,
    /// Only activities of this claim.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub claim_id: Optional<ClaimId>,
    /// This activity and those after it (R29).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub activity_id: Optional<ActivityId>,
}

const PAGE_SIZE_DEFAULT: i64 = 100;
const PAGE_SIZE_MAX: i64 = 500;

refusals! {
    /// Why no page is fetched.
    pub enum FetchActivitiesRefusal: Invalid {
        /// No activity has the id in `activityId`.
        NoSuchActivity = estoppel_contract::Notice {
            id: "no-such-activity",
            status: 404,
            message: "Activity not found.",
            when: "No activity has the id given in `activityId`.",
            basis: Basis::Ruled,
            source: Source::ruling("R29"),
        },
    }
}

/// A page of the feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "carrier: Fetch Activities", "x-basis" = "example"),
    example = json!({
        "requestUrl": "https://xapi.lossexpress.com/activities?createdBefore=2021-01-08T22:03:09.598Z&createdAfter=2021-01-08T21:33:09.598Z",
        "results": super::examples::examples(ActivityType::DirectMessageAdded),
        "pagination": {"pageSize": 100, "page": 0, "totalPages": 1, "totalResults": 2},
    }),
)]
pub struct ActivityPage {
    /// A URL that replays this request: with the bounds that were used (R26). From `activityId` on there is no upper one.
    #[schemars(extend("format" = "uri"))]
    pub request_url: String,
    /// The activities, oldest first (R27).
    pub results: Vec<Arc<Activity>>,
    /// Where the page stands.
    pub pagination: Pagination,
}

/// Where a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: Fetch Activities", "x-basis" = "example"))]
pub struct Pagination {
    /// Activities on a page.
    pub page_size: Integer,
    /// This page, from zero.
    pub page: Integer,
    /// Pages in all.
    pub total_pages: Integer,
    /// Activities in all.
    pub total_results: Integer,
}

/// A checked query.
struct Window {
    types: Option<Vec<ActivityType>>,
    before: Option<Timestamp>,
    after: Option<Timestamp>,
    page_size: usize,
    page_number: usize,
}

impl FetchActivitiesQuery {
    fn window(&self, now: Timestamp, page_sizes: PageSizes) -> Result<Window, Invalid> {
        let mut faults = Vec::new();
        if self.activity_id.is_present() && self.created_before.is_present() {
            faults.push(fault("createdBefore", "oneOf", "absent where activityId is given"));
        }
        let types =
            collected(self.types.as_option().map(|types| listed_types(types)).transpose(), &mut faults);
        let page_size = collected(self.size_of_page(page_sizes), &mut faults);
        let page_number = usize::try_from(self.page_number.unwrap_or_default().get())
            .map_err(|_| fault("pageNumber", "minimum", "at least 0"));
        let page_number = collected(page_number, &mut faults);
        if !faults.is_empty() {
            return Err(Invalid(faults.into_iter().flat_map(|Invalid(faults)| faults).collect()));
        }
        // The current time itself is inside: what has just happened is already in the feed.
        let just_after_now = now.instant().checked_add(1.millisecond()).map_or(now, Timestamp::from_instant);
        let before = match self.activity_id {
            Optional::Present(_) => None,
            Optional::Absent => Some(self.created_before.unwrap_or(just_after_now)),
        };
        let half_an_hour = SignedDuration::from_mins(30);
        let half_an_hour_before = before
            .and_then(|before| before.instant().checked_sub(half_an_hour).ok())
            .map(Timestamp::from_instant);
        Ok(Window {
            types,
            before,
            after: self.created_after.into_option().or(half_an_hour_before),
            page_size,
            page_number,
        })
    }

    fn size_of_page(&self, page_sizes: PageSizes) -> Result<usize, Invalid> {
        let asked = self.page_size.as_option().map_or(PAGE_SIZE_DEFAULT, |size| size.get());
        let size = match page_sizes {
            PageSizes::Refused if asked < 1 => return Err(fault("pageSize", "minimum", "at least 1")),
            PageSizes::Refused if asked > PAGE_SIZE_MAX => {
                return Err(fault("pageSize", "maximum", "at most 500"));
            }
            PageSizes::Refused | PageSizes::Clamped => asked.clamp(1, PAGE_SIZE_MAX),
        };
        usize::try_from(size).map_err(|_| fault("pageSize", "minimum", "at least 1"))
    }

    /// The query that gives the same page again.
    fn replay(&self, window: &Window) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        let mut pair = |name, value: Option<String>| pairs.extend(value.map(|value| (name, value)));
        pair("createdBefore", window.before.map(|at| at.to_string()));
        pair("createdAfter", window.after.map(|at| at.to_string()));
        pair("types", window.types.as_ref().map(|types| written_types(types)));
        pair("claimId", self.claim_id.as_option().map(ToString::to_string));
        pair("activityId", self.activity_id.as_option().map(ToString::to_string));
        pair("pageSize", self.page_size.as_option().map(|_| window.page_size.to_string()));
        pair("pageNumber", self.page_number.as_option().map(|_| window.page_number.to_string()));
        pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }
}

/// The list as a URL holds it: without the blanks that a caller may have put in.
fn written_types(types: &[ActivityType]) -> String {
    types.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(",")
}

/// The value, or its default beside the fault.
fn collected<T: Default>(checked: Result<T, Invalid>, faults: &mut Vec<Invalid>) -> T {
    checked.unwrap_or_else(|fault| {
        faults.push(fault);
        T::default()
    })
}

fn listed_types(types: &str) -> Result<Vec<ActivityType>, Invalid> {
    let words = types.split(',').map(str::trim).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let shown: String = word.chars().take(64).collect();
            ActivityType::from_word(word).ok_or_else(|| {
                fault("types", "items", format!("a list of activity types, without \"{shown}\""))
            })
        })
        .collect()
}

pub(crate) fn fetch_activities(
    carrier: &mut Carrier,
    call: Call<FetchActivities>,
) -> Result<ActivityPage, FetchActivitiesRefusal> {
    let query = &call.query;
    let window = query.window(Timestamp::from_instant(call.now), carrier.readings.page_sizes)?;
    let feed = carrier.feed();
    let from = match query.activity_id.as_option() {
        Some(id) => feed.place(*id).ok_or(FetchActivitiesRefusal::NoSuchActivity)?,
        None => 0,
    };
    let found: Vec<&Arc<Activity>> = feed
        .between(window.after, window.before)
        .skip_while(|(place, _)| *place < from)
        .map(|(_, activity)| activity)
        .filter(|activity| query.claim_id.as_option().is_none_or(|claim| activity.claim_id == *claim))
        .filter(|activity| {
            window.types.as_ref().is_none_or(|types| types.contains(&activity.data.activity_type()))
        })
        .collect();
    let integer = |count: usize| Integer::from(u32::try_from(count).unwrap_or(u32::MAX));
    let page = found.iter().skip(window.page_number.saturating_mul(window.page_size)).take(window.page_size);
    Ok(ActivityPage {
        request_url: format!("{}/activities?{}", call.base_url, query.replay(&window)),
        results: page.map(|activity| Arc::clone(activity)).collect(),
        pagination: Pagination {
            page_size: integer(window.page_size),
            page: query.page_number.unwrap_or_default(),
            total_pages: integer(found.len().div_ceil(window.page_size)),
            total_results: integer(found.len()),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(types: &str, expected: Option<&str>) {
        let written = listed_types(types).ok().map(|types| written_types(&types));
        assert_eq!(written.as_deref(), expected, "{types:?}");
    }

    #[test]
    fn lists_of_types_are_written_without_blanks() {
        check("call-made", Some("call-made"));
        check(" claim-updated, call-made,", Some("claim-updated,call-made"));
        check("", Some(""));
        check("call-made,CALL-MADE", None);
    }
}
