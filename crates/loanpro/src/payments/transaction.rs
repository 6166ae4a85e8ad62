//! Everything that changes a balance, and the payment schedule.

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
    /// Its place among the transactions of the loan, from 1 on.
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
    let scheduled = record.schedule.dues().iter().map(|due| (due.date, 1, Happening::Scheduled(due)));
    let paid = ledger.applied().iter().map(|paid| (paid.posting.date, 2, Happening::Paid(paid)));
    let origination = std::iter::once((record.terms.contract_date, 0, Happening::Origination));
    let mut all: Vec<(Date, u8, Happening<'_>)> = origination.chain(scheduled).chain(paid).collect();
    all.sort_by_key(|(date, rank, _)| (*date, *rank));
    let numbered = (1..).zip(all);
    numbered
        .map(|(id, (date, _, happening))| Transaction {
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
