//! An autopay.

use estoppel_contract::Optional;
use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    AccountType, AmountType, AutopayStatus, AutopayType, MethodType, NewAutopay, Plan, RecurringDate,
    RecurringFrequency, SchedulingType,
};
use crate::{
    examples,
    loanpro::day_of,
    odata::Metadata,
    payments::{EcheckAuthType, PaymentExtra},
    wire::{DateUnit, FlagInput, Money, ODataDate, WholeInput, ZeroOne},
};

/// An autopay that was created on a loan: every member as it was given, and how far it has come. A member that was not
/// given and decides nothing is null (R127).
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
    /// Whether a service fee is charged, as text.
    pub charge_service_fee: Option<Text>,
    /// Whether it also pays while nothing is past due.
    pub process_current: ZeroOne,
    /// Days until a payment that failed is tried again.
    pub retry_days: Option<i64>,
    /// Hour of the day at which it pays: that of `processDateTime` where none was given.
    pub process_time: i64,
    /// Whether the loan is updated afterwards.
    pub post_payment_update: Option<ZeroOne>,
    /// The day from which on its next payment counts; after the last payment, that of the last one.
    pub apply_date: ODataDate,
    /// The day of its next payment; after the last payment, that of the last one.
    pub process_date: ODataDate,
    /// The instant of its next payment; after the last payment, that of the last one.
    pub process_date_time: ODataDate,
    /// What it pays with.
    pub method_type: MethodType,
    /// How long it is from one payment to the next.
    pub recurring_frequency: RecurringFrequency,
    /// Which of its two days decides when it pays again.
    pub recurring_date_option: RecurringDate,
    /// Days from one payment to the next, as text; empty where the frequency is not custom.
    pub days_in_period: Text,
    /// Which days it counts.
    pub scheduling_type: Option<SchedulingType>,
    /// How its process date is found.
    pub process_date_condition: Option<Text>,
    /// How often it pays.
    pub recurring_periods: i64,
    /// How many of these times are behind it.
    pub periods_done: u64,
    /// Whether it pays no more than the payoff.
    pub payoff_adjustment: ZeroOne,
    /// Whether it recovers a loan that was charged off.
    pub charge_off_recovery: Option<ZeroOne>,
    /// How the customer agreed to electronic checks.
    pub payment_method_auth_type: Option<EcheckAuthType>,
    /// What kind of bank account pays.
    pub payment_method_account_type: Option<AccountType>,
    /// Whether it also pays where nothing is owed.
    pub process_zero_or_negative_balance: Option<ZeroOne>,
    /// Whether it pays on the last day of each month.
    pub last_day_of_month_enabled: ZeroOne,
    /// Id of the payment profile that pays.
    pub primary_payment_method_id: i64,
    /// Id of the processor of bank accounts, as text.
    pub ba_processor: Option<Text>,
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
        let flag = |flag: Optional<FlagInput>| flag.into_option().map(FlagInput::get);
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
            charge_service_fee: flag(sent.charge_service_fee)
                .map(|fee| Text::from_static(if fee.is_one() { "1" } else { "0" })),
            process_current: sent.process_current.unwrap_or(FlagInput::from(true)).get(),
            retry_days: sent.retry_days.into_option().map(WholeInput::get),
            process_time: self.hour(),
            post_payment_update: flag(sent.post_payment_update),
            apply_date: place.map_or(dates.none(), |(_, apply)| dates.day(apply)),
            process_date: place.map_or(dates.none(), |(at, _)| dates.day(day_of(at))),
            process_date_time: place.map_or(dates.none(), |(at, _)| dates.instant(at)),
            method_type: sent.method_type.unwrap_or(MethodType::Echeck),
            recurring_frequency: sent.recurring_frequency.unwrap_or(RecurringFrequency::Monthly),
            recurring_date_option: sent.recurring_date_option.unwrap_or(RecurringDate::ProcessDate),
            days_in_period: sent.days_in_period.clone().unwrap_or_default(),
            scheduling_type: sent.scheduling_type.into_option(),
            process_date_condition: sent.process_date_condition.clone().into_option(),
            recurring_periods: sent.recurring_periods.as_option().map_or(1, |periods| periods.get()),
            periods_done: self.next.into(),
            payoff_adjustment: self.adjusts_to_payoff().into(),
            charge_off_recovery: flag(sent.charge_off_recovery),
            payment_method_auth_type: sent.payment_method_auth_type.into_option(),
            payment_method_account_type: sent.payment_method_account_type.into_option(),
            process_zero_or_negative_balance: flag(sent.process_zero_or_negative_balance),
            last_day_of_month_enabled: sent.last_day_of_month_enabled.unwrap_or_default().get(),
            primary_payment_method_id: whole(sent.primary_payment_method_id),
            ba_processor: sent.ba_processor.into_option().map(|id| id.get().to_string().into()),
            status: self.status,
        }
    }

    /// The hour of the day at which it pays: the one that was given, or that of its first payment.
    fn hour(&self) -> i64 {
        let first = self.sent.process_date_time.civil().map_or(0, |moment| moment.hour().into());
        self.sent.process_time.into_option().map_or(first, WholeInput::get)
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
