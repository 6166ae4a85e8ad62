//! The words of a loan.

use estoppel_contract::vocabulary;

vocabulary! {
    /// For which span the rate is stated.
    #![source("R122")]
    #![basis("ruled")]
    pub enum LoanRateType {
        /// A year.
        Annually = "loan.rateType.annually",
        /// Two weeks.
        Biweekly = "loan.rateType.biweekly",
        /// A month.
        Monthly = "loan.rateType.monthly",
        /// Half a year.
        Semiannually = "loan.rateType.semiannually",
        /// Half a month.
        Semimonthly = "loan.rateType.semimonthly",
        /// A week.
        Weekly = "loan.rateType.weekly",
    }
}

vocabulary! {
    /// What a loan is for.
    #![source("R122")]
    #![basis("ruled")]
    pub enum LoanClass {
        /// A consumer's own use.
        Consumer = "loan.class.consumer",
        /// A car.
        CarLoan = "loan.class.carLoan",
        /// Real estate.
        Mortgage = "loan.class.mortgage",
        /// Anything else.
        Other = "loan.class.other",
    }
}

vocabulary! {
    /// How a loan is paid back.
    #![source("R122")]
    #![basis("ruled")]
    pub enum LoanType {
        /// In installments.
        Installment = "loan.type.installment",
        /// As a line of credit.
        CreditLimit = "loan.type.creditLimit",
        /// As a dealer's stock is sold.
        Flooring = "loan.type.flooring",
        /// As a lease.
        Lease = "loan.type.lease",
    }
}

vocabulary! {
    /// How often payments are due.
    #![source("R122")]
    #![basis("ruled")]
    pub enum PaymentFrequency {
        /// Once a month.
        Monthly = "loan.frequency.monthly",
        /// Once a year.
        Annually = "loan.frequency.annually",
        /// Every two weeks.
        BiWeekly = "loan.frequency.biWeekly",
        /// On days of their own.
        Custom = "loan.frequency.custom",
        /// Once a quarter.
        Quarterly = "loan.frequency.quarterly",
        /// Twice a year.
        Semiannually = "loan.frequency.semiannually",
        /// Twice a month.
        Semimonthly = "loan.frequency.semimonthly",
        /// Once.
        Single = "loan.frequency.single",
        /// Once a week.
        Weekly = "loan.frequency.weekly",
    }
}

vocabulary! {
    /// How interest is calculated.
    #![source("R122")]
    #![basis("ruled")]
    pub enum CalculationType {
        /// On the principal, day by day.
        SimpleInterest = "loan.calcType.simpleInterest",
        /// Only interest is paid.
        InterestOnly = "loan.calcType.interestOnly",
        /// By the rule of 78.
        Rule78 = "loan.calcType.rule78",
        /// On the scheduled principal.
        SimpleInterestLocked = "loan.calcType.simpleIntLocked",
    }
}

vocabulary! {
    /// How many days a year has for interest.
    #![source("R122")]
    #![basis("ruled")]
    pub enum DaysInYear {
        /// As many as it has (365 here, R91).
        Actual = "loan.daysInYear.actual",
        /// As the payment frequency says.
        Frequency = "loan.daysInYear.frequency",
    }
}

vocabulary! {
    /// When interest is added up.
    #![source("R122")]
    #![basis("ruled")]
    pub enum InterestApplication {
        /// From period to period.
        BetweenPeriods = "loan.interestApplication.betweenPeriods",
        /// From transaction to transaction.
        BetweenTransactions = "loan.interestApplication.betweenTransactions",
    }
}

vocabulary! {
    /// When in a period payments are due.
    #![source("R122")]
    #![basis("ruled")]
    pub enum BeginEnd {
        /// At its end.
        End = "loan.begend.end",
        /// At its beginning.
        Begin = "loan.begend.beg",
    }
}

vocabulary! {
    /// How many days the first period has.
    #![source("R122")]
    #![basis("ruled")]
    pub enum FirstPeriodDays {
        /// As many as it has.
        Actual = "loan.firstPeriodDays.actual",
        /// As many as a regular one.
        ForceRegular = "loan.firstPeriodDays.forceRegular",
        /// As the payment frequency says.
        Frequency = "loan.firstPeriodDays.frequency",
    }
}

