//! Days and months.

use jiff::{
    Span,
    civil::{self, Date},
};

/// Days from one day to another; negative where the other comes first.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| span.get_days().into())
}

/// The day so many months later, at the end of a month that is too short; the last day of the calendar where it ends.
pub(crate) fn months_after(day: Date, months: u32) -> Date {
    let span = Span::new().try_months(months);
    span.and_then(|span| day.checked_add(span)).unwrap_or(civil::Date::MAX)
}

/// The day so many months earlier, at the end of a month that is too short; the first day of the calendar where it
/// begins.
pub(crate) fn months_before(day: Date, months: u32) -> Date {
    let span = Span::new().try_months(months);
    span.and_then(|span| day.checked_sub(span)).unwrap_or(civil::Date::MIN)
}

/// The day so many days later, or earlier; the first or last day of the calendar where it ends.
pub(crate) fn days_after(day: Date, days: i64) -> Date {
    let end = if days < 0 { civil::Date::MIN } else { civil::Date::MAX };
    Span::new().try_days(days).and_then(|span| day.checked_add(span)).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_and_months_are_counted_on_the_calendar() {
        assert_eq!(days_between(date(2020, 9, 9), date(2022, 5, 11)), 609);
        assert_eq!(days_between(date(2022, 5, 11), date(2022, 5, 10)), -1);
        assert_eq!(months_after(date(2021, 1, 31), 1), date(2021, 2, 28));
        assert_eq!(months_after(date(9999, 12, 1), 1), civil::Date::MAX);
        assert_eq!(days_after(date(2022, 5, 11), -5), date(2022, 5, 6));
        assert_eq!(days_after(civil::Date::MIN, -5), civil::Date::MIN);
    }
}
