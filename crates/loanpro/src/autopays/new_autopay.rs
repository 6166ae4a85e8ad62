//! An autopay as callers send it.

use estoppel_contract::Optional;
use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    AccountType, AmountType, AutopayType, MethodType, RecurringDate, RecurringFrequency, SchedulingType,
};
use crate::{
    examples,
    payments::{EcheckAuthType, PaymentExtra},
    wire::{FlagInput, MomentInput, NumberInput, WholeInput},
};

/// Payments to make in the future.
///
/// `applyDate`, `processDate` and `processDateTime` have to be there (R99).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "customer-website: Creating a Payment or AutoPay", "x-basis" = "example"),
    example = examples::new_autopay(),
)]
pub struct NewAutopay {
    /// Its name.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub name: Optional<Text>,
    /// How often it pays: once unless it is given.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub r#type: Optional<AutopayType>,
    /// What becomes of what is more than due.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub payment_extra_towards: Optional<PaymentExtra>,
    /// How much it pays: a fixed amount unless it is given.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub amount_type: Optional<AmountType>,
    /// The fixed amount, in dollars, not less than nothing (R127); one that pays a fixed amount needs it.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub amount: Optional<NumberInput>,
    /// Id of the payment type.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub payment_type: Optional<WholeInput>,
    /// Whether a service fee is charged. It is kept and charges nothing (R93).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub charge_service_fee: Optional<FlagInput>,
    /// Whether it also pays while nothing is past due; it does unless this says no (R99).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub process_current: Optional<FlagInput>,
    /// Days until a payment that failed is tried again. It is kept, and nothing is tried again (R99).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub retry_days: Optional<WholeInput>,
    /// Hour of the day at which it pays, between 0 and 23 (R127); `processDateTime` decides.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub process_time: Optional<WholeInput>,
    /// Whether the loan is updated afterwards. It is kept and changes nothing (R99).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub post_payment_update: Optional<FlagInput>,
    /// The day from which on its first payment counts.
    pub apply_date: MomentInput,
    /// The day of its first payment.
    pub process_date: MomentInput,
    /// What it pays with.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub method_type: Optional<MethodType>,
    /// How long it is from one payment to the next.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub recurring_frequency: Optional<RecurringFrequency>,
    /// Which of its two days decides when it pays again.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub recurring_date_option: Optional<RecurringDate>,
    /// Days from one payment to the next, as text, where the frequency is custom; empty where it is not.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub days_in_period: Optional<Text>,
    /// Which days it counts.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub scheduling_type: Optional<SchedulingType>,
    /// How its process date is found.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub process_date_condition: Optional<Text>,
    /// Whether it pays no more than the payoff; otherwise a payment that is more fails.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub payoff_adjustment: Optional<FlagInput>,
    /// Whether it recovers a loan that was charged off. It is kept and changes nothing (R99).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub charge_off_recovery: Optional<FlagInput>,
    /// How the customer agreed to electronic checks.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub payment_method_auth_type: Optional<EcheckAuthType>,
    /// What kind of bank account pays.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub payment_method_account_type: Optional<AccountType>,
    /// Whether it also pays where nothing is owed. It is kept, and nothing is paid then (R99).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub process_zero_or_negative_balance: Optional<FlagInput>,
    /// Whether it pays on the last day of each month.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub last_day_of_month_enabled: Optional<FlagInput>,
    /// Id of the payment profile that pays, one of the loan's customers.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub primary_payment_method_id: Optional<WholeInput>,
    /// How often it pays.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub recurring_periods: Optional<WholeInput>,
    /// Id of the processor of bank accounts.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub ba_processor: Optional<WholeInput>,
    /// The instant of its first payment, in UTC.
    pub process_date_time: MomentInput,
}
