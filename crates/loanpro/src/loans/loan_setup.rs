//! The terms of a loan, as the API writes them.

use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    BeginEnd, BusinessDueDates, CalculationType, DaysInYear, DiscountCalculation, FeesPaidBy,
    FirstPeriodDays, InterestApplication, LateFeeCalculation, LateFeePercentBase, LateFeeType, LoanClass,
    LoanRateType, LoanType, NextDueDateCalculation, PaymentDateApplication, PaymentFrequency,
};
use crate::{
    examples,
    odata::{Data, Metadata},
    wire::{JsonText, Money, ODataDate, Rate, ZeroOne},
};

/// The terms of a loan in their envelope.
pub type LoanSetupData = Data<LoanSetup>;

/// The terms of a loan and what follows from them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "customer-website: Loan Info", "x-basis" = "example"),
    example = examples::loan_setup(),
)]
pub struct LoanSetup {
    /// What it is and where.
    #[serde(rename = "__metadata")]
    pub metadata: Metadata,
    /// Its id.
    pub id: u64,
    /// Id of the loan.
    pub loan_id: u64,
    /// Id of the modification that made these terms; 0 for the first ones.
    pub mod_id: u64,
    /// Whether these terms are in force.
    pub active: ZeroOne,
    /// The yearly rate that the payments amount to, in percent (R92).
    pub apr: Rate,
    /// Whether the annual percentage rate is that of a single payment.
    pub apr_force_single: ZeroOne,
    /// The level payment (R92).
    pub payment: Money,
    /// Day of the last scheduled payment.
    pub orig_final_payment_date: ODataDate,
    /// The last scheduled payment (R92).
    pub orig_final_payment_amount: Money,
    /// Truth in lending: all scheduled interest.
    pub til_finance_charge: Money,
    /// Truth in lending: the sum of all scheduled payments.
    pub til_total_of_payments: Money,
    /// Truth in lending: what was lent.
    pub til_loan_amount: Money,
    /// Truth in lending: the sum of all payments and the down payment.
    pub til_sales_price: Money,
    /// Truth in lending: runs of equal payments, as JSON of `count`, `payment` and `startDate` (MM/DD/YYYY).
    pub til_payment_schedule: JsonText,
    /// Whether the tenant states Regulation Z figures of its own.
    pub regz_custom_enabled: ZeroOne,
    /// Regulation Z: the tenant's annual percentage rate.
    pub regz_apr: Rate,
    /// Regulation Z: the tenant's finance charge.
    pub regz_finance_charge: Money,
    /// Regulation Z: the tenant's amount financed.
    pub regz_amount_financed: Money,
    /// Regulation Z: the tenant's total of payments.
    pub regz_total_of_payments: Money,
    /// What was lent.
    pub loan_amount: Money,
    /// Part of the loan that the lender kept as income.
    pub discount: Money,
    /// Underwriting charge.
    pub underwriting: Money,
    /// Interest, in percent.
    pub loan_rate: Rate,
    /// For which span the rate is stated.
    pub loan_rate_type: LoanRateType,
    /// Number of payments, with four places.
    pub loan_term: Rate,
    /// Money factor of a lease; without decimals, unlike all other numbers.
    pub money_factor: Text,
    /// Residual of a lease.
    pub residual: Money,
    /// From when on interest runs.
    pub contract_date: ODataDate,
    /// Day of the first scheduled payment.
    pub first_payment_date: ODataDate,
    /// To what payments are rounded up.
    pub schedule_round: Money,
    /// Down payment.
    pub amount_down: Money,
    /// Dealer reserve.
    pub reserve: Money,
    /// Price of what was bought.
    pub sales_price: Money,
    /// Gap insurance.
    pub gap: Money,
    /// Warranty.
    pub warranty: Money,
    /// Dealer's profit.
    pub dealer_profit: Money,
    /// Taxes.
    pub taxes: Money,
    /// Credit limit of a line of credit.
    pub credit_limit: Money,
    /// Credit limit that is reported.
    pub reporting_credit_limit: Money,
    /// What the loan is for.
    pub loan_class: LoanClass,
    /// How it is paid back.
    pub loan_type: LoanType,
    /// Whether the discount is split over payments.
    pub discount_split: ZeroOne,
    /// How often payments are due.
    pub payment_frequency: PaymentFrequency,
    /// How interest is calculated.
    pub calc_type: CalculationType,
    /// How many days a year has for interest (R91).
    pub days_in_year: DaysInYear,
    /// When interest is added up.
    pub interest_application: InterestApplication,
    /// When in a period payments are due.
    pub beg_end: BeginEnd,
    /// How many days the first period has.
    pub first_period_days: FirstPeriodDays,
    /// Whether interest runs on the first day.
    pub first_day_interest: ZeroOne,
    /// How the discount is earned.
    pub discount_calc: DiscountCalculation,
    /// Whether another count of days in a year is used.
    pub diy_alt: ZeroOne,
    /// Whether payments are due on the last day of a month.
    #[serde(rename = "dueDateOnLastDOM")]
    pub due_date_on_last_dom: ZeroOne,
    /// What becomes of due dates that are no business days.
    pub due_dates_on_business_days: BusinessDueDates,
    /// How many days a period has: `loan.daysinperiod.` and a number.
    pub days_in_period: Text,
    /// Decimals of interest in percent a day (R92).
    pub round_decimals: u64,
    /// Whether the last payment takes what is left.
    pub last_as_final: ZeroOne,
    /// How the next due date is found.
    pub ndd_calc: NextDueDateCalculation,
    /// When interest ends; empty where it does not.
    pub end_interest: Text,
    /// Id of a schedule template; 0 for none.
    pub schedule_template: u64,
    /// Id of a curtailment template; 0 for none.
    pub curtailment_template: u64,
    /// In which order fees are paid.
    pub fees_paid_by: FeesPaidBy,
    /// Whether the rate has tiers.
    pub use_interest_tiers: ZeroOne,
    /// Whether calculations are kept.
    pub calc_history_enabled: ZeroOne,
    /// Whether calculation dates are set by hand.
    pub calc_dates_enabled: ZeroOne,
    /// Days after a due date without a late fee.
    pub grace_days: u64,
    /// Which late fee there is.
    pub late_fee_type: LateFeeType,
    /// The late fee; none is ever charged (R93).
    pub late_fee_amount: Money,
    /// The late fee as a share, in percent.
    pub late_fee_percent: Money,
    /// How the late fee is calculated.
    pub late_fee_calc: LateFeeCalculation,
    /// Of what the late fee is a share.
    pub late_fee_percent_base: LateFeePercentBase,
    /// Whether the last payment rolls on.
    pub roll_last_payment: ZeroOne,
    /// From which day on a payment counts.
    pub payment_date_app: PaymentDateApplication,
    /// Until when forecasts are suspended.
    pub suspend_forecast_to: Option<ODataDate>,
    /// Whether the terms are complete. Quirk: true or false, unlike its neighbours.
    pub is_setup_valid: bool,
    /// Warning that the rate is too high.
    pub usury_alert: Option<Text>,
    /// Most interest that may be charged.
    pub max_interest_amount: Option<Money>,
    /// Whether the finance charge is that most.
    #[serde(rename = "financeChargeAsMIA")]
    pub finance_charge_as_mia: Option<Text>,
}
