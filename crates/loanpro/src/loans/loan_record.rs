//! A loan as the state holds it.

use estoppel_values::Text;
use jiff::{Timestamp, civil::Date};

use crate::{
    autopays::AutopayRecord,
    payments::PaymentRecord,
    servicing::{Ledger, Schedule, Standing, Terms},
    wire::Money,
};

/// A loan as the state holds it. What it owes is computed, never held.
#[derive(Clone, Debug)]
pub(crate) struct LoanRecord {
    pub(crate) id: u64,
    pub(crate) setup_id: u64,
    pub(crate) customer_id: u64,
    pub(crate) title: Text,
    pub(crate) terms: Terms,
    pub(crate) schedule: Schedule,
    pub(crate) discount: Money,
    pub(crate) autopays_enabled: AutopaysEnabled,
    pub(crate) payments: Vec<PaymentRecord>,
    pub(crate) autopays: Vec<AutopayRecord>,
    pub(crate) created: Timestamp,
}

/// Whether a loan takes autopays (R99).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AutopaysEnabled {
    /// It does.
    Yes,
    /// It does not.
    No,
}

impl LoanRecord {
    /// How many payments and autopays it has.
    pub(crate) const fn parts(&self) -> usize {
        self.payments.len() + self.autopays.len()
    }

    /// The payments that count.
    pub(crate) fn ledger(&self) -> Ledger<'_> {
        Ledger::of(&self.terms, &self.schedule, self.payments.iter().filter_map(PaymentRecord::posting))
    }

    /// How the loan stands on a day.
    pub(crate) fn standing(&self, day: Date) -> Standing {
        Standing::on(day, &self.terms, &self.schedule, &self.ledger())
    }
}
