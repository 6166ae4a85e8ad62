//! A user and their liability groups as the simulator keeps them.

use jiff::{SignedDuration, Timestamp};

use super::{
    Availability, Capabilities, Creditor, DataCapabilities, LiabilityGroupPayoffQuote,
    LiabilityGroupPayoffQuoteCapability, LoanRecord, NotSupportedReason, PaymentCapabilities, Profile,
    StudentLoanSummary, User,
};
use crate::{
    cents::Cents,
    epoch::EpochMilliseconds,
    ids::{ExtUserId, LiabilityGroupId, StudentLoanId, UserId},
    liabilities::{FinalRefreshStatus, PayoffQuote},
};

/// A user.
#[derive(Clone, Debug)]
pub(crate) struct UserRecord {
    pub(crate) user_id: UserId,
    pub(crate) ext_user_id: ExtUserId,
    pub(crate) profile: Profile,
    pub(crate) created_on: EpochMilliseconds,
    pub(crate) groups: Vec<GroupRecord>,
}

/// Loans under one institution that are quoted together.
#[derive(Clone, Debug)]
pub(crate) struct GroupRecord {
    pub(crate) id: LiabilityGroupId,
    pub(crate) creditor: Creditor,
    /// Why it can never be quoted; `None` where it can.
    pub(crate) not_supported: Option<NotSupportedReason>,
    /// How refreshes that end from here on end.
    pub(crate) outcome: FinalRefreshStatus,
    pub(crate) loans: Vec<LoanRecord>,
    /// The latest quote.
    pub(crate) quote: Option<PayoffQuote>,
    /// When it may be refreshed again, once it has been.
    pub(crate) next_eligible_refresh_on: Option<Timestamp>,
}

impl GroupRecord {
    /// Why the group cannot be refreshed now; `None` where it can (R61, R62).
    pub(crate) fn obstacle(&self, now: Timestamp) -> Option<NotSupportedReason> {
        let exhausted = self.next_eligible_refresh_on.is_some_and(|next| now < next);
        self.not_supported.or(exhausted.then_some(NotSupportedReason::RefreshExhausted))
    }

    /// The refresh ends as it was chosen: with a quote or without one.
    pub(crate) fn end_refresh(&mut self, at: Timestamp, good_for: SignedDuration) -> Option<PayoffQuote> {
        match self.outcome {
            FinalRefreshStatus::Completed => Some(self.requote(at, good_for)),
            FinalRefreshStatus::Failed => None,
        }
    }

    /// Asks for all balances and makes the latest quote of them: what pays every loan off on the last day on which it
    /// holds, and so on every day before (R74, R75).
    pub(crate) fn requote(&mut self, at: Timestamp, good_for: SignedDuration) -> PayoffQuote {
        self.loans.iter_mut().for_each(|loan| loan.accrue(at));
        let end = at.checked_add(good_for).unwrap_or(Timestamp::MAX);
        let last_day = EpochMilliseconds::from_instant(end).date();
        let quote = PayoffQuote {
            payoff_amount: self.loans.iter().map(|loan| loan.payoff_on(last_day)).sum::<Cents>().into(),
            payoff_good_through_date: last_day,
            updated_on: EpochMilliseconds::from_instant(at),
        };
        self.quote = Some(quote);
        quote
    }

    /// The loans of the group.
    pub(crate) fn loan_ids(&self) -> Vec<StudentLoanId> {
        self.loans.iter().map(|loan| loan.id.clone()).collect()
    }

    fn capabilities(&self, now: Timestamp) -> Capabilities {
        let obstacle = self.obstacle(now);
        let quote = LiabilityGroupPayoffQuoteCapability {
            availability: match obstacle {
                None => Availability::Supported,
                Some(_) => Availability::NotSupported,
            },
            description: obstacle.into(),
            liability_group_id: self.id.clone(),
        };
        Capabilities {
            payments: PaymentCapabilities {},
            data: DataCapabilities { liability_group_payoff_quote: quote },
        }
    }

    fn latest_quote(&self) -> Option<LiabilityGroupPayoffQuote> {
        self.quote.map(|quote| LiabilityGroupPayoffQuote {
            student_loan_ids: self.loan_ids(),
            liability_group_id: self.id.clone(),
            payoff_amount: quote.payoff_amount,
            payoff_good_through_date: quote.payoff_good_through_date,
            updated_on: quote.updated_on,
        })
    }
}

impl UserRecord {
    /// The group with this id, if it is the user's.
    pub(crate) fn group_mut(&mut self, id: &LiabilityGroupId) -> Option<&mut GroupRecord> {
        self.groups.iter_mut().find(|group| group.id == *id)
    }

    /// The group with this id, if it is the user's.
    pub(crate) fn group(&self, id: &LiabilityGroupId) -> Option<&GroupRecord> {
        self.groups.iter().find(|group| group.id == *id)
    }

    /// The user as callers see them now.
    pub(crate) fn show(&self, now: Timestamp) -> User {
        let loans = || self.groups.iter().flat_map(|group| &group.loans);
        let count = u32::try_from(loans().count()).unwrap_or(u32::MAX);
        let summary = StudentLoanSummary {
            no_of_loans: count.into(),
            current_outstanding_balance: loans().map(|loan| loan.balance).sum::<Cents>().into(),
            minimum_payment_amount: loans().map(|loan| loan.minimum_payment).sum::<Cents>().into(),
            updated_on: loans().map(|loan| loan.updated_on).max().unwrap_or(self.created_on),
            liability_group_payoff_quotes: self.groups.iter().filter_map(GroupRecord::latest_quote).collect(),
        };
        let mut student_loans = Vec::new();
        for group in &self.groups {
            let capabilities = group.capabilities(now);
            let shown = group.loans.iter().map(|loan| loan.show(&group.creditor, capabilities.clone()));
            student_loans.extend(shown);
        }
        User {
            user_id: self.user_id,
            ext_user_id: self.ext_user_id,
            profile: self.profile.clone(),
            credit_reports: Vec::new(),
            student_loan_summary: summary,
            student_loans,
        }
    }
}
