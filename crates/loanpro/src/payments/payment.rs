//! A payment.

use estoppel_values::Text;
use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CardFeeType, EcheckAuthType, NewPayment, PaymentExtra};
use crate::{
    examples,
    odata::Metadata,
    servicing::{Applied, Posting},
    wire::{DateUnit, Money, ODataDate, ZeroOne},
};

/// A payment, and how the loan stood before and after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "R96", "x-basis" = "ruled"),
    example = examples::payment(),
)]
pub struct Payment {
    /// What it is and where.
    #[serde(rename = "__metadata")]
    pub metadata: Metadata,
    /// Its id.
    pub id: u64,
    /// Whose type: `Entity.Loan`.
    pub entity_type: Text,
    /// Whose id.
    pub entity_id: u64,
    /// How much.
    pub amount: Money,
    /// The day from which on it counts.
    pub date: ODataDate,
    /// A note for people.
    pub info: Text,
    /// Id of the payment method.
    pub payment_method_id: Option<i64>,
    /// Id of the payment type.
    pub payment_type_id: Option<i64>,
    /// Id of the payment profile.
    pub payment_account_id: Option<i64>,
    /// Id of the autopay that made it.
    pub autopay_id: Option<u64>,
    /// Whether it was processed, not only logged (R89).
    pub processed: ZeroOne,
    /// Whether it was early.
    pub early: ZeroOne,
    /// How the customer agreed to an electronic check.
    pub echeck_auth_type: Option<EcheckAuthType>,
    /// What became of what was more than due.
    pub extra: PaymentExtra,
    /// Whether it counts.
    pub active: ZeroOne,
    /// Whether past dues were to be forgiven.
    pub reset_past_due: ZeroOne,
    /// Whether it paid the loan off.
    pub payoff_flag: ZeroOne,
    /// Which fee was charged for paying with a card.
    pub charge_fee_type: CardFeeType,
    /// The flat fee.
    pub charge_fee_amount: Money,
    /// The fee as a share, in percent.
    pub charge_fee_percentage: Money,
    /// Principal before it.
    pub before_principal_balance: Money,
    /// Payoff before it.
    pub before_payoff: Money,
    /// Principal after it.
    pub after_principal_balance: Money,
    /// Payoff after it.
    pub after_payoff: Money,
    /// Interest that it paid.
    pub payment_interest: Money,
    /// Principal that it paid.
    pub payment_principal: Money,
    /// When it was created.
    pub created: ODataDate,
}

/// A payment as the state holds it.
#[derive(Clone, Debug)]
pub(crate) struct PaymentRecord {
    pub(crate) id: u64,
    pub(crate) amount: Money,
    pub(crate) date: Date,
    pub(crate) autopay_id: Option<u64>,
    pub(crate) created: Timestamp,
    pub(crate) sent: NewPayment,
}

impl PaymentRecord {
    /// The payment as the ledger sees it, if it counts.
    pub(crate) fn posting(&self) -> Option<Posting> {
        self.sent.is_active().then(|| Posting {
            id: self.id,
            date: self.date,
            amount: self.amount,
            split: self.sent.extra().split(),
        })
    }

    /// The payment as the API writes it; `applied` is what the ledger made of it, if it counts.
    pub(crate) fn shown(
        &self,
        loan_id: u64,
        applied: Option<&Applied>,
        base_url: &str,
        dates: DateUnit,
    ) -> Payment {
        let sent = &self.sent;
        let of = |money: fn(&Applied) -> Money| applied.map_or(Money::ZERO, money);
        let dollars = |number: estoppel_contract::Optional<crate::wire::NumberInput>| {
            number.into_option().and_then(crate::wire::NumberInput::money).unwrap_or_default()
        };
        let whole = |number: estoppel_contract::Optional<crate::wire::WholeInput>| {
            number.into_option().map(crate::wire::WholeInput::get)
        };
        Payment {
            metadata: Metadata::of(base_url, "Payments", self.id, "Entity.Payment"),
            id: self.id,
            entity_type: Text::from_static("Entity.Loan"),
            entity_id: loan_id,
            amount: self.amount,
            date: dates.day(self.date),
            info: sent.info.clone().unwrap_or_default(),
            payment_method_id: whole(sent.payment_method_id),
            payment_type_id: whole(sent.payment_type_id),
            payment_account_id: whole(sent.payment_account_id),
            autopay_id: self.autopay_id,
            processed: (!sent.is_log_only()).into(),
            early: sent.early.unwrap_or_default().get(),
            echeck_auth_type: sent.echeck_auth_type.into_option(),
            extra: sent.extra(),
            active: sent.is_active().into(),
            reset_past_due: sent.reset_past_due.unwrap_or_default().get(),
            payoff_flag: sent.is_payoff().into(),
            charge_fee_type: sent.charge_fee_type.unwrap_or(CardFeeType::Waived),
            charge_fee_amount: dollars(sent.charge_fee_amount),
            charge_fee_percentage: dollars(sent.charge_fee_percentage),
            before_principal_balance: of(|applied| applied.principal_before),
            before_payoff: of(|applied| applied.payoff_before),
            after_principal_balance: of(|applied| applied.principal_after),
            after_payoff: of(|applied| applied.principal_after.plus(applied.interest_after)),
            payment_interest: of(|applied| applied.interest),
            payment_principal: of(|applied| applied.principal),
            created: dates.instant(self.created),
        }
    }
}
