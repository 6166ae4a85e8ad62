//! Payments and what they did to the balance.

mod new_payment;
mod payment;
mod transaction;
mod vocabularies;

pub use new_payment::{CustomFieldValues, NewPayment};
pub use payment::Payment;
pub(crate) use payment::PaymentRecord;
pub(crate) use transaction::transactions;
pub use transaction::{Transaction, TransactionType};
pub use vocabularies::{CardFeeType, EcheckAuthType, PaymentExtra};
