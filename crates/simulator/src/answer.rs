//! What comes back of a call, and what we think of it.

use std::fmt;

use bytes::Bytes;
use estoppel_contract::{Method, PathTemplate, Violation};
use http::{HeaderMap, StatusCode};
use serde::Serialize;

/// The reply to a call.
#[derive(Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// Headers, `x-estoppel-…` among them.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
    /// What we think of the call.
    pub verdict: Verdict,
}

/// Shows no header and no body: both may hold secrets.
impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Answer({}, {} bytes, {:?})", self.status, self.body.len(), self.verdict)
    }
}

/// What we think of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// The operation that it reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<&'static str>,
    /// How it ended.
    pub outcome: Outcome,
    /// Where the request broke the contract.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<Violation>,
    /// How many further violations were counted but not kept.
    #[serde(skip_serializing_if = "is_zero")]
    pub violations_omitted: usize,
    /// Members of the request that the contract does not name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<String>,
    /// How many further such members were counted but not kept.
    #[serde(skip_serializing_if = "is_zero")]
    pub ignored_omitted: usize,
    /// Operations that an unmatched call may have meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nearest: Vec<(Method, PathTemplate)>,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind", content = "notice")]
pub enum Outcome {
    /// With the documented success.
    Served,
    /// With a documented refusal of its operation.
    Refused(&'static str),
    /// Before any operation saw it: the call broke the contract.
    Faulty(&'static str),
    /// With a refusal of the session itself: it has no room for what the call may add. The limit is named.
    Exhausted(&'static str),
}

impl Verdict {
    /// A success of an operation.
    pub const fn served(operation: &'static str, ignored: Vec<String>) -> Self {
        Self {
            operation: Some(operation),
            outcome: Outcome::Served,
            violations: Vec::new(),
            violations_omitted: 0,
            ignored,
            ignored_omitted: 0,
            nearest: Vec::new(),
        }
    }

    /// Whether the caller broke the contract: a faulty call, or members that the contract does not name.
    pub fn breaks_contract(&self) -> bool {
        matches!(self.outcome, Outcome::Faulty(_)) || !self.ignored.is_empty()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}
