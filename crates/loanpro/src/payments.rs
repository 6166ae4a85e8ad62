//! Payments and what they did to the balance.

pub(crate) mod fetch_payment;
pub(crate) mod fetch_transaction;
mod new_payment;

mod payment;
mod transaction;
mod vocabularies;

pub use fetch_payment::FetchPayment;
pub use fetch_transaction::FetchTransaction;
pub use new_payment::{CustomFieldValues, NewPayment};
pub use payment::Payment;
pub(crate) use payment::PaymentRecord;
pub use transaction::{Transaction, TransactionType};
pub(crate) use transaction::{loan_of_transaction, transactions};
pub use vocabularies::{CardFeeType, EcheckAuthType, PaymentExtra};
