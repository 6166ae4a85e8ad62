//! What was verified, what failed, and what was not exercised.

use std::fmt;

use serde::Serialize;

use crate::{Failure, Rule};

/// The outcome of verifying a server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderReport {
    /// The API.
    pub api: String,
    /// The base URL that was called.
    pub base_url: String,
    /// Everything that was checked, in order.
    pub checks: Vec<Check>,
    /// Every way in which the server is not faithful, in order.
    pub failures: Vec<Failure>,
    /// What was exercised of the contract, and what was not.
    pub coverage: Coverage,
    /// Stories that were not played to their end.
    pub skipped: Vec<Skipped>,
    /// How many calls were sent.
    pub requests_sent: u64,
    /// How many webhooks that stories wait for were waited for.
    pub arrivals_tested: u64,
    /// How many webhooks that stories wait for were not, because nothing can receive them or they do not apply.
    pub arrivals_skipped: u64,
    /// What a reader has to know besides: what could not be tested.
    pub notes: Vec<String>,
}

impl ProviderReport {
    /// Whether nothing was tested, which is a failure: no operation has succeeded or been refused.
    pub fn tested_nothing(&self) -> bool {
        self.checks.is_empty() || self.coverage.operations.iter().all(|operation| operation.exercised() == 0)
    }

    /// Whether something was tested and all of it held.
    pub fn is_clean(&self) -> bool {
        self.failures.is_empty() && !self.tested_nothing()
    }
}

/// One thing that was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// Its name: the story and step, and what was done to the call.
    pub name: String,
    /// The operation that was called; absent where no operation was meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The one rule that it checks; absent from a step of a story, which many rules apply to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
    /// How it ended.
    pub outcome: Outcome,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// The server is faithful here.
    Passed,
    /// It is not: the report's failures say how.
    Failed,
}

/// A story that was not played, or not to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Skipped {
    /// The story.
    pub story: String,
    /// The first step that was not played, from one.
    pub step: usize,
    /// Why.
    pub reason: String,
}

/// What was exercised of a contract.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// By operation, in documented order.
    pub operations: Vec<OperationCoverage>,
    /// The webhooks, in documented order.
    pub webhooks: Vec<CoverageItem>,
    /// The refusals that belong to no operation.
    pub protocol: Vec<CoverageItem>,
}

/// A line for each operation, and below it a line for each thing that was not exercised and why.
impl fmt::Display for Coverage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width =
            self.operations.iter().map(|operation| operation.operation.len()).max().unwrap_or_default();
        for operation in &self.operations {
            let (exercised, all) = (operation.exercised(), operation.items.len());
            writeln!(formatter, "{:width$}  {exercised} of {all}", operation.operation)?;
            write_gaps(formatter, &operation.items)?;
        }
        if !self.webhooks.is_empty() {
            let (exercised, all) = (self.webhooks.iter().filter(|item| item.exercised), self.webhooks.len());
            writeln!(formatter, "webhooks  {} of {all}", exercised.count())?;
            write_gaps(formatter, &self.webhooks)?;
        }
        writeln!(formatter, "the API as a whole")?;
        write_gaps(formatter, &self.protocol)
    }
}

fn write_gaps(formatter: &mut fmt::Formatter<'_>, items: &[CoverageItem]) -> fmt::Result {
    items.iter().filter(|item| !item.exercised).try_for_each(|item| {
        writeln!(formatter, "  not exercised: {}: {}", item.id, item.why_not.as_deref().unwrap_or("unknown"))
    })
}

/// What was exercised of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OperationCoverage {
    /// The operation.
    pub operation: String,
    /// Its success, its refusals, and the rules of the protocol that apply to it.
    pub items: Vec<CoverageItem>,
}

impl OperationCoverage {
    /// How many of its items were exercised.
    pub fn exercised(&self) -> usize {
        self.items.iter().filter(|item| item.exercised).count()
    }
}

/// One thing that can be exercised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CoverageItem {
    /// What kind of thing it is.
    pub kind: CoverageKind,
    /// The id of the refusal or rule; `success` for the success.
    pub id: String,
    /// Whether it was exercised.
    pub exercised: bool,
    /// Why it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_not: Option<String>,
}

/// What kind of thing can be exercised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum CoverageKind {
    /// The documented success.
    Success,
    /// A documented refusal.
    Refusal,
    /// A rule of the protocol.
    Protocol,
    /// A webhook.
    Webhook,
}

/// What a verification has just done.
#[derive(Clone, Copy, Debug)]
pub enum Progress<'p> {
    /// It begins a story.
    Story {
        /// The story.
        id: &'p str,
        /// Its number, from one.
        number: usize,
        /// How many stories there are.
        of: usize,
    },
    /// It has checked something.
    Checked(&'p Check),
}
