//! A day of the archive.

use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CreditStatus, EcoaCode, Stoplight};
use crate::{
    examples,
    odata::{Data, Metadata},
    wire::{JsonText, Money, ODataDate, Percent},
};

/// A day of the archive in its envelope.
pub type StatusArchiveData = Data<StatusArchive>;

/// How a loan stood at the end of a day; of today, how it stands now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "customer-website: Loan Info", "x-basis" = "example"),
    example = examples::status_archive(),
)]
pub struct StatusArchive {
    /// What it is and where.
    #[serde(rename = "__metadata")]
    pub metadata: Metadata,
    /// Id of the loan, on every day (R94).
    pub id: u64,
    /// Id of the loan.
    pub loan_id: u64,
    /// The day.
    pub date: ODataDate,
    /// When somebody follows up; the year -1 where nobody does.
    pub follow_up_date: ODataDate,
    /// What was due before the day and is not paid.
    pub amount_due: Money,
    /// Interest of it.
    pub due_interest: Money,
    /// Principal of it.
    pub due_principal: Money,
    /// Discount that is earned when it is paid.
    pub due_discount: Money,
    /// Escrow of it; there is none (R93).
    pub due_escrow: Money,
    /// The escrow by bucket, as JSON.
    pub due_escrow_breakdown: JsonText,
    /// Fees of it; there are none (R93).
    pub due_fees: Money,
    /// Its interest and principal.
    pub due_pni: Money,
    /// Fees of a payoff; there are none (R93).
    pub payoff_fees: Money,
    /// Which bucket of delinquency holds the loan: 0 where nothing is past due, then one for every 30 days.
    pub delinquent_bucket: u64,
    /// Balance in that bucket; never known.
    pub delinquent_bucket_balance: Option<Money>,
    /// Day of the next scheduled payment that is not settled; null where there is none.
    pub next_payment_date: Option<ODataDate>,
    /// What is left of it.
    pub next_payment_amount: Money,
    /// Day of the last payment; null before the first one.
    pub last_payment_date: Option<ODataDate>,
    /// The last payment.
    pub last_payment_amount: Money,
    /// Principal that is owed.
    pub principal_balance: Money,
    /// What was due more than 30 days before the day and is not paid.
    pub amount_past_due30: Money,
    /// Days since the oldest unpaid payment was due.
    pub days_past_due: u64,
    /// The last day without anything past due.
    pub date_last_current: ODataDate,
    /// The last day without anything 30 days past due; never known.
    pub date_last_current30: Option<ODataDate>,
    /// What pays the loan off on the day: principal and unpaid interest (R91).
    pub payoff: Money,
    /// Interest of one day: principal × rate / 365 (R91).
    pub perdiem: Money,
    /// Interest of the day.
    pub interest_accrued_today: Money,
    /// Credit that is available on a line of credit.
    pub available_credit: Money,
    /// Credit limit of a line of credit.
    pub credit_limit: Money,
    /// First day of the period.
    pub period_start: ODataDate,
    /// Last day of the period.
    pub period_end: ODataDate,
    /// Due dates after the day until the final payment; none once the loan is paid off (R120).
    pub periods_remaining: u64,
    /// Balance of escrow; there is none (R93).
    pub escrow_balance: Money,
    /// The balance of escrow by bucket, as JSON. Quirk: it begins with a blank.
    pub escrow_balance_breakdown: JsonText,
    /// Discount that is not earned: its share of the principal (R93).
    pub discount_remaining: Money,
    /// Id of the status: 2 while the loan is open, 3 when it is paid off (R93).
    pub loan_status_id: u64,
    /// The status.
    pub loan_status_text: Text,
    /// Id of the sub-status: 9 while the loan is repaid, 10 when it is paid off (R93).
    pub loan_sub_status_id: u64,
    /// The sub-status.
    pub loan_sub_status_text: Text,
    /// Id of the company that brought the loan.
    pub source_company_id: Option<u64>,
    /// Name of that company.
    pub source_company_text: Option<Text>,
    /// How the loan is reported to credit bureaus.
    pub credit_status: CreditStatus,
    /// Days since the contract date.
    pub loan_age: u64,
    /// Days since the last payment, or since the contract date.
    pub loan_recency: u64,
    /// The last day on which a person did something: that of the last payment, or the contract date.
    pub last_human_activity: ODataDate,
    /// How the loan does, at a glance.
    pub stoplight: Stoplight,
    /// Day of the final payment, if every payment until then is made on its due date (R120).
    pub final_payment_date: ODataDate,
    /// The final payment: what is left by then (R120).
    pub final_payment_amount: Money,
    /// What was charged off; nothing ever is (R93).
    pub net_charge_off: Money,
    /// The first day with something past due.
    pub first_delinquency_date: Option<ODataDate>,
    /// How often the loan became past due.
    pub unique_delinquencies: u64,
    /// Days with something past due, in percent of all days: delinquentDays / (loanAge + 1).
    pub delinquency_percent: Percent,
    /// Days with something past due.
    pub delinquent_days: u64,
    /// Who is liable.
    #[serde(rename = "calcedECOA")]
    pub calced_ecoa: EcoaCode,
    /// Whether a co-buyer is liable.
    #[serde(rename = "calcedECOACoBuyer")]
    pub calced_ecoa_co_buyer: EcoaCode,
    /// Values of the tenant's own fields by id, as JSON.
    pub custom_fields_breakdown: JsonText,
    /// Ids of portfolios, as a JSON array of texts.
    pub portfolio_breakdown: JsonText,
    /// Ids of sub-portfolios, as a JSON array of texts.
    pub sub_portfolio_breakdown: JsonText,
}
