//! One student loan as the simulator keeps it.

use estoppel_contract::Optional;
use estoppel_values::{Date, Sensitive};
use jiff::Timestamp;

use super::{BalanceDetails, Capabilities, Creditor, LiabilityProfile, StatementSummary, StudentLoan};
use crate::{
    cents::{BasisPoints, Cents},
    epoch::EpochMilliseconds,
    ids::StudentLoanId,
};

/// A student loan. Its interest is that of its `updated_on`.
#[derive(Clone, Debug)]
pub(crate) struct LoanRecord {
    pub(crate) id: StudentLoanId,
    pub(crate) account_number: Sensitive,
    pub(crate) opened_on: Date,
    /// What has been paid back of what was lent.
    pub(crate) repaid: Cents,
    pub(crate) balance: Cents,
    pub(crate) rate: BasisPoints,
    pub(crate) last_payment_on: Date,
    pub(crate) due_on: Date,
    pub(crate) minimum_payment: Cents,
    pub(crate) accrued: Cents,
    pub(crate) created_on: EpochMilliseconds,
    pub(crate) updated_on: EpochMilliseconds,
}

impl LoanRecord {
    /// Brings the interest up to the day of `at`, in UTC (R74). Before the last payment there is none.
    pub(crate) fn accrue(&mut self, at: Timestamp) {
        self.updated_on = EpochMilliseconds::from_instant(at);
        self.accrued = self.interest_through(self.updated_on.date());
    }

    /// What it takes to pay the loan off on this day: balance and interest up to and including it (R74).
    pub(crate) fn payoff_on(&self, day: Date) -> Cents {
        [self.balance, self.interest_through(day)].into_iter().sum()
    }

    /// The interest of the days after the last payment, this one included.
    fn interest_through(&self, day: Date) -> Cents {
        let since = day.day().since(self.last_payment_on.day());
        let days = since.map_or(0, |span| u32::try_from(span.get_days()).unwrap_or_default());
        self.balance.interest(self.rate, days)
    }

    /// The loan as callers see it.
    pub(crate) fn show(&self, creditor: &Creditor, capabilities: Capabilities) -> StudentLoan {
        StudentLoan {
            student_loan_id: self.id.clone(),
            liability_profile: LiabilityProfile {
                account_number: Optional::Present(self.account_number.clone()),
                opened_on: self.opened_on.into(),
            },
            statement_summary: StatementSummary {
                minimum_payment_amount: Optional::Present(self.minimum_payment.into()),
                due_date: self.due_on.into(),
                last_payment_date: self.last_payment_on.into(),
            },
            balance_details: BalanceDetails {
                original_loan_amount: Optional::Present(
                    [self.balance, self.repaid].into_iter().sum::<Cents>().into(),
                ),
                outstanding_balance: Optional::Present(self.balance.into()),
                accrued_interest: Optional::Present(self.accrued.into()),
                interest_rate: self.rate.percent().into(),
            },
            creditor: creditor.clone(),
            capabilities,
            updated_on: self.updated_on,
            created_on: self.created_on,
        }
    }
}
