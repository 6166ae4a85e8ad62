//! A payment as callers send it.

use estoppel_contract::Optional;
use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{CardFeeType, EcheckAuthType, PaymentExtra};
use crate::{
    examples,
    wire::{FlagInput, MomentInput, NumberInput, WholeInput},
};

/// A payment to log, or to log and process.
///
/// Only the amount has to be there (R97).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "customer-website: Creating a Payment or AutoPay", "x-basis" = "example"),
    example = examples::new_payment(),
)]
pub struct NewPayment {
    /// Id of the payment processor; 0, or nothing, only logs the payment (R89).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub selected_processor: Optional<WholeInput>,
    /// Id of the payment method.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub payment_method_id: Optional<WholeInput>,
    /// Whether the payment is early.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub early: Optional<FlagInput>,
    /// How the customer agreed to an electronic check.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub echeck_auth_type: Optional<EcheckAuthType>,
    /// How much, in dollars: more than nothing.
    pub amount: NumberInput,
    /// The day from which on it counts: today unless it is given (R97).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub date: Optional<MomentInput>,
    /// A note for people.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub info: Optional<Text>,
    /// Id of the payment type.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub payment_type_id: Optional<WholeInput>,
    /// Whether the payment counts; it does unless this says no.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub active: Optional<FlagInput>,
    /// Whether past dues are forgiven. It is kept and changes nothing here (R97).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub reset_past_due: Optional<FlagInput>,
    /// Whether the payment pays the loan off.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub payoff_payment: Optional<FlagInput>,
    /// Values of the tenant's own fields.
    #[serde(
        rename = "CustomFieldValues",
        default,
        skip_serializing_if = "Optional::is_absent",
        deserialize_with = "estoppel_contract::optional_object"
    )]
    pub custom_field_values: Optional<CustomFieldValues>,
    /// Whether the payment profile is saved.
    #[serde(rename = "_saveProfile", default, skip_serializing_if = "Optional::is_absent")]
    pub save_profile: Optional<FlagInput>,
    /// What becomes of what is more than due: principal unless it is given.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub extra: Optional<PaymentExtra>,
    /// The processor, as JSON of `id`, `key`, `name` and `default`. It decides nothing (R89).
    #[serde(rename = "__processorName", default, skip_serializing_if = "Optional::is_absent")]
    pub processor_name: Optional<Text>,
    /// Id of the payment profile that pays; a payment that is processed needs one of the loan's customers.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub payment_account_id: Optional<WholeInput>,
    /// Which fee is charged for paying with a card.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub charge_fee_type: Optional<CardFeeType>,
    /// The flat fee, in dollars.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub charge_fee_amount: Optional<NumberInput>,
    /// The fee as a share, in percent.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub charge_fee_percentage: Optional<NumberInput>,
    /// Whether the payment pays the loan off.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub payoff_flag: Optional<FlagInput>,
    /// Whether the payment is only logged, whatever the processor.
    #[serde(rename = "__logOnly", default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-source" = "R89", "x-basis" = "ruled"))]
    pub log_only: Optional<FlagInput>,
}

/// Values of the tenant's own fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    extend("x-source" = "customer-website: Creating a Payment or AutoPay", "x-basis" = "example"),
    example = serde_json::json!({"results": []}),
)]
pub struct CustomFieldValues {
    /// One object for each field; they are kept nowhere (R97).
    pub results: Vec<Map<String, Value>>,
}

impl NewPayment {
    /// A payment of an amount, with nothing else said.
    pub(crate) fn of(amount: NumberInput) -> Self {
        Self {
            selected_processor: Optional::Absent,
            payment_method_id: Optional::Absent,
            early: Optional::Absent,
            echeck_auth_type: Optional::Absent,
            amount,
            date: Optional::Absent,
            info: Optional::Absent,
            payment_type_id: Optional::Absent,
            active: Optional::Absent,
            reset_past_due: Optional::Absent,
            payoff_payment: Optional::Absent,
            custom_field_values: Optional::Absent,
            save_profile: Optional::Absent,
            extra: Optional::Absent,
            processor_name: Optional::Absent,
            payment_account_id: Optional::Absent,
            charge_fee_type: Optional::Absent,
            charge_fee_amount: Optional::Absent,
            charge_fee_percentage: Optional::Absent,
            payoff_flag: Optional::Absent,
            log_only: Optional::Absent,
        }
    }

    /// Whether it is only logged (R89).
    pub(crate) fn is_log_only(&self) -> bool {
        self.selected_processor.unwrap_or_default().get() == 0
            || self.log_only.unwrap_or_default().get().is_one()
    }

    /// Whether it pays the loan off.
    pub(crate) fn is_payoff(&self) -> bool {
        self.payoff_flag.unwrap_or_default().get().is_one()
            || self.payoff_payment.unwrap_or_default().get().is_one()
    }

    /// Whether it counts.
    pub(crate) fn is_active(&self) -> bool {
        self.active.unwrap_or(FlagInput::from(true)).get().is_one()
    }

    /// What becomes of what is more than due.
    pub(crate) fn extra(&self) -> PaymentExtra {
        self.extra.unwrap_or(PaymentExtra::TransactionPrincipal)
    }
}
