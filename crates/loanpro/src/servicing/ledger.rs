//! Payments, one after the other, and what each one paid.

use jiff::civil::Date;

use super::{Schedule, Terms, days_between};
use crate::wire::Money;

/// A payment as the ledger sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Posting {
    /// The payment.
    pub(crate) id: u64,
    /// The day from which on it counts.
    pub(crate) date: Date,
    /// How much.
    pub(crate) amount: Money,
    /// What it pays.
    pub(crate) split: Split,
}

/// What a payment pays, told by its `extra` (R93).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Split {
    /// Interest, then principal; of what is due it settles what is due now and with the next payment.
    InterestFirst,
    /// Interest, then principal; whatever it is, it settles scheduled payments, also later ones.
    Ahead,
    /// Principal only; no scheduled payment is settled.
    PrincipalOnly,
}

/// A payment with what it paid, and the loan before and after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Applied {
    /// The payment.
    pub(crate) posting: Posting,
    /// Interest that it paid.
    pub(crate) interest: Money,
    /// Principal that it paid.
    pub(crate) principal: Money,
    /// What was left over, because the loan was paid off.
    pub(crate) excess: Money,
    /// Principal before it.
    pub(crate) principal_before: Money,
    /// Payoff before it, on its day.
    pub(crate) payoff_before: Money,
    /// Principal after it.
    pub(crate) principal_after: Money,
    /// Interest that stays unpaid after it.
    pub(crate) interest_after: Money,
    /// What all payments so far settle of the schedule.
    pub(crate) settled: Money,
}

/// The payments of a loan in the order in which they count.
#[derive(Clone, Debug)]
pub(crate) struct Ledger<'l> {
    terms: &'l Terms,
    applied: Vec<Applied>,
}

/// Principal and interest at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Balance {
    /// Principal.
    pub(crate) principal: Money,
    /// Interest that has accrued and is not paid.
    pub(crate) interest: Money,
}

impl Balance {
    /// What pays the loan off.
    pub(crate) const fn payoff(self) -> Money {
        self.principal.plus(self.interest)
    }
}

impl<'l> Ledger<'l> {
    /// Applies these payments: by day, and on one day in the order in which they came (R93).
    pub(crate) fn of(terms: &'l Terms, schedule: &Schedule, postings: impl Iterator<Item = Posting>) -> Self {
        let mut postings: Vec<Posting> = postings.collect();
        postings.sort_by_key(|posting| (posting.date, posting.id));
        let mut ledger = Self { terms, applied: Vec::with_capacity(postings.len()) };
        for posting in postings {
            let next = ledger.apply(schedule, posting);
            ledger.applied.push(next);
        }
        ledger
    }

    fn apply(&self, schedule: &Schedule, posting: Posting) -> Applied {
        let before = self.after_all(posting.date);
        let interest = match posting.split {
            Split::PrincipalOnly => Money::ZERO,
            Split::InterestFirst | Split::Ahead => posting.amount.min(before.interest),
        };
        let rest = posting.amount.less(interest);
        let principal = rest.min(before.principal);
        let settled = self.applied.last().map_or(Money::ZERO, |last| last.settled);
        let due = schedule.due_before(posting.date).less(settled);
        let next = schedule.dues().iter().find(|due| due.date >= posting.date);
        let due_with_next =
            next.map_or(due, |next| schedule.due_before(next.date).plus(next.amount).less(settled));
        let settles = match posting.split {
            Split::PrincipalOnly => Money::ZERO,
            Split::InterestFirst => posting.amount.min(due_with_next),
            Split::Ahead => posting.amount,
        };
        Applied {
            posting,
            interest,
            principal,
            excess: rest.less(principal),
            principal_before: before.principal,
            payoff_before: before.payoff(),
            principal_after: before.principal.less(principal),
            interest_after: before.interest.less(interest),
            settled: settled.plus(settles),
        }
    }

    /// The payments in the order in which they count.
    pub(crate) fn applied(&self) -> &[Applied] {
        &self.applied
    }

    /// The payments that count on a day.
    pub(crate) fn until(&self, day: Date) -> &[Applied] {
        let count = self.applied.partition_point(|applied| applied.posting.date <= day);
        self.applied.get(..count).unwrap_or_default()
    }

    /// The balance on a day.
    pub(crate) fn balance(&self, day: Date) -> Balance {
        self.balance_after(self.until(day).last(), day)
    }

    fn after_all(&self, day: Date) -> Balance {
        self.balance_after(self.applied.last(), day)
    }

    fn balance_after(&self, last: Option<&Applied>, day: Date) -> Balance {
        let (from, principal, unpaid) = last
            .map_or((self.terms.contract_date, self.terms.amount, Money::ZERO), |last| {
                (last.posting.date, last.principal_after, last.interest_after)
            });
        let accrued = self.terms.interest(principal, days_between(from, day));
        Balance { principal, interest: unpaid.plus(accrued) }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{super::terms::tests::documented, *};

    fn check(payments: &[(Date, i64, Split)], day: Date, expected: (&str, &str)) {
        let terms = documented();
        let schedule = Schedule::of(&terms);
        let postings = payments.iter().zip(1..).map(|((date, cents, split), id)| Posting {
            id,
            date: *date,
            amount: Money::of(*cents),
            split: *split,
        });
        let balance = Ledger::of(&terms, &schedule, postings).balance(day);
        assert_eq!((balance.principal.to_string().as_str(), balance.interest.to_string().as_str()), expected);
    }

    #[test]
    fn interest_is_paid_first_and_then_principal() {
        let (first, second) = (date(2020, 10, 9), date(2020, 11, 9));
        check(&[], first, ("10000.00", "36.99"));
        check(&[(first, 29_747, Split::InterestFirst)], first, ("9739.52", "0.00"));
        check(&[(first, 29_747, Split::PrincipalOnly)], first, ("9702.53", "36.99"));
        check(&[(first, 1_000, Split::Ahead)], first, ("10000.00", "26.99"));
        check(&[(second, 29_747, Split::Ahead)], first, ("10000.00", "36.99"));
        check(&[(first, 9_999_999, Split::Ahead)], second, ("0.00", "0.00"));
    }
}
