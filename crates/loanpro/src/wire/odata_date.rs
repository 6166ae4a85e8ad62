//! Dates as replies write them.

use std::{borrow::Cow, fmt, str::FromStr};

use estoppel_contract::INSTANT_KEY;
use estoppel_values::{Date, NumberError, deserialize_text};
use jiff::{
    Timestamp, civil,
    tz::{self, TimeZone},
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant, written `/Date(1652227200)/`.
///
/// Quirk: it looks like Microsoft's JSON date, which holds milliseconds; this one holds seconds since 1970 in UTC,
/// and may be negative (customer-website: Customer Info; R90).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ODataDate(i64);

/// Seconds of 30 November of the year -1, which is what a day 0 of month 0 of the year 0 comes to. It stands for "no
/// date" (customer-website: Loan Info).
const NO_DATE_SECONDS: i64 = -62_169_984_000;
/// Seconds in a day.
const DAY_SECONDS: i64 = 86_400;

/// What the number in a date counts (R90).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateUnit {
    /// Seconds, as the document shows.
    Seconds,
    /// Milliseconds, as Microsoft's form has it.
    Milliseconds,
}

impl DateUnit {
    /// Midnight in UTC at the beginning of a day.
    pub fn day(self, day: civil::Date) -> ODataDate {
        self.instant(midnight(day))
    }

    /// An instant, cut to the second.
    pub fn instant(self, instant: Timestamp) -> ODataDate {
        self.seconds(instant.as_second())
    }

    /// The date that stands for none.
    pub fn none(self) -> ODataDate {
        self.seconds(NO_DATE_SECONDS)
    }

    fn seconds(self, seconds: i64) -> ODataDate {
        ODataDate(match self {
            Self::Seconds => seconds,
            Self::Milliseconds => seconds.saturating_mul(1000),
        })
    }
}

/// Midnight in UTC at the beginning of a day; the end of the calendar where it has none.
pub(crate) fn midnight(day: civil::Date) -> Timestamp {
    let end = if day.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    day.to_zoned(TimeZone::UTC).map_or(end, |zoned| zoned.timestamp())
}

impl ODataDate {
    /// The day in UTC of a date in seconds; `None` where the calendar has no such day.
    pub fn day(self) -> Option<Date> {
        let midnight = self.0.div_euclid(DAY_SECONDS).checked_mul(DAY_SECONDS)?;
        let instant = Timestamp::from_second(midnight).ok()?;
        Some(tz::Offset::UTC.to_datetime(instant).date().into())
    }

    /// The number in it.
    pub const fn number(self) -> i64 {
        self.0
    }
}

impl fmt::Display for ODataDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "/Date({})/", self.0)
    }
}

impl FromStr for ODataDate {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let number =
            text.strip_prefix("/Date(").and_then(|rest| rest.strip_suffix(")/")).ok_or(NumberError)?;
        let digits = number.strip_prefix('-').unwrap_or(number);
        if !(1..=15).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NumberError);
        }
        number.parse().map(Self).map_err(|_| NumberError)
    }
}

impl Serialize for ODataDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ODataDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_text(deserializer, "a date such as /Date(1652227200)/", str::parse)
    }
}

impl JsonSchema for ODataDate {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "ODataDate".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": r"^/Date\(-?[0-9]{1,15}\)/$",
            // The unit is the documented one; under the other reading of R90 it is milliseconds.
            INSTANT_KEY: {"prefix": "/Date(", "suffix": ")/", "unit": "seconds"},
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let date = text.parse::<ODataDate>().ok();
        assert_eq!(date.and_then(ODataDate::day).map(|day| day.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn dates_hold_seconds() {
        check("/Date(1652227200)/", Some("2022-05-11"));
        check("/Date(-223948800)/", Some("1962-11-27"));
        check("/Date(1650054921)/", Some("2022-04-15"));
        check("/Date(999999999999999)/", None);
        check("/Date()/", None);
        check("/Date(+1)/", None);
        assert_eq!(DateUnit::Seconds.day(civil::date(2022, 5, 11)).to_string(), "/Date(1652227200)/");
        assert_eq!(DateUnit::Milliseconds.day(civil::date(2022, 5, 11)).to_string(), "/Date(1652227200000)/");
        assert_eq!(DateUnit::Seconds.none().to_string(), "/Date(-62169984000)/");
        assert_eq!(DateUnit::Seconds.day(civil::date(-1, 11, 30)), DateUnit::Seconds.none());
    }
}
