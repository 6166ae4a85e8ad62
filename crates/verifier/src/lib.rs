//! Is this server faithful to its contract?
//!
//! [`verify_provider`] plays the stories of an API against a base URL. The expectation of every call comes from two
//! places that must agree: what the story and the contract declare, and what the simulator answers to the same call,
//! played in lock step. Before a call that is about to succeed it is sent with one thing wrong at a time, which must
//! be refused as the contract says.
//!
//! Nothing is asked of the server besides the API itself: no clock that can be moved, no reset, no fresh state.
//!
//! [`verify_receiver`] sends webhooks to a receiver as the API does, and as nobody should. [`signature`] tells what is
//! wrong with a signature.

mod failure;
mod instant;
mod provider;
mod receiver;
mod redaction;
mod report;
mod rule;
pub mod signature;

pub use failure::Failure;
pub use provider::{
    AdminTokenError, Credentials, Inbox, Names, NextWebhook, ProviderOptions, ReceivedWebhook, Registration,
    RegistrationError, ReplaySession, UnknownName, VerifyError, verify_provider,
};
pub use receiver::{
    NotRun, ReceiverError, ReceiverOptions, ReceiverReport, SampleRequest, sample_body, verify_receiver,
};
pub use report::{
    Check, Coverage, CoverageItem, CoverageKind, OperationCoverage, Outcome, Progress, ProviderReport,
    Skipped,
};
pub use rule::Rule;
