//! How a loan stands on a day.

use jiff::civil::Date;

use super::{Due, Ledger, Schedule, Terms, days_after, days_between, ledger::Balance};
use crate::wire::{Money, Percent};

/// How a loan stands at the end of a day (R93).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Principal and unpaid interest.
    pub(crate) balance: Balance,
    /// Interest of the day, and of each day after it until something is paid.
    pub(crate) per_diem: Money,
    /// What was due before the day and is not paid.
    pub(crate) amount_due: Money,
    /// What was due more than 30 days before the day and is not paid.
    pub(crate) past_due_30: Money,
    /// Days since the oldest unpaid payment was due.
    pub(crate) days_past_due: i64,
    /// The next scheduled payment with what is left of it.
    pub(crate) next: Option<Due>,
    /// The day and amount of the last payment that was made.
    pub(crate) last_payment: Option<(Date, Money)>,
    /// The last day without anything past due.
    pub(crate) last_current: Date,
    /// How late the loan has been so far.
    pub(crate) lateness: Lateness,
}

/// How late a loan has been.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lateness {
    /// Days with something past due.
    pub(crate) days: i64,
    /// How often it became late.
    pub(crate) spells: u32,
    /// The first such day.
    pub(crate) first: Option<Date>,
    /// The beginning of the spell that has not ended.
    open: Option<Date>,
}

impl Standing {
    /// How the loan stands on a day that is not before its contract date.
    pub(crate) fn on(day: Date, terms: &Terms, schedule: &Schedule, ledger: &Ledger<'_>) -> Self {
        let balance = ledger.balance(day);
        let counted = ledger.until(day);
        let settled = counted.last().map_or(Money::ZERO, |last| last.settled);
        let payoff = balance.payoff();
        let past_due = |day: Date| owed_before(day, schedule).less(settled).min(payoff);
        let amount_due = past_due(day);
        let lateness = lateness(day, schedule, ledger);
        let oldest = oldest_unpaid(schedule, settled).filter(|_| amount_due > Money::ZERO);
        Self {
            per_diem: terms.per_diem(balance.principal),
            amount_due,
            past_due_30: past_due(days_after(day, -30)),
            days_past_due: oldest.map_or(0, |due| days_between(due.date, day).max(0)),
            next: next_due(day, schedule, settled, payoff),
            last_payment: counted.last().map(|last| (last.posting.date, last.posting.amount)),
            last_current: lateness.open.map_or(day, |first| days_after(first, -1)),
            balance,
            lateness,
        }
    }

    /// Whether nothing is owed any more.
    pub(crate) fn is_paid_off(&self) -> bool {
        self.balance.payoff() == Money::ZERO
    }

    /// The share of days with something past due, in percent of the days of the loan so far, rounded half up.
    pub(crate) fn delinquency(&self, age: i64) -> Percent {
        let days = age.saturating_add(1).max(1);
        let hundredths =
            (self.lateness.days.saturating_mul(20_000).saturating_add(days)) / (days.saturating_mul(2));
        Percent::of(hundredths)
    }
}

/// More than any loan: the last scheduled payment takes whatever is owed.
const EVERYTHING: Money = Money::of(i64::MAX);

/// What was scheduled before a day.
fn owed_before(day: Date, schedule: &Schedule) -> Money {
    let is_over = schedule.last().is_some_and(|last| last.date < day);
    if is_over { EVERYTHING } else { schedule.due_before(day) }
}

/// The first scheduled payment that is not fully settled; the last one never is before the loan is paid off.
fn oldest_unpaid(schedule: &Schedule, settled: Money) -> Option<&Due> {
    let mut sum = Money::ZERO;
    let open = schedule.dues().iter().find(|due| {
        sum = sum.plus(due.amount);
        sum > settled
    });
    open.or(schedule.last())
}

/// The next scheduled payment on a day or after it that is not settled, with what is left of it. The last one takes
/// whatever is owed.
fn next_due(day: Date, schedule: &Schedule, settled: Money, payoff: Money) -> Option<Due> {
    if payoff == Money::ZERO {
        return None;
    }
    let last = schedule.last().filter(|last| last.date >= day)?;
    let mut sum = Money::ZERO;
    for due in schedule.dues() {
        let before = sum;
        sum = sum.plus(due.amount);
        if due.date >= day && due.date < last.date && sum > settled {
            return Some(Due { amount: sum.less(settled.max(before)).min(payoff), ..*due });
        }
    }
    Some(Due { amount: payoff, ..*last })
}

