//! Instants as Spinwheel writes them.

use std::borrow::Cow;

use estoppel_contract::INSTANT_KEY;
use estoppel_generate::date_of;
use estoppel_values::{Date, Integer, Timestamp};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The last instant that there is, in milliseconds since 1970.
const MILLISECOND_MAX: i64 = 253_402_207_200_000;

/// An instant, written as whole milliseconds since the start of 1970 in UTC (R70): `1678724487099`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EpochMilliseconds(jiff::Timestamp);

impl EpochMilliseconds {
    /// The instant, cut to milliseconds, and to the last one that there is.
    pub fn from_instant(instant: jiff::Timestamp) -> Self {
        let milliseconds = instant.as_millisecond().clamp(0, MILLISECOND_MAX);
        Self(jiff::Timestamp::from_millisecond(milliseconds).unwrap_or_default())
    }

    /// The instant.
    pub const fn instant(self) -> jiff::Timestamp {
        self.0
    }

    /// The day of the instant in UTC.
    pub fn date(self) -> Date {
        date_of(Timestamp::from_instant(self.0))
    }
}

impl Serialize for EpochMilliseconds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0.as_millisecond())
    }
}

impl<'de> Deserialize<'de> for EpochMilliseconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let milliseconds = Integer::deserialize(deserializer)?.get();
        let instant = jiff::Timestamp::from_millisecond(milliseconds).ok().filter(|_| milliseconds >= 0);
        instant.map(Self).ok_or_else(|| de::Error::custom("expected milliseconds since 1970"))
    }
}

impl JsonSchema for EpochMilliseconds {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "EpochMilliseconds".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "integer",
            "minimum": 0,
            "maximum": MILLISECOND_MAX,
            INSTANT_KEY: "epoch-milliseconds",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: Option<(&str, &str)>) {
        let actual = serde_json::from_str::<EpochMilliseconds>(json).ok();
        let actual = actual.map(|at| (serde_json::to_string(&at).unwrap(), at.date().to_string()));
        let expected = expected.map(|(json, day)| (json.to_owned(), day.to_owned()));
        assert_eq!(actual, expected, "{json}");
    }

    #[test]
    fn instants_are_milliseconds_and_days_are_those_of_utc() {
        check("1678724487099", Some(("1678724487099", "2023-03-13")));
        check("1678724487099.0", Some(("1678724487099", "2023-03-13")));
        // The last and the first millisecond of a day.
        check("1678751999999", Some(("1678751999999", "2023-03-13")));
        check("1678752000000", Some(("1678752000000", "2023-03-14")));
        check("253402207200000", Some(("253402207200000", "9999-12-30")));
        check("253402207200001", None);
        check("-1", None);
        check("1.5", None);
        check("\"1678724487099\"", None);
    }
}
