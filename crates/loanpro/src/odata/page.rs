//! Pages of lists (R95).

use std::borrow::Cow;

use estoppel_contract::Optional;
use estoppel_values::{Integer, NumberError, Text};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de::Error};

use super::List;

/// Rows of a page, unless the caller asks for another number.
const ROWS_DEFAULT: u64 = 50;
/// Rows of a page at most, also with `nopaging`.
const ROWS_MAX: u64 = 1_000;
/// Most rows that can be skipped.
const SKIP_MAX: u64 = 1_000_000_000;

/// A number of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Count(u64);

impl Count {
    /// How many.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl TryFrom<Integer> for Count {
    type Error = NumberError;

    fn try_from(number: Integer) -> Result<Self, NumberError> {
        let count = u64::try_from(number.get()).map_err(|_| NumberError)?;
        if count > SKIP_MAX { Err(NumberError) } else { Ok(Self(count)) }
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Integer::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
    }
}

impl JsonSchema for Count {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Count".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "minimum": 0, "maximum": SKIP_MAX})
    }
}

/// Which rows of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "R95", "x-basis" = "ruled"))]
pub struct PageQuery {
    /// Rows of the page: 50 unless it is given. A page that would be longer is cut (R95).
    #[serde(rename = "$top", default, skip_serializing_if = "Optional::is_absent")]
    pub top: Optional<Count>,
    /// Rows before the page.
    #[serde(rename = "$skip", default, skip_serializing_if = "Optional::is_absent")]
    pub skip: Optional<Count>,
    /// Without a value: as many rows as a page can hold.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub nopaging: Optional<Text>,
}

/// The rows that a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageRequest {
    /// Rows before it.
    pub(crate) skip: u64,
    /// Its rows at most.
    pub(crate) rows: u64,
}

impl PageQuery {
    /// The rows that it asks for.
    pub(crate) fn request(&self) -> PageRequest {
        let rows = match (&self.nopaging, self.top) {
            (_, Optional::Present(top)) => top.get().min(ROWS_MAX),
            (Optional::Present(_), Optional::Absent) => ROWS_MAX,
            (Optional::Absent, Optional::Absent) => ROWS_DEFAULT,
        };
        PageRequest { skip: self.skip.as_option().map_or(0, |skip| skip.get()), rows }
    }

    /// Its options besides `$skip`, for the URL of the next page.
    pub(crate) fn options(&self) -> Vec<(&'static str, String)> {
        let top = self.top.as_option().map(|top| ("$top", top.get().to_string()));
        let nopaging = self.nopaging.as_option().map(|_| ("nopaging", String::new()));
        top.into_iter().chain(nopaging).collect()
    }
}

/// The URL of the page that begins after `skip` rows.
pub(crate) fn next_url(
    base_url: &str,
    path: &str,
    mut options: Vec<(&'static str, String)>,
    skip: u64,
) -> Text {
    options.push(("$skip", skip.to_string()));
    let options = options.iter().map(|(name, value)| {
        let equals = if value.is_empty() { "" } else { "=" };
        format!("{name}{equals}{}", utf8_percent_encode(value, NON_ALPHANUMERIC))
    });
    format!("{base_url}/odata.svc/{path}?{}", options.collect::<Vec<_>>().join("&")).into()
}

/// A page of rows that are at hand; `next` gives the URL of the page after so many rows.
pub(crate) fn page_of<T>(
    rows: impl ExactSizeIterator<Item = T>,
    request: PageRequest,
    next: impl FnOnce(u64) -> Text,
) -> List<T> {
    let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let total = rows.len();
    let results: Vec<T> = rows.skip(size(request.skip)).take(size(request.rows)).collect();
    let end = request.skip.saturating_add(u64::try_from(results.len()).unwrap_or(u64::MAX));
    // A page of no rows leads nowhere: its next page would be itself.
    let more = !results.is_empty() && size(end) < total;
    List { results, next: more.then(|| next(end)).into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expected: (usize, Option<&str>)) {
        let query: PageQuery = serde_json::from_str(query).unwrap();
        let page = page_of(0..120_usize, query.request(), |skip| {
            next_url("http://h/loanpro", "Loans(1)/Payments", query.options(), skip)
        });
        let next = page.next.as_option().map(Text::as_str);
        assert_eq!((page.results.len(), next), expected, "{query:?}");
    }

    #[test]
    fn pages_follow_each_other() {
        let url = |options: &str| format!("http://h/loanpro/odata.svc/Loans(1)/Payments?{options}");
        check("{}", (50, Some(&url("$skip=50"))));
        check(r#"{"$skip": 100}"#, (20, None));
        check(r#"{"$top": 10, "$skip": 20}"#, (10, Some(&url("$top=10&$skip=30"))));
        check(r#"{"$top": 0}"#, (0, None));
        check(r#"{"$skip": 1000000000}"#, (0, None));
        check(r#"{"nopaging": ""}"#, (120, None));
        assert!(serde_json::from_str::<PageQuery>(r#"{"$top": -1}"#).is_err());
    }
}
