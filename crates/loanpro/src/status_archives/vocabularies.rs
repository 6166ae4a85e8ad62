//! The words of a day of the archive.

use estoppel_contract::vocabulary;

vocabulary! {
    /// How the loan is reported to credit bureaus: `loan.creditstatus.` and an account status of Metro 2 (R93).
    #![source("R122")]
    #![basis("ruled")]
    pub enum CreditStatus {
        /// Current, or less than 30 days past due.
        Current = "loan.creditstatus.11",
        /// Paid off.
        PaidOff = "loan.creditstatus.13",
        /// 30 to 59 days past due.
        PastDue30 = "loan.creditstatus.71",
        /// 60 to 89 days past due.
        PastDue60 = "loan.creditstatus.78",
        /// 90 to 119 days past due.
        PastDue90 = "loan.creditstatus.80",
        /// 120 to 149 days past due.
        PastDue120 = "loan.creditstatus.82",
        /// 150 to 179 days past due.
        PastDue150 = "loan.creditstatus.83",
        /// 180 days past due or more.
        PastDue180 = "loan.creditstatus.84",
    }
}

impl CreditStatus {
    /// The status of a loan that is so many days past due.
    pub(crate) const fn past_due(days: i64) -> Self {
        match days {
            ..30 => Self::Current,
            30..60 => Self::PastDue30,
            60..90 => Self::PastDue60,
            90..120 => Self::PastDue90,
            120..150 => Self::PastDue120,
            150..180 => Self::PastDue150,
            _ => Self::PastDue180,
        }
    }
}

vocabulary! {
    /// How the loan does, at a glance (R93).
    #![source("R122")]
    #![basis("ruled")]
    pub enum Stoplight {
        /// Nothing is past due.
        Green = "stoplight.display.green",
        /// Something is at most 30 days past due.
        Yellow = "stoplight.display.yellow",
        /// Something is more than 30 days past due.
        Red = "stoplight.display.red",
    }
}

vocabulary! {
    /// Who is liable, as credit bureaus write it.
    #![source("customer-website: Loan Info")]
    #![basis("example")]
    pub enum EcoaCode {
        /// Nobody.
        Nobody = "loan.ecoacodes.0",
        /// One person alone.
        Individual = "loan.ecoacodes.1",
    }
}
