//! A payoff quote in the words of no vendor.

use serde::{Serialize, Serializer};
use thiserror::Error;

use crate::{Date, NumberError, PostalAddress, Text, Usd};

/// What it takes to pay a loan off, in one form for every API.
///
/// What an API cannot say is `None`, and a [`Loss`] tells why. Decimals and days are those of the payload: nothing is
/// rounded, and a day never moves with a time zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PayoffQuote {
    /// What it takes on the day of the quote, in dollars.
    pub amount: Usd,
    /// What each further day adds.
    pub per_diem: Option<PerDiem>,
    /// The day for which the amount was quoted, of UTC.
    pub quoted_on: Option<Date>,
    /// The last day on which the quote holds.
    pub good_through: Option<Date>,
    /// Whom a check is made out to.
    pub payee: Option<Text>,
    /// Where standard mail goes.
    pub standard_mail: Option<PostalAddress>,
    /// Where overnight mail goes.
    pub overnight_mail: Option<PostalAddress>,
}

/// What each day adds to the amount of a quote.
///
/// In JSON, a number of dollars or the text `flat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PerDiem {
    /// So many dollars for each day after the day of the quote.
    Daily(Usd),
    /// Nothing: the amount is the same on every day through the last one.
    Flat,
}

impl Serialize for PerDiem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Daily(dollars) => dollars.serialize(serializer),
            Self::Flat => serializer.serialize_str("flat"),
        }
    }
}

/// A quote and what its API could not say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NormalizedQuote {
    /// The quote.
    pub quote: PayoffQuote,
    /// What was lost, in the order of the quote's fields.
    pub losses: Vec<Loss>,
}

/// Something that a payload does not carry over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Loss {
    /// The field of [`PayoffQuote`], as JSON names it.
    pub field: &'static str,
    /// Why it is missing or less than it was.
    pub kind: LossKind,
    /// More, for a person.
    pub note: &'static str,
}

/// Why a field is missing or less than it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum LossKind {
    /// The API has no word for it.
    Unsayable,
    /// The API has a word for it, and this payload does not hold it.
    Absent,
    /// The API says more than the quote holds, such as a time of day.
    Narrowed,
}

/// Why a quote gives no amount for a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum QuoteError {
    /// The day lies before the day of the quote.
    #[error("the quote was made on {0}, later than the day asked for")]
    NotYet(Date),
    /// The quote no longer holds.
    #[error("the quote was good through {0}; ask for a new one")]
    Expired(Date),
    /// Days after the first need the day of the quote and a per diem; where that is flat, also the last day.
    #[error("the quote does not say {0}")]
    Unknown(&'static str),
    /// The sum is too large to be written as a JSON number.
    #[error(transparent)]
    Number(#[from] NumberError),
}

impl PayoffQuote {
    /// What it takes on `day`: the amount, and the per diem for every day since the day of the quote, up to and
    /// including the good-through date (R57, R123).
    pub fn amount_on(&self, day: Date) -> Result<Usd, QuoteError> {
        if let Some(last) = self.good_through.filter(|last| day > *last) {
            return Err(QuoteError::Expired(last));
        }
        let quoted_on = self.quoted_on.ok_or(QuoteError::Unknown("the day for which it was made"))?;
        // Days between civil days are whole ones of 24 hours, and their number always fits.
        let since = day.day().duration_since(quoted_on.day()).as_hours() / 24;
        let Ok(days) = u32::try_from(since) else { return Err(QuoteError::NotYet(quoted_on)) };
        if days == 0 {
            return Ok(self.amount);
        }
        match self.per_diem.ok_or(QuoteError::Unknown("a per diem"))? {
            PerDiem::Daily(dollars) => Ok(self.amount.plus_days(dollars, days)?),
            PerDiem::Flat if self.good_through.is_some() => Ok(self.amount),
            PerDiem::Flat => Err(QuoteError::Unknown("its last day")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote() -> PayoffQuote {
        PayoffQuote {
            amount: Usd::from_cents(1_022_233),
            per_diem: Some(PerDiem::Daily(Usd::from_cents(233))),
            quoted_on: Some("2020-02-27".parse().unwrap()),
            good_through: Some("2020-03-08".parse().unwrap()),
            payee: None,
            standard_mail: None,
            overnight_mail: None,
        }
    }

    fn check(quote: &PayoffQuote, day: &str, expected: Result<&str, QuoteError>) {
        let amount = quote.amount_on(day.parse().unwrap()).map(|amount| amount.to_string());
        assert_eq!(amount.as_deref().map_err(|error| *error), expected, "{day}");
    }

    #[test]
    fn interest_runs_from_the_day_of_the_quote_through_its_last_day() {
        let (first, last) = ("2020-02-27".parse().unwrap(), "2020-03-08".parse().unwrap());
        check(&quote(), "2020-02-26", Err(QuoteError::NotYet(first)));
        check(&quote(), "2020-02-27", Ok("10222.33"));
        check(&quote(), "2020-02-28", Ok("10224.66"));
        // 2020 is a leap year.
        check(&quote(), "2020-03-01", Ok("10229.32"));
        check(&quote(), "2020-03-08", Ok("10245.63"));
        check(&quote(), "2020-03-09", Err(QuoteError::Expired(last)));
    }

    #[test]
    fn what_the_quote_does_not_say_is_not_made_up() {
        let undated = PayoffQuote { quoted_on: None, ..quote() };
        check(&undated, "2020-03-01", Err(QuoteError::Unknown("the day for which it was made")));
        let silent = PayoffQuote { per_diem: None, ..quote() };
        check(&silent, "2020-02-27", Ok("10222.33"));
        check(&silent, "2020-02-28", Err(QuoteError::Unknown("a per diem")));
    }

    #[test]
    fn a_flat_amount_holds_until_its_last_day_and_no_longer() {
        let flat = PayoffQuote { per_diem: Some(PerDiem::Flat), ..quote() };
        let (first, last) = ("2020-02-27".parse().unwrap(), "2020-03-08".parse().unwrap());
        check(&flat, "2020-02-26", Err(QuoteError::NotYet(first)));
        check(&flat, "2020-02-27", Ok("10222.33"));
        check(&flat, "2020-03-08", Ok("10222.33"));
        check(&flat, "2020-03-09", Err(QuoteError::Expired(last)));
        let endless = PayoffQuote { good_through: None, ..flat };
        check(&endless, "2020-02-28", Err(QuoteError::Unknown("its last day")));
    }

    #[test]
    fn the_longest_span_of_days_is_counted() {
        let endless =
            PayoffQuote { quoted_on: Some("0000-01-01".parse().unwrap()), good_through: None, ..quote() };
        // 3 652 424 days at 2.33 dollars.
        check(&endless, "9999-12-31", Ok("8520370.25"));
    }

    #[test]
    fn a_per_diem_is_a_number_or_a_word() {
        let json = |per_diem| serde_json::to_string(&per_diem).unwrap();
        assert_eq!(json(Some(PerDiem::Daily(Usd::from_cents(233)))), "2.33");
        assert_eq!(json(Some(PerDiem::Flat)), r#""flat""#);
        assert_eq!(json(None), "null");
    }
}
