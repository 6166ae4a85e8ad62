//! An autopay.

use estoppel_contract::Optional;
use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    AmountType, AutopayStatus, AutopayType, MethodType, NewAutopay, Plan, RecurringDate, RecurringFrequency,
};
use crate::{
    examples,
    odata::Metadata,
    payments::PaymentExtra,
    wire::{DateUnit, FlagInput, Money, ODataDate, WholeInput, ZeroOne},
};

/// An autopay that was created on a loan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "R96", "x-basis" = "ruled"),
    example = examples::autopay(),
)]
pub struct Autopay {
    /// What it is and where.
    #[serde(rename = "__metadata")]
    pub metadata: Metadata,
    /// Its id.
    pub id: u64,
    /// Id of the loan.
    pub loan_id: u64,
    /// Its name.
    pub name: Text,
    /// How often it pays.
    pub r#type: AutopayType,
    /// What becomes of what is more than due.
    pub payment_extra_towards: PaymentExtra,
    /// How much it pays.
    pub amount_type: AmountType,
    /// The fixed amount.
    pub amount: Money,
    /// Id of the payment type.
    pub payment_type: i64,
    /// The day from which on its next payment counts; after the last payment, that of the last one.
    pub apply_date: ODataDate,
    /// The instant of its next payment; after the last payment, that of the last one.
    pub process_date_time: ODataDate,
    /// What it pays with.
    pub method_type: MethodType,
    /// How long it is from one payment to the next.
    pub recurring_frequency: RecurringFrequency,
    /// Which of its two days decides when it pays again.
    pub recurring_date_option: RecurringDate,
    /// How often it pays.
    pub recurring_periods: i64,
    /// How many of these times are behind it.
    pub periods_done: u64,
    /// Whether it pays no more than the payoff.
    pub payoff_adjustment: ZeroOne,
    /// Id of the payment profile that pays.
    pub primary_payment_method_id: i64,
    /// How far it has come.
    pub status: AutopayStatus,
}

/// An autopay as the state holds it.
#[derive(Clone, Debug)]
pub(crate) struct AutopayRecord {
    pub(crate) id: u64,
    pub(crate) sent: NewAutopay,
    pub(crate) plan: Plan,
    /// The place of the next payment.
    pub(crate) next: u32,
    pub(crate) status: AutopayStatus,
}

impl AutopayRecord {
    /// The autopay as the API writes it.
    pub(crate) fn shown(&self, loan_id: u64, base_url: &str, dates: DateUnit) -> Autopay {
        let sent = &self.sent;
        let place = self.plan.at(self.next).or_else(|| self.plan.at(self.next.saturating_sub(1)));
        let whole = |number: Optional<WholeInput>| number.unwrap_or_default().get();
        Autopay {
            metadata: Metadata::of(base_url, "Autopays", self.id, "Entity.Autopay"),
            id: self.id,
            loan_id,
            name: sent.name.clone().unwrap_or_default(),
            r#type: sent.r#type.unwrap_or(AutopayType::Single),
            payment_extra_towards: self.extra(),
            amount_type: sent.amount_type.unwrap_or(AmountType::Static),
            amount: self.amount(),
            payment_type: whole(sent.payment_type),
            apply_date: place.map_or(dates.none(), |(_, apply)| dates.day(apply)),
            process_date_time: place.map_or(dates.none(), |(at, _)| dates.instant(at)),
            method_type: sent.method_type.unwrap_or(MethodType::Echeck),
            recurring_frequency: sent.recurring_frequency.unwrap_or(RecurringFrequency::Monthly),
            recurring_date_option: sent.recurring_date_option.unwrap_or(RecurringDate::ProcessDate),
            recurring_periods: sent.recurring_periods.as_option().map_or(1, |periods| periods.get()),
            periods_done: self.next.into(),
            payoff_adjustment: self.adjusts_to_payoff().into(),
            primary_payment_method_id: whole(sent.primary_payment_method_id),
            status: self.status,
        }
    }

    /// The fixed amount.
    pub(crate) fn amount(&self) -> Money {
        self.sent.amount.into_option().and_then(crate::wire::NumberInput::money).unwrap_or_default()
    }

    /// What becomes of what is more than due.
    pub(crate) fn extra(&self) -> PaymentExtra {
        self.sent.payment_extra_towards.unwrap_or(PaymentExtra::TransactionPrincipal)
    }

    /// Whether it pays no more than the payoff; it does unless it says no.
    pub(crate) fn adjusts_to_payoff(&self) -> bool {
        self.sent.payoff_adjustment.unwrap_or(FlagInput::from(true)).get().is_one()
    }
}
