//! Everything that changes a balance, and the payment schedule.

use std::collections::BTreeMap;

use estoppel_contract::vocabulary;
use estoppel_values::Text;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    examples,
    loans::LoanRecord,
    odata::Metadata,
    servicing::{Applied, Due, Ledger},
    wire::{DateUnit, Money, ODataDate, ZeroOne},
};

vocabulary! {
    /// What kind of transaction this is.
    #![source("R96")]
    #![basis("ruled")]
    pub enum TransactionType {
        /// The loan was made.
        Origination = "origination",
        /// A payment of the schedule.
        ScheduledPayment = "scheduledPayment",
        /// A payment that was made.
        Payment = "payment",
    }
}

/// Something that changes the balance, or a payment of the schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "R96", "x-basis" = "ruled"),
    example = examples::transaction(),
)]
pub struct Transaction {
    /// What it is and where.
    #[serde(rename = "__metadata")]
    pub metadata: Metadata,
    /// Its id, which it keeps whatever is paid later (R126).
    pub id: u64,
    /// Whose type: `Entity.Loan`.
    pub entity_type: Text,
    /// Whose id.
    pub entity_id: u64,
    /// When.
    pub date: ODataDate,
    /// What it is, for people.
    pub title: Text,
    /// What kind it is.
    pub r#type: TransactionType,
    /// Id of the payment that was made.
    pub payment_id: Option<u64>,
    /// How much was paid.
    pub payment_amount: Money,
    /// Interest that was paid.
    pub payment_interest: Money,
    /// Principal that was paid.
    pub payment_principal: Money,
    /// How much is charged.
    pub charge_amount: Money,
    /// Interest that is charged.
    pub charge_interest: Money,
    /// Principal that is charged.
    pub charge_principal: Money,
    /// Whether it lies after today.
    pub future: ZeroOne,
    /// Principal after it; of a payment that is only scheduled, on its day as far as payments are known.
    pub principal_balance: Money,
}

/// Ids of transactions that each loan has: its own id, and four digits.
const IDS_PER_LOAN: u64 = 10_000;
/// From here on, the four digits of payments that were made; below it those of the origination and the schedule, which
/// has at most 360 payments.
const FIRST_PAID: usize = 1_000;

/// The loan whose transaction has this id, if any has.
pub(crate) const fn loan_of_transaction(id: u64) -> u64 {
    id / IDS_PER_LOAN
}

/// What a transaction is about.
enum Happening<'l> {
    Origination,
    Scheduled(&'l Due),
    Paid(&'l Applied),
}

/// All transactions of a loan: by day; on one day first what is scheduled, then what is paid.
pub(crate) fn transactions(
    record: &LoanRecord,
    ledger: &Ledger<'_>,
    today: Date,
    base_url: &str,
    dates: DateUnit,
) -> Vec<Transaction> {
    let scheduled = record.schedule.dues().iter().zip(1..);
    let scheduled = scheduled.map(|(due, place)| (due.date, 1, place, Happening::Scheduled(due)));
    // Payments keep the places in which they were created, so that a new one does not rename others.
    let places: BTreeMap<u64, usize> =
        record.payments.iter().map(|payment| payment.id).zip(FIRST_PAID..).collect();
    let paid = ledger.applied().iter().map(|paid| {
        let place = places.get(&paid.posting.id).copied().unwrap_or_default();
        (paid.posting.date, 2, place, Happening::Paid(paid))
    });
    let origination = std::iter::once((record.terms.contract_date, 0, 0, Happening::Origination));
    let mut all: Vec<(Date, u8, usize, Happening<'_>)> = origination.chain(scheduled).chain(paid).collect();
    all.sort_by_key(|(date, rank, ..)| (*date, *rank));
    let id_of = |place: usize| {
        let place = u64::try_from(place).unwrap_or_default();
        record.id.saturating_mul(IDS_PER_LOAN).saturating_add(place)
    };
    all.into_iter()
        .map(|(date, _, place, happening)| (id_of(place), date, happening))
        .map(|(id, date, happening)| Transaction {
            metadata: Metadata::of(base_url, "Transactions", id, "Entity.LoanTransaction"),
            id,
            entity_type: Text::from_static("Entity.Loan"),
            entity_id: record.id,
            date: dates.day(date),
            future: (date > today).into(),
            ..told(record, ledger, date, &happening, dates)
        })
        .collect()
}

/// What a happening tells; the caller says which one it is.
fn told(
    record: &LoanRecord,
    ledger: &Ledger<'_>,
    date: Date,
    happening: &Happening<'_>,
    dates: DateUnit,
) -> Transaction {
    let nothing = Transaction {
        metadata: Metadata { uri: Text::default(), r#type: Text::default() },
        id: 0,
        entity_type: Text::default(),
        entity_id: 0,
        date: dates.day(date),
        title: Text::from_static("Origination"),
        r#type: TransactionType::Origination,
        payment_id: None,
        payment_amount: Money::ZERO,
        payment_interest: Money::ZERO,
        payment_principal: Money::ZERO,
        charge_amount: Money::ZERO,
        charge_interest: Money::ZERO,
        charge_principal: Money::ZERO,
        future: ZeroOne::Zero,
        principal_balance: record.terms.amount,
    };
    match happening {
        Happening::Origination => Transaction {
            charge_amount: record.terms.amount,
            charge_principal: record.terms.amount,
            ..nothing
        },
        Happening::Scheduled(due) => Transaction {
            title: Text::from_static("Scheduled Payment"),
            r#type: TransactionType::ScheduledPayment,
            charge_amount: due.amount,
            charge_interest: due.interest,
            charge_principal: due.amount.less(due.interest),
            principal_balance: ledger.balance(date).principal,
            ..nothing
        },
        Happening::Paid(paid) => Transaction {
            title: Text::from_static("Payment"),
            r#type: TransactionType::Payment,
            payment_id: Some(paid.posting.id),
            payment_amount: paid.posting.amount,
            payment_interest: paid.interest,
            payment_principal: paid.principal,
            principal_balance: paid.principal_after,
            ..nothing
        },
    }
}
