//! Payments to lenders.

pub(crate) mod acknowledge_payment_sent;

pub use acknowledge_payment_sent::{AcknowledgePaymentSent, SentPayment};
