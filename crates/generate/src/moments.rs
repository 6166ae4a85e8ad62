//! Instants and days around an anchor.

use estoppel_values::{Date, Timestamp};
use jiff::tz::Offset;

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// The instant this many milliseconds later; the same instant where the calendar ends.
pub fn later(at: Timestamp, milliseconds: u64) -> Timestamp {
    shifted(at, i64::try_from(milliseconds).unwrap_or(i64::MAX))
}

/// The instant this many milliseconds sooner; the same instant where the calendar begins.
pub fn sooner(at: Timestamp, milliseconds: u64) -> Timestamp {
    shifted(at, i64::try_from(milliseconds).map_or(i64::MIN, |milliseconds| -milliseconds))
}

/// Midnight in UTC, this many days after the day of an instant.
pub fn midnight_after(at: Timestamp, days: u64) -> Timestamp {
    let day = at.instant().as_millisecond().div_euclid(DAY);
    let days = i64::try_from(days).unwrap_or(i64::MAX);
    at_millisecond(day.saturating_add(days).saturating_mul(DAY), at)
}

/// The day of an instant in UTC.
pub fn date_of(at: Timestamp) -> Date {
    Offset::UTC.to_datetime(at.instant()).date().into()
}

/// The day that lies this many days before the day of an instant, in UTC.
pub fn days_before(at: Timestamp, days: u64) -> Date {
    date_of(sooner(at, days.saturating_mul(DAY.unsigned_abs())))
}

fn shifted(at: Timestamp, milliseconds: i64) -> Timestamp {
    at_millisecond(at.instant().as_millisecond().saturating_add(milliseconds), at)
}

fn at_millisecond(millisecond: i64, otherwise: Timestamp) -> Timestamp {
    jiff::Timestamp::from_millisecond(millisecond).map_or(otherwise, Timestamp::from_instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: &str = "2024-03-01T06:07:08.009Z";

    fn check(actual: Timestamp, expected: &str) {
        assert_eq!(actual.to_string(), expected);
    }

    #[test]
    fn instants_lie_before_and_after_the_anchor() {
        let at = AT.parse().unwrap();
        check(later(at, 1), "2024-03-01T06:07:08.010Z");
        check(sooner(at, 10), "2024-03-01T06:07:07.999Z");
        check(midnight_after(at, 10), "2024-03-11T00:00:00.000Z");
        check(later(at, u64::MAX), AT);
        check(sooner(at, u64::MAX), AT);
    }

    #[test]
    fn days_are_counted_on_the_calendar() {
        let at = AT.parse().unwrap();
        assert_eq!(date_of(at).to_string(), "2024-03-01");
        assert_eq!(days_before(at, 1).to_string(), "2024-02-29");
    }
}
