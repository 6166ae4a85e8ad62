//! What a receiver was held to, and what it broke.

use serde::Serialize;

use crate::{Check, Failure, Rule};

/// The outcome of verifying a receiver.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceiverReport {
    /// The API.
    pub api: String,
    /// Where deliveries went.
    pub url: String,
    /// Everything that was checked, in order.
    pub checks: Vec<Check>,
    /// Every way in which the receiver is wrong, in order.
    pub failures: Vec<Failure>,
    /// Rules that it was not held to, and why.
    pub not_run: Vec<NotRun>,
    /// How many requests were sent.
    pub requests_sent: u64,
    /// The longest that an answer took, in milliseconds.
    pub slowest_milliseconds: u64,
    /// The longest that an answer may take, in milliseconds.
    pub timeout_milliseconds: u64,
}

/// A rule that a receiver was not held to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NotRun {
    /// The rule.
    pub rule: Rule,
    /// Why.
    pub reason: String,
}

impl ReceiverReport {
    /// Whether nothing was tested, which is a failure.
    pub fn tested_nothing(&self) -> bool {
        self.checks.is_empty()
    }

    /// Whether something was tested and all of it held.
    pub fn is_clean(&self) -> bool {
        self.failures.is_empty() && !self.tested_nothing()
    }
}
