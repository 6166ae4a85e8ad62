//! The payment schedule of a loan, and what it costs.

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};

use super::{Terms, days_between, terms::rounded};
use crate::wire::{Money, Rate};

/// One scheduled payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    /// When.
    pub(crate) date: Date,
    /// How much.
    pub(crate) amount: Money,
    /// How much of it is interest, if all payments before it are made on their days.
    pub(crate) interest: Money,
}

/// The scheduled payments in the order of their days: level ones, and a last one that takes what is left (R92).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Schedule {
    dues: Vec<Due>,
    /// The level payment.
    pub(crate) level: Money,
    /// The yearly rate that the payments amount to, in percent: the rate at which their present value, month by
    /// month, is what was lent.
    pub(crate) apr: Rate,
}

impl Schedule {
    /// The schedule of these terms.
    pub(crate) fn of(terms: &Terms) -> Self {
        let level = level_payment(terms);
        let daily = daily_rate(terms);
        let mut dues: Vec<Due> = Vec::new();
        let mut balance_mills = i128::from(terms.amount.units()) * 10;
        let mut from = terms.contract_date;
        for place in 0..terms.payments {
            let date = terms.due_date(place);
            let days = i128::from(days_between(from, date).max(0));
            let interest_mills = balance_mills * daily * days / DAILY_WHOLE;
            let owed_mills = balance_mills + interest_mills;
            let owed = cents(owed_mills);
            let is_last = place + 1 == terms.payments || owed <= level;
            let amount = if is_last { owed } else { level };
            dues.push(Due { date, amount, interest: cents(interest_mills).min(amount) });
            if is_last {
                break;
            }
            balance_mills = owed_mills - i128::from(amount.units()) * 10;
            from = date;
        }
        let apr = annual_percentage_rate(terms.amount, &dues);
        Self { dues, level, apr }
    }

    /// The payments, in the order of their days.
    pub(crate) fn dues(&self) -> &[Due] {
        &self.dues
    }

    /// The last payment.
    pub(crate) fn last(&self) -> Option<&Due> {
        self.dues.last()
    }

    /// The sum of all payments.
    pub(crate) fn total(&self) -> Money {
        self.dues.iter().fold(Money::ZERO, |sum, due| sum.plus(due.amount))
    }

    /// The sum of the payments that are due before a day.
    pub(crate) fn due_before(&self, day: Date) -> Money {
        let before = self.dues.iter().take_while(|due| due.date < day);
        before.fold(Money::ZERO, |sum, due| sum.plus(due.amount))
    }

    /// The first payment that is due after a day.
    pub(crate) fn next_after(&self, day: Date) -> Option<&Due> {
        self.dues.iter().find(|due| due.date > day)
    }

    /// The last payment that is due on a day or before it.
    pub(crate) fn last_until(&self, day: Date) -> Option<&Due> {
        self.dues.iter().rev().find(|due| due.date <= day)
    }
}

/// Units of [`daily_rate`] that make the whole.
const DAILY_WHOLE: i128 = 10_000_000;

/// The daily rate, rounded to five decimals of a percent, as `roundDecimals` says (R92).
fn daily_rate(terms: &Terms) -> i128 {
    rounded(i128::from(terms.rate.units()) * (DAILY_WHOLE / 1_000_000), 365)
}

/// Tenths of cents, rounded to cents, half up.
fn cents(mills: i128) -> Money {
    Money::of(i64::try_from(rounded(mills, 10)).unwrap_or(i64::MAX))
}

/// The payment that pays the loan off in equal months, rounded to cents, half up; at least a cent.
fn level_payment(terms: &Terms) -> Money {
    let amount = Decimal::from(terms.amount.units());
    let monthly = Decimal::new(terms.rate.units(), 6) / Decimal::from(12);
    let sum = present_value_of_one(monthly, terms.payments);
    let payment = amount.checked_div(sum).unwrap_or(amount);
    Money::of(whole(payment).max(1))
}

/// What payments of one at the end of each of so many months are worth at the beginning.
fn present_value_of_one(monthly: Decimal, months: u32) -> Decimal {
    let factor = Decimal::ONE.checked_div(Decimal::ONE + monthly).unwrap_or(Decimal::ONE);
    let mut worth = Decimal::ONE;
    let mut sum = Decimal::ZERO;
    for _ in 0..months {
        worth *= factor;
        sum += worth;
    }
    sum
}

fn whole(value: Decimal) -> i64 {
    value.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64().unwrap_or(i64::MAX)
}

/// Halvings of the range of rates: more than its four places of percent can show.
const HALVINGS: u32 = 40;

/// The yearly rate at which the payments, month by month, are worth what was lent (R92).
fn annual_percentage_rate(amount: Money, dues: &[Due]) -> Rate {
    let lent = Decimal::from(amount.units());
    let worth = |monthly: Decimal| {
        let factor = Decimal::ONE.checked_div(Decimal::ONE + monthly).unwrap_or(Decimal::ONE);
        let amounts = dues.iter().rev().map(|due| Decimal::from(due.amount.units()));
        amounts.fold(Decimal::ZERO, |sum, payment| (sum + payment) * factor)
    };
    let (mut low, mut high) = (Decimal::ZERO, Decimal::new(5, 2));
    for _ in 0..HALVINGS {
        let middle = (low + high) / Decimal::TWO;
        if worth(middle) > lent {
            low = middle;
        } else {
            high = middle;
        }
    }
    Rate::of(whole(low * Decimal::from(12 * 1_000_000)))
}

#[cfg(test)]
mod tests {
    use super::{super::terms::tests::documented, *};

    #[test]
    fn the_schedule_is_that_of_the_document() {
        let schedule = Schedule::of(&documented());
        let (last, level) = schedule.dues().split_last().unwrap();
        assert_eq!(level.len(), 35);
        assert!(level.iter().all(|due| due.amount.to_string() == "297.47"));
        assert_eq!(
            (last.amount.to_string().as_str(), last.date.to_string().as_str()),
            ("296.86", "2023-09-09")
        );
        assert_eq!(schedule.total().to_string(), "10708.31");
        assert_eq!(schedule.apr.to_string(), "4.4966");
    }

    #[test]
    fn loans_without_interest_and_loans_of_one_payment_have_a_schedule() {
        let free = Terms { rate: Rate::ZERO, ..documented() };
        let schedule = Schedule::of(&free);
        assert_eq!((schedule.total(), schedule.apr), (free.amount, Rate::ZERO));
        let single = Terms { payments: 1, ..documented() };
        assert_eq!(Schedule::of(&single).total().to_string(), "10036.99");
    }
}
