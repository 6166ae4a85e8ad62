//! The terms of a loan.

use jiff::civil::Date;

use super::{days_between, months_after};
use crate::wire::{Money, Rate};

/// What lender and customer agreed on. Simple interest, paid back monthly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Terms {
    /// What was lent.
    pub(crate) amount: Money,
    /// Interest in percent a year.
    pub(crate) rate: Rate,
    /// How many monthly payments.
    pub(crate) payments: u32,
    /// From when on interest runs.
    pub(crate) contract_date: Date,
    /// When the first payment is due.
    pub(crate) first_payment_date: Date,
}

/// Why terms make no loan (R98).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TermsFault {
    /// Less than 100 or more than a hundred million dollars.
    Amount,
    /// Less than nothing or more than 36 percent.
    Rate,
    /// No payment, or more than thirty years of them.
    Payments,
    /// Not after the contract date, or more than a year after it.
    FirstPaymentDate,
    /// The calendar ends before the loan does.
    ContractDate,
}

impl TermsFault {
    /// The member at fault and what it has to be.
    pub(crate) const fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::Amount => ("loanAmount", "between 100.00 and 100000000.00 dollars"),
            Self::Rate => ("loanRate", "between 0 and 36 percent, with at most four decimals"),
            Self::Payments => ("loanTerm", "between 1 and 360 months"),
            Self::FirstPaymentDate => {
                ("firstPaymentDate", "a day after the contract date, at most a year later")
            }
            Self::ContractDate => ("contractDate", "a day between the years 1 and 9900"),
        }
    }
}

/// Units of [`Rate`] that make the whole: a hundred percent with four places.
const RATE_WHOLE: i128 = 1_000_000;
/// Days of a year for interest: 365, also in leap years (R91).
const YEAR_DAYS: i128 = 365;

impl Terms {
    /// Checks the terms.
    pub(crate) fn check(self) -> Result<Self, TermsFault> {
        if !(10_000..=10_000_000_000).contains(&self.amount.units()) {
            return Err(TermsFault::Amount);
        }
        if !(0..=360_000).contains(&self.rate.units()) {
            return Err(TermsFault::Rate);
        }
        if !(1..=360).contains(&self.payments) {
            return Err(TermsFault::Payments);
        }
        if !(1..=9900).contains(&self.contract_date.year()) {
            return Err(TermsFault::ContractDate);
        }
        if !(1..=366).contains(&days_between(self.contract_date, self.first_payment_date)) {
            return Err(TermsFault::FirstPaymentDate);
        }
        Ok(self)
    }

    /// Interest on a principal for some days, rounded to cents, half up: principal × rate × days / 365 (R91).
    pub(crate) fn interest(&self, principal: Money, days: i64) -> Money {
        let numerator =
            i128::from(principal.units()) * i128::from(self.rate.units()) * i128::from(days.max(0));
        let cents = rounded(numerator, RATE_WHOLE * YEAR_DAYS);
        Money::of(i64::try_from(cents).unwrap_or(i64::MAX))
    }

    /// Interest of one day (R91).
    pub(crate) fn per_diem(&self, principal: Money) -> Money {
        self.interest(principal, 1)
    }

    /// When the payment at this place, counted from zero, is due.
    pub(crate) fn due_date(&self, place: u32) -> Date {
        months_after(self.first_payment_date, place)
    }
}

/// A quotient of numbers that are not negative, rounded half up.
pub(crate) const fn rounded(numerator: i128, denominator: i128) -> i128 {
    (numerator * 2 + denominator) / (denominator * 2)
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::civil::date;

    use super::*;

    /// The terms of the document's loan.
    pub(crate) fn documented() -> Terms {
        Terms {
            amount: Money::of(1_000_000),
            rate: Rate::of(45_000),
            payments: 36,
            contract_date: date(2020, 9, 9),
            first_payment_date: date(2020, 10, 9),
        }
    }

    #[test]
    fn the_per_diem_is_that_of_the_document() {
        assert_eq!(documented().per_diem(Money::of(890_204)).to_string(), "1.10");
        assert_eq!(documented().interest(Money::of(1_000_000), 365).to_string(), "450.00");
        assert_eq!(documented().interest(Money::of(1_000_000), -3), Money::ZERO);
    }

    #[test]
    fn terms_that_make_no_loan_are_refused() {
        let check = |change: fn(&mut Terms), expected: TermsFault| {
            let mut terms = documented();
            change(&mut terms);
            assert_eq!(terms.check(), Err(expected));
        };
        check(|terms| terms.amount = Money::of(9_999), TermsFault::Amount);
        check(|terms| terms.rate = Rate::of(-1), TermsFault::Rate);
        check(|terms| terms.payments = 361, TermsFault::Payments);
        check(|terms| terms.first_payment_date = terms.contract_date, TermsFault::FirstPaymentDate);
        check(|terms| terms.contract_date = date(9999, 1, 1), TermsFault::ContractDate);
        assert!(documented().check().is_ok());
    }
}