vocabulary! {
    /// How a discount is earned.
    #![source("R122")]
    #![basis("ruled")]
    pub enum DiscountCalculation {
        /// In step with the balance.
        Rebalancing = "loan.discountCalc.rebalancing",
        /// At once.
        Full = "loan.discountCalc.full",
        /// As a share of each payment.
        Percentage = "loan.discountCalc.percentage",
        /// As a fixed share.
        PercentFixed = "loan.discountCalc.percentFixed",
        /// In equal parts.
        StraightLine = "loan.discountCalc.straightLine",
    }
}

vocabulary! {
    /// What becomes of due dates that are no business days.
    #![source("R122")]
    #![basis("ruled")]
    pub enum BusinessDueDates {
        /// They stay.
        Disabled = "loan.businessduedates.disabled",
        /// They move to the next business day.
        AddDays = "loan.businessduedates.addDays",
        /// They move to the business day before.
        SubtractDays = "loan.businessduedates.subtractDays",
    }
}

vocabulary! {
    /// How the next due date is found.
    #![source("R122")]
    #![basis("ruled")]
    pub enum NextDueDateCalculation {
        /// By the schedule.
        Standard = "loan.nddCalc.standard",
        /// By interest alone.
        InterestOnly = "loan.nddCalc.interestOnly",
    }
}

vocabulary! {
    /// In which order fees are paid.
    #![source("R122")]
    #![basis("ruled")]
    pub enum FeesPaidBy {
        /// By period.
        Period = "loan.feesPaidBy.period",
        /// By date.
        Date = "loan.feesPaidBy.date",
    }
}

vocabulary! {
    /// Which late fee there is.
    #![source("R122")]
    #![basis("ruled")]
    pub enum LateFeeType {
        /// The first kind.
        One = "loan.lateFee.1",
        /// The second kind.
        Two = "loan.lateFee.2",
        /// The third kind.
        Three = "loan.lateFee.3",
        /// The fourth kind.
        Four = "loan.lateFee.4",
        /// The fifth kind.
        Five = "loan.lateFee.5",
    }
}

vocabulary! {
    /// How a late fee is calculated.
    #![source("R122")]
    #![basis("ruled")]
    pub enum LateFeeCalculation {
        /// As its kind says.
        Standard = "loan.lateFeeCalc.standard",
        /// On what is due now.
        Current = "loan.lateFeeCalc.current",
        /// As a standard fee.
        StandardFee = "loan.lateFeeCalc.standardFee",
    }
}

vocabulary! {
    /// Of what a late fee is a share.
    #![source("R122")]
    #![basis("ruled")]
    pub enum LateFeePercentBase {
        /// Of the payment.
        Regular = "loan.latefeepercentbase.regular",
        /// Of payment and escrow.
        Escrow = "loan.latefeepercentbase.escrow",
        /// Of payment and escrow on hold.
        EscrowHold = "loan.latefeepercentbase.escrowHold",
        /// Of what is on hold.
        Hold = "loan.latefeepercentbase.hold",
    }
}

vocabulary! {
    /// From which day on a payment counts.
    #![source("R122")]
    #![basis("ruled")]
    pub enum PaymentDateApplication {
        /// Its own.
        Actual = "loan.pmtdateapp.actual",
        /// The last due date.
        Last = "loan.pmtdateapp.last",
    }
}

vocabulary! {
    /// The navigation properties of a loan.
    #![source("R96")]
    #![basis("ruled")]
    pub enum LoanNavigation {
        /// The terms.
        LoanSetup = "LoanSetup",
        /// What the tenant switched on and off.
        LoanSettings = "LoanSettings",
        /// Who owes it.
        Customers = "Customers",
        /// How it stood, day by day.
        StatusArchive = "StatusArchive",
        /// Payments that pay themselves.
        Autopays = "Autopays",
        /// Everything that changed the balance, and the payment schedule.
        Transactions = "Transactions",
        /// Payments.
        Payments = "Payments",
    }
}
