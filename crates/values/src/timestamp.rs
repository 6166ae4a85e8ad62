//! Instants.

use std::{borrow::Cow, fmt, str::FromStr};

use estoppel_contract::{deserialize_text, parse_timestamp};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// An instant in UTC, written with milliseconds: `2021-01-08T22:03:09.598Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(jiff::Timestamp);

/// The text is not an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("expected an RFC 3339 timestamp such as `2021-01-08T22:03:09.598Z`")]
pub struct TimestampError;

impl Timestamp {
    /// The instant, cut to milliseconds.
    pub fn from_instant(instant: jiff::Timestamp) -> Self {
        let millisecond = instant.as_millisecond();
        Self(jiff::Timestamp::from_millisecond(millisecond).unwrap_or(instant))
    }

    /// The instant.
    pub const fn instant(self) -> jiff::Timestamp {
        self.0
    }

    /// Twenty-four characters of the written form; years beyond 9999 cannot be held.
    fn write(self) -> [u8; 24] {
        let civil = jiff::tz::Offset::UTC.to_datetime(self.0);
        let mut text = *b"0000-00-00T00:00:00.000Z";
        let mut put = |at: usize, width: usize, value: i64| {
            let mut value = value.unsigned_abs();
            for place in text.iter_mut().skip(at).take(width).rev() {
                *place = b'0' + u8::try_from(value % 10).unwrap_or_default();
                value /= 10;
            }
        };
        put(0, 4, civil.year().into());
        put(5, 2, civil.month().into());
        put(8, 2, civil.day().into());
        put(11, 2, civil.hour().into());
        put(14, 2, civil.minute().into());
        put(17, 2, civil.second().into());
        put(20, 3, civil.millisecond().into());
        text
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, TimestampError> {
        parse_timestamp(text).map(Self::from_instant).ok_or(TimestampError)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(std::str::from_utf8(&self.write()).unwrap_or_default())
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(std::str::from_utf8(&self.write()).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_text(deserializer, "a timestamp", str::parse)
    }
}

impl JsonSchema for Timestamp {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "date-time"})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let actual = text.parse::<Timestamp>().ok().map(|timestamp| timestamp.to_string());
        assert_eq!(actual.as_deref(), expected, "{text}");
    }

    #[test]
    fn instants_are_written_with_milliseconds_in_utc() {
        check("2021-01-08T22:03:09.598Z", Some("2021-01-08T22:03:09.598Z"));
        check("2021-01-08T22:03:09Z", Some("2021-01-08T22:03:09.000Z"));
        check("2021-01-08T23:03:09.5989+01:00", Some("2021-01-08T22:03:09.598Z"));
        check("0001-01-01T00:00:00Z", Some("0001-01-01T00:00:00.000Z"));
        check("9999-12-31T23:59:59.999Z", Some("9999-12-30T22:00:00.999Z"));
        check("9999-12-32T23:59:59.999Z", None);
        check("2021-01-08", None);
        check("-000044-03-15T00:00:00Z", None);
        check("20210108T220309.59812Z", None);
        check("2021-01-08T22:03:09", None);
    }
}
