//! The words of an autopay.

use estoppel_contract::vocabulary;

vocabulary! {
    /// How often an autopay pays.
    #![source("R122")]
    #![basis("ruled")]
    pub enum AutopayType {
        /// Once.
        Single = "autopay.type.single",
        /// Several times.
        Multiple = "autopay.type.multiple",
        /// Again and again.
        Recurring = "autopay.type.recurring",
        /// Again and again, as the schedule does.
        RecurringMatch = "autopay.type.recurringMatch",
    }
}

vocabulary! {
    /// How much an autopay pays.
    #![source("R122")]
    #![basis("ruled")]
    pub enum AmountType {
        /// A fixed amount.
        Static = "autopay.amountType.static",
        /// What is due of fees; there are none (R93).
        FeesDue = "autopay.amountType.feesDue",
        /// What is past due and the next scheduled payment.
        NextDue = "autopay.amountType.nextDue",
        /// What is past due.
        PastDue = "autopay.amountType.pastDue",
        /// Principal and interest that are past due.
        PastDuePrincipalAndInterest = "autopay.amountType.piPastDue",
    }
}

vocabulary! {
    /// What an autopay pays with.
    #![source("R122")]
    #![basis("ruled")]
    pub enum MethodType {
        /// An electronic check.
        Echeck = "autopay.methodType.echeck",
        /// A card.
        Debit = "autopay.methodType.debit",
        /// An electronic transfer.
        Eft = "autopay.methodType.eft",
    }
}

vocabulary! {
    /// How long it is from one payment of an autopay to the next.
    #![source("R122")]
    #![basis("ruled")]
    pub enum RecurringFrequency {
        /// A month.
        Monthly = "autopay.recurringFrequency.monthly",
        /// A year.
        Annually = "autopay.recurringFrequency.annually",
        /// Two weeks.
        BiWeekly = "autopay.recurringFrequency.biWeekly",
        /// As many days as `daysInPeriod` says.
        Custom = "autopay.recurringFrequency.custom",
        /// Three months.
        Quarterly = "autopay.recurringFrequency.quarterly",
        /// Six months.
        Semiannually = "autopay.recurringFrequency.semiannually",
        /// Fifteen days (R99).
        SemiMonthly = "autopay.recurringFrequency.semiMonthly",
        /// There is no next one.
        Single = "autopay.recurringFrequency.single",
        /// A week.
        Weekly = "autopay.recurringFrequency.weekly",
    }
}

vocabulary! {
    /// Which of its two days decides when an autopay pays again.
    #![source("R122")]
    #![basis("ruled")]
    pub enum RecurringDate {
        /// The process date.
        ProcessDate = "autopay.recurringDate.processDate",
        /// The apply date.
        ApplyDate = "autopay.recurringDate.applyDate",
    }
}

vocabulary! {
    /// Which days an autopay counts.
    #![source("customer-website: Creating a Payment or AutoPay")]
    #![basis("example")]
    pub enum SchedulingType {
        /// All days.
        CalendarDay = "autopay.schedulingType.calendarDay",
    }
}

vocabulary! {
    /// What kind of bank account pays.
    #![source("R122")]
    #![basis("ruled")]
    pub enum AccountType {
        /// A checking account.
        Checking = "bankacct.type.checking",
        /// A savings account.
        Savings = "bankacct.type.savings",
    }
}

vocabulary! {
    /// How far an autopay has come.
    #![source("R99")]
    #![basis("ruled")]
    pub enum AutopayStatus {
        /// It waits for its next day.
        Pending = "autopay.status.pending",
        /// It has paid for the last time.
        Completed = "autopay.status.completed",
        /// Its last payment was not made, and there is none to come.
        Failed = "autopay.status.failed",
    }
}