/// Walks through due days and payments in order and adds up the spells in which something was past due. A payment is
/// past due from the day after its due date on.
fn lateness(day: Date, schedule: &Schedule, ledger: &Ledger<'_>) -> Lateness {
    let mut found = Lateness::default();
    let mut due = Money::ZERO;
    let mut settled = Money::ZERO;
    let mut payoff_is_zero = false;
    let mut dues = schedule.dues().iter().peekable();
    let mut payments = ledger.until(day).iter().peekable();
    loop {
        let late_from = dues.peek().map(|due| days_after(due.date, 1)).filter(|from| *from <= day);
        let paid_on = payments.peek().map(|applied| applied.posting.date);
        let at = match (late_from, paid_on) {
            (None, None) => break,
            (Some(late), Some(paid)) => late.min(paid),
            (Some(at), None) | (None, Some(at)) => at,
        };
        while let Some(next) = dues.next_if(|due| days_after(due.date, 1) <= at) {
            due = if dues.len() == 0 { EVERYTHING } else { due.plus(next.amount) };
        }
        while let Some(applied) = payments.next_if(|applied| applied.posting.date <= at) {
            settled = applied.settled;
            payoff_is_zero = applied.principal_after.plus(applied.interest_after) == Money::ZERO;
        }
        match (due > settled && !payoff_is_zero, found.open) {
            (true, None) => {
                found.open = Some(at);
                found.spells = found.spells.saturating_add(1);
                found.first = found.first.or(Some(at));
            }
            (false, Some(first)) => {
                found.days += days_between(first, at);
                found.open = None;
            }
            _ => {}
        }
    }
    found.days += found.open.map_or(0, |first| days_between(first, day) + 1);
    found
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{
        super::{Posting, Split, terms::tests::documented},
        *,
    };

    /// Stands on a day after payments of these cents on these days.
    fn standing(payments: &[(Date, i64)], day: Date) -> Standing {
        let terms = documented();
        let schedule = Schedule::of(&terms);
        let postings = payments.iter().zip(1..).map(|((date, cents), id)| Posting {
            id,
            date: *date,
            amount: Money::of(*cents),
            split: Split::InterestFirst,
        });
        let ledger = Ledger::of(&terms, &schedule, postings);
        Standing::on(day, &terms, &schedule, &ledger)
    }

    #[test]
    fn what_is_paid_in_time_is_never_late() {
        let paid = [(date(2020, 10, 9), 29_747), (date(2020, 11, 2), 29_747)];
        let standing = standing(&paid, date(2020, 11, 30));
        assert_eq!((standing.amount_due, standing.days_past_due), (Money::ZERO, 0));
        assert_eq!(standing.lateness, Lateness::default());
        assert_eq!(standing.next.map(|due| due.date), Some(date(2020, 12, 9)));
        assert_eq!(standing.last_current, date(2020, 11, 30));
    }

    #[test]
    fn lateness_begins_on_the_day_after_and_ends_with_a_payment() {
        let due = date(2020, 10, 9);
        assert_eq!(standing(&[], due).amount_due, Money::ZERO);
        let late = standing(&[], date(2020, 10, 11));
        assert_eq!((late.amount_due.to_string().as_str(), late.days_past_due), ("297.47", 2));
        assert_eq!((late.lateness.days, late.lateness.spells, late.last_current), (2, 1, due));
        let cured = standing(&[(date(2020, 10, 19), 29_747)], date(2020, 10, 25));
        assert_eq!((cured.lateness.days, cured.days_past_due), (9, 0));
        assert_eq!(cured.delinquency(46).to_string(), "19.15");
        let partly = standing(&[(date(2020, 10, 19), 10_000)], date(2020, 11, 10));
        assert_eq!((partly.amount_due.to_string().as_str(), partly.days_past_due), ("494.94", 32));
    }
}
