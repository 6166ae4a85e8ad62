//! Amounts in whole cents, and the interest that they bear.

use std::iter::Sum;

use estoppel_values::{Number, Usd};

/// A whole number of cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cents(i64);

/// Interest of a year in hundredths of a percent: 525 is 5.25 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BasisPoints(u32);

/// The days by which a year's interest is divided, in leap years too (R74).
const DAYS_OF_YEAR: i128 = 365;
/// Basis points of the whole.
const WHOLE: i128 = 10_000;

impl Cents {
    /// So many cents.
    pub(crate) const fn new(cents: i64) -> Self {
        Self(cents)
    }

    /// An amount of dollars, if it is a whole number of cents.
    pub(crate) fn of(amount: Usd) -> Option<Self> {
        hundredths(amount.number()).map(Self)
    }

    /// The amount divided in so many parts, rounded down.
    pub(crate) const fn part(self, of: u32) -> Self {
        Self(self.0 / if of == 0 { 1 } else { of as i64 })
    }

    /// Simple interest of so many days: a whole number of cents, half a cent rounded up (R74).
    pub(crate) fn interest(self, rate: BasisPoints, days: u32) -> Self {
        let divisor = WHOLE * DAYS_OF_YEAR;
        let exact = i128::from(self.0) * i128::from(rate.0) * i128::from(days);
        Self(i64::try_from((exact + divisor / 2).div_euclid(divisor)).unwrap_or(i64::MAX))
    }
}

impl BasisPoints {
    /// So many hundredths of a percent.
    pub(crate) const fn new(basis_points: u32) -> Self {
        Self(basis_points)
    }

    /// A rate in percent, if it has two decimals at most and is not negative.
    pub(crate) fn of(percent: Number) -> Option<Self> {
        u32::try_from(hundredths(percent)?).ok().map(Self)
    }

    /// The rate in percent.
    pub(crate) fn percent(self) -> Number {
        Number::scaled(self.0.into(), 2)
    }
}

/// A number as whole hundredths, if it is some.
fn hundredths(number: Number) -> Option<i64> {
    let missing_digits = 2_u32.checked_sub(number.decimal_places())?;
    let units = number.decimal().mantissa().checked_mul(10_i128.pow(missing_digits))?;
    i64::try_from(units).ok()
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.fold(0, |sum, amount| sum.saturating_add(amount.0)))
    }
}

impl From<Cents> for Usd {
    fn from(Cents(cents): Cents) -> Self {
        Self::from_cents(cents)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(amount: &str, percent: &str, days: u32, expected: &str) {
        let balance = Cents::of(amount.parse::<Number>().unwrap().into()).unwrap();
        let rate = BasisPoints::of(percent.parse().unwrap()).unwrap();
        assert_eq!(Usd::from(balance.interest(rate, days)).to_string(), expected);
        assert_eq!(rate.percent().to_string(), percent);
    }

    #[test]
    fn interest_is_simple_daily_and_rounded_to_the_cent() {
        check("10000", "3.65", 1, "1");
        check("10000", "3.65", 0, "0");
        check("18250", "1", 1, "0.5");
        check("0.01", "3.65", 10, "0");
        // Half a cent.
        check("50", "3.65", 1, "0.01");
        check("49.99", "3.65", 1, "0");
        check("27500.33", "5.25", 14, "55.38");
    }

    #[test]
    fn parts_of_a_cent_are_no_amount() {
        let cents = |text: &str| Cents::of(text.parse::<Number>().unwrap().into());
        assert_eq!([cents("1.5"), cents("1.005")], [Some(Cents::new(150)), None]);
        assert_eq!(BasisPoints::of("-1".parse().unwrap()), None);
    }
}
