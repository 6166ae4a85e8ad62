//! Dates as requests write them.

use std::{borrow::Cow, fmt, str::FromStr};

use estoppel_values::{Date, TimestampError, deserialize_text};
use jiff::{Timestamp, civil, tz::TimeZone};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day, or a day and a time in UTC: `2016-09-17` or `2016-09-17 22:00:00` (customer-website: Creating a Payment or
/// `AutoPay`).
///
/// With a time, the day may be one that its month does not have, such as 31 April: the pattern cannot tell, so that
/// [`MomentInput::civil`] does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MomentInput {
    day: Result<civil::Date, (i16, i8, i8)>,
    time: Option<civil::Time>,
}

impl MomentInput {
    /// The day and its time, midnight where it has none; `None` where the calendar has no such day.
    pub fn civil(&self) -> Option<civil::DateTime> {
        Some(self.day.ok()?.to_datetime(self.time.unwrap_or(civil::Time::midnight())))
    }

    /// The day; `None` where the calendar has no such day.
    pub fn day(&self) -> Option<civil::Date> {
        self.day.ok()
    }

    /// The instant in UTC; `None` where the calendar has no such day.
    pub fn instant(&self) -> Option<Timestamp> {
        Some(self.civil()?.to_zoned(TimeZone::UTC).ok()?.timestamp())
    }
}

impl From<civil::Date> for MomentInput {
    fn from(day: civil::Date) -> Self {
        Self { day: Ok(day), time: None }
    }
}

impl From<civil::DateTime> for MomentInput {
    fn from(moment: civil::DateTime) -> Self {
        Self { day: Ok(moment.date()), time: Some(moment.time()) }
    }
}

/// The number that these digits write.
fn number(text: &str) -> Option<i16> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// A time written `22:00:00`.
fn time(text: &str) -> Option<civil::Time> {
    let mut parts = text.split(':').map(|part| (part.len() == 2).then(|| number(part))?);
    let mut next = || parts.next()??.try_into().ok();
    let (hour, minute, second) = (next()?, next()?, next()?);
    if parts.next().is_some() || second > 59 {
        return None;
    }
    civil::Time::new(hour, minute, second, 0).ok()
}

/// A day written `2016-09-17`, whose month has at most 31 days.
fn day(text: &str) -> Option<Result<civil::Date, (i16, i8, i8)>> {
    let mut parts = text.split('-');
    let mut next = |length: usize| parts.next().filter(|part| part.len() == length).and_then(number);
    let (year, month, day) = (next(4)?, i8::try_from(next(2)?).ok()?, i8::try_from(next(2)?).ok()?);
    if parts.next().is_some() || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    Some(civil::Date::new(year, month, day).map_err(|_| (year, month, day)))
}

impl FromStr for MomentInput {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, TimestampError> {
        if let Some((date, clock)) = text.split_once(' ') {
            let day = day(date).ok_or(TimestampError)?;
            return Ok(Self { day, time: Some(time(clock).ok_or(TimestampError)?) });
        }
        let day: Date = text.parse()?;
        Ok(day.day().into())
    }
}

impl fmt::Display for MomentInput {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) =
            self.day.map_or_else(|written| written, |day| (day.year(), day.month(), day.day()));
        write!(formatter, "{year:04}-{month:02}-{day:02}")?;
        self.time.map_or(Ok(()), |time| {
            write!(formatter, " {:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
        })
    }
}

impl Serialize for MomentInput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MomentInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_text(deserializer, "a day, or a day and a time", str::parse)
    }
}

impl JsonSchema for MomentInput {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "MomentInput".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let moment =
            "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$";
        json_schema!({"type": "string", "anyOf": [{"format": "date"}, {"pattern": moment}]})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, parses: bool, moment: Option<&str>) {
        let read = text.parse::<MomentInput>();
        assert_eq!(read.is_ok(), parses, "{text}");
        let Ok(read) = read else { return };
        assert_eq!(read.to_string(), text);
        assert_eq!(read.civil().map(|moment| moment.to_string()).as_deref(), moment, "{text}");
    }

    #[test]
    fn days_have_a_time_or_none() {
        check("2016-09-17", true, Some("2016-09-17T00:00:00"));
        check("2016-09-17 22:00:00", true, Some("2016-09-17T22:00:00"));
        check("2015-02-29 22:00:00", true, None);
        check("2015-02-29", false, None);
        check("2016-09-17T22:00:00", false, None);
        check("2016-09-17 22:00", false, None);
        check("2016-09-17 24:00:00", false, None);
        check("2016-09-17 22:00:60", false, None);
        check("2016-9-17 22:00:00", false, None);
        check("2016-13-17 22:00:00", false, None);
        check("2016-09-17 +1:00:00", false, None);
    }
}
