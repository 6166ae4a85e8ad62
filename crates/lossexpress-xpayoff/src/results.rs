//! Results of payoff requests, and the webhook that brings them.

mod answers;
mod failure_message;
mod lender_account;
mod loan;
mod payoff_result;
mod result_body;

pub(crate) use answers::{Evidence, Inquiry};
pub use failure_message::FailureMessage;
pub(crate) use loan::Loan;
pub use payoff_result::PayoffResult;
pub use result_body::{FulfilledBy, MailingAddress, PayoffResultBody};
