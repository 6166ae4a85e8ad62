//! How a payment gets onto a loan.

use jiff::{Timestamp, civil::Date};

use crate::{
    loans::LoanRecord,
    payments::{NewPayment, PaymentRecord},
    wire::Money,
};

/// Most payments that a loan holds (R97).
pub(crate) const PAYMENTS_MAX: usize = 1_000;

/// What is known of a payment besides what was sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) id: u64,
    pub(crate) amount: Money,
    pub(crate) date: Date,
    pub(crate) autopay_id: Option<u64>,
    pub(crate) created: Timestamp,
}

/// Why a payment is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PaymentFault {
    /// It, or one after it, would be more than the payoff of its day.
    ExceedsPayoff,
    /// It is meant to pay the loan off and does not.
    IsNoPayoff,
    /// The loan holds as many payments as it can.
    TooMany,
}

impl PaymentFault {
    /// The fault, for events.
    pub(crate) const fn told(self) -> &'static str {
        match self {
            Self::ExceedsPayoff => "payment-exceeds-payoff",
            Self::IsNoPayoff => "payment-is-no-payoff",
            Self::TooMany => "too-many-payments",
        }
    }
}

/// Enters a payment, or leaves the loan as it was (R97).
pub(crate) fn enter(loan: &mut LoanRecord, entry: Entry, sent: NewPayment) -> Result<(), PaymentFault> {
    if loan.payments.len() >= PAYMENTS_MAX {
        return Err(PaymentFault::TooMany);
    }
    let Entry { id, amount, date, autopay_id, created } = entry;
    let is_payoff = sent.is_payoff();
    loan.payments.push(PaymentRecord { id, amount, date, autopay_id, created, sent });
    let ledger = loan.ledger();
    let exceeds = ledger.applied().iter().any(|applied| applied.excess > Money::ZERO);
    let own = ledger.applied().iter().find(|applied| applied.posting.id == id);
    let falls_short = own.is_some_and(|own| own.principal_after.plus(own.interest_after) > Money::ZERO);
    let fault = if exceeds {
        Err(PaymentFault::ExceedsPayoff)
    } else if is_payoff && falls_short {
        Err(PaymentFault::IsNoPayoff)
    } else {
        Ok(())
    };
    if fault.is_err() {
        loan.payments.pop();
    }
    fault
}
