//! The words of a payment.

use estoppel_contract::vocabulary;

use crate::servicing::Split;

vocabulary! {
    /// What becomes of the part of a payment that is more than what is due (R93).
    #![source("R122")]
    #![basis("ruled")]
    pub enum PaymentExtra {
        /// It lowers the principal; of the schedule it settles what is due now and next.
        TransactionPrincipal = "payment.extra.tx.principal",
        /// The same.
        TransactionClassic = "payment.extra.tx.classic",
        /// All of the payment lowers the principal; it settles nothing of the schedule.
        TransactionPrincipalOnly = "payment.extra.tx.principalonly",
        /// It lowers the principal and settles the payments that are due next.
        NextPeriods = "payment.extra.periods.next",
        /// As `payment.extra.tx.principalonly`.
        PeriodsPrincipalOnly = "payment.extra.periods.principalonly",
    }
}

impl PaymentExtra {
    /// What a payment with this word pays (R93).
    pub(crate) const fn split(self) -> Split {
        match self {
            Self::TransactionPrincipal | Self::TransactionClassic => Split::InterestFirst,
            Self::NextPeriods => Split::Ahead,
            Self::TransactionPrincipalOnly | Self::PeriodsPrincipalOnly => Split::PrincipalOnly,
        }
    }
}

vocabulary! {
    /// How the customer agreed to an electronic check.
    #![source("R122")]
    #![basis("ruled")]
    pub enum EcheckAuthType {
        /// On a website.
        Web = "payment.echeckauth.WEB",
        /// As a company.
        Company = "payment.echeckauth.CCD",
        /// In writing, in advance.
        Prearranged = "payment.echeckauth.PPD",
        /// By telephone.
        Telephone = "payment.echeckauth.TEL",
    }
}

vocabulary! {
    /// Which fee is charged for paying with a card.
    #![source("R122")]
    #![basis("ruled")]
    pub enum CardFeeType {
        /// None.
        Waived = "loan.cardfee.types.0",
        /// A flat one.
        Flat = "loan.cardfee.types.1",
        /// A share of the payment.
        Percentage = "loan.cardfee.types.2",
        /// The greater of the two.
        Greater = "loan.cardfee.types.3",
        /// The lesser of the two.
        Lesser = "loan.cardfee.types.4",
    }
}
