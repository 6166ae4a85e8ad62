//! `$filter` on the days of a loan (R80).

use jiff::civil;

use crate::wire::MomentInput;

/// Longest `$filter`, in bytes (R80).
const LENGTH_MAX: usize = 2_000;

/// Which days of which loan.
///
/// Comparisons of `date` (`eq`, `gt`, `ge`, `lt`, `le`) with a day, and of `loanId` or `id` (`eq`) with a number, all
/// joined with `and`. A day is written `datetime'2022-05-11'`, `'2022-05-11'` or `2022-05-11`, with or without a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayFilter {
    /// The first day.
    pub first: Option<civil::Date>,
    /// The last day.
    pub last: Option<civil::Date>,
    /// The only loan.
    pub loan: Option<u64>,
    /// Whether two comparisons exclude each other.
    pub nothing: bool,
}

impl DayFilter {
    /// Reads a filter; fails with what was expected.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.len() > LENGTH_MAX {
            return Err(format!("at most {LENGTH_MAX} characters"));
        }
        let mut filter = Self::default();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (field, after) = word(rest);
            let (operator, after) = word(after);
            let (literal, after) = literal(after)?;
            filter.add(field, operator, literal)?;
            let (and, after) = word(after);
            match and {
                "" => return Ok(filter),
                "and" if !after.is_empty() => rest = after,
                _ => return Err("comparisons joined with `and`".to_owned()),
            }
        }
        Ok(filter)
    }

    fn add(&mut self, field: &str, operator: &str, literal: &str) -> Result<(), String> {
        match (field, operator) {
            ("loanId" | "id", "eq") => {
                let id = literal.parse().map_err(|_| format!("a number after `{field} eq`"))?;
                self.nothing |= self.loan.is_some_and(|known| known != id);
                self.loan = Some(id);
                Ok(())
            }
            ("date", "eq" | "gt" | "ge" | "lt" | "le") => {
                let moment = moment(literal).ok_or("a day such as datetime'2022-05-11'")?;
                self.compare(operator, moment);
                Ok(())
            }
            ("loanId" | "id", _) => Err(format!("`eq` after `{field}`")),
            ("date", _) => Err("one of eq, gt, ge, lt, le after `date`".to_owned()),
            _ => Err("a comparison of date, loanId or id".to_owned()),
        }
    }

    /// A day of the archive stands for its first instant, so a time of day decides only on which side it lies.
    fn compare(&mut self, operator: &str, moment: civil::DateTime) {
        let day = moment.date();
        let at_midnight = moment.time() == civil::Time::midnight();
        let after = day.tomorrow().unwrap_or(day);
        let before = day.yesterday().unwrap_or(day);
        let (first, last) = match (operator, at_midnight) {
            ("gt", _) | ("ge", false) => (Some(after), None),
            ("ge", true) => (Some(day), None),
            ("lt", true) => (None, Some(before)),
            ("lt" | "le", _) => (None, Some(day)),
            ("eq", true) => (Some(day), Some(day)),
            _ => (Some(after), Some(day)),
        };
        self.first = self.first.max(first);
        self.last = match (self.last, last) {
            (Some(known), Some(last)) => Some(known.min(last)),
            (known, last) => known.or(last),
        };
    }
}

/// The first word of a text, and what comes after it.
fn word(text: &str) -> (&str, &str) {
    text.split_once(char::is_whitespace).map_or((text, ""), |(word, rest)| (word, rest.trim_start()))
}

/// The first literal of a text without its quotes, and what comes after it.
fn literal(text: &str) -> Result<(&str, &str), String> {
    let quoted = text.strip_prefix("datetime").unwrap_or(text).strip_prefix('\'');
    match quoted {
        None if text.starts_with("datetime") => Err("a quoted day after `datetime`".to_owned()),
        None => Ok(word(text)),
        Some(quoted) => {
            let (inside, rest) = quoted.split_once('\'').ok_or("a closing quote")?;
            if rest.is_empty() || rest.starts_with(char::is_whitespace) {
                Ok((inside, rest.trim_start()))
            } else {
                Err("a blank after a quoted value".to_owned())
            }
        }
    }
}

/// A day, with a time after a blank or a `T`, or without one.
fn moment(text: &str) -> Option<civil::DateTime> {
    text.replacen('T', " ", 1).parse::<MomentInput>().ok()?.civil()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(Option<&str>, Option<&str>, Option<u64>)>) {
        let filter = DayFilter::parse(text).ok().map(|filter| {
            let day = |day: Option<civil::Date>| day.map(|day| day.to_string());
            (day(filter.first), day(filter.last), filter.loan)
        });
        let expected =
            expected.map(|(first, last, loan)| (first.map(str::to_owned), last.map(str::to_owned), loan));
        assert_eq!(filter, expected, "{text}");
    }

    #[test]
    fn filters_are_a_range_of_days_and_a_loan() {
        check("", Some((None, None, None)));
        check("date eq datetime'2022-05-11'", Some((Some("2022-05-11"), Some("2022-05-11"), None)));
        check(
            "date gt '2022-05-11' and date le 2022-05-20 and loanId eq 9118",
            Some((Some("2022-05-12"), Some("2022-05-20"), Some(9118))),
        );
        check("date ge datetime'2022-05-11T12:00:00'", Some((Some("2022-05-12"), None, None)));
        check("date lt datetime'2022-05-11 12:00:00'", Some((None, Some("2022-05-11"), None)));
        check("date lt datetime'2022-05-11T00:00:00'", Some((None, Some("2022-05-10"), None)));
    }

    #[test]
    fn what_is_no_filter_is_refused() {
        for text in [
            "date",
            "date eq",
            "date eq x",
            "date ne 2022-05-11",
            "amount eq 1",
            "date eq '2022-05-11",
            "date eq '2022-05-11'and",
            "date eq 2022-05-11 and",
            "date eq 2022-05-11 or id eq 1",
            "(date eq 2022-05-11)",
            "loanId gt 1",
            "id eq -1",
            "date eq 2022-02-30",
            "datetime",
            "' ' '",
        ] {
            check(text, None);
        }
        check(&"date eq 2022-05-11 and ".repeat(5_000), None);
        assert!(DayFilter::parse("loanId eq 1 and loanId eq 2").unwrap().nothing);
    }
}
