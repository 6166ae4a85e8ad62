//! What a session may still take on, and the refusal of a call for which there is no room.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde_json::json;

use crate::{Answer, Body, Outcome, RawCall, SessionLimits, Verdict};

/// What the state of an API holds, beyond what a fresh session holds where a session says it. It is known without looking at the state's parts one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    /// Records: claims, documents, activities, users, loans, payments and the like.
    pub records: usize,
    /// Bytes of the request bodies that these records came from.
    pub bytes: usize,
    /// Timers that wait.
    pub timers: usize,
}

impl Holding {
    /// What both hold together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            records: self.records.saturating_add(other.records),
            bytes: self.bytes.saturating_add(other.bytes),
            timers: self.timers.saturating_add(other.timers),
        }
    }
}

/// A limit of what a session's state holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// [`SessionLimits::records_max`]
    Records,
    /// [`SessionLimits::bytes_max`]
    Bytes,
    /// [`SessionLimits::timers_max`]
    Timers,
}

impl Budget {
    /// Every budget.
    pub const ALL: [Self; 3] = [Self::Records, Self::Bytes, Self::Timers];

    /// Its name in flags, files and refusals.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Records => "session-records",
            Self::Bytes => "session-bytes",
            Self::Timers => "session-timers",
        }
    }
}

/// What a session may still take on.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    held: Holding,
    limits: SessionLimits,
}

/// A budget that has no room for a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exhausted {
    budget: Budget,
    max: usize,
}

/// Records that one call may add beyond the limit.
const OVERSHOOT_MAX: usize = 1_000;

impl Room {
    /// What is left of these limits where so much is held.
    pub(crate) const fn new(held: Holding, limits: SessionLimits) -> Self {
        Self { held, limits }
    }

    /// Violations, and ignored names, that one call reports.
    pub(crate) const fn violations_max(&self) -> usize {
        self.limits.violations_max
    }

    /// Whether there is room for what this call may add. It is asked before the call is decoded.
    pub(crate) fn check(&self, call: &RawCall) -> Result<(), Exhausted> {
        let Self { held, limits } = self;
        let body: &[u8] = match &call.body {
            Body::Complete(bytes) => bytes,
            Body::TooLarge => &[],
        };
        let taken = [
            (Budget::Records, held.records.saturating_add(records_beyond(body)), limits.records_max),
            (Budget::Bytes, held.bytes.saturating_add(body.len().saturating_sub(1)), limits.bytes_max),
            (Budget::Timers, held.timers, limits.timers_max),
        ];
        taken
            .into_iter()
            .find(|(_, held, max)| held >= max)
            .map_or(Ok(()), |(budget, _, max)| Err(Exhausted { budget, max }))
    }
}

/// How many records a body may bring beyond those that a call may always add. Each is a value of a list, and there are
/// no more values than commas.
fn records_beyond(body: &[u8]) -> usize {
    if body.len() <= OVERSHOOT_MAX {
        return 0;
    }
    let commas = body.iter().fold(0_usize, |commas, byte| commas + usize::from(*byte == b','));
    commas.saturating_sub(OVERSHOOT_MAX)
}

const LIMIT: HeaderName = HeaderName::from_static("x-estoppel-limit");

impl Exhausted {
    /// The answer of the server itself, in its own form: no vendor gives it.
    pub(crate) fn answer(self, operation: &'static str) -> Answer {
        let Self { budget, max } = self;
        let name = budget.name();
        let body = json!({
            "error": format!("the limit `{name}` is reached: {max}"),
            "help": format!(
                "reset or delete the session, or raise it with --limit {name}=NUMBER or under [limits] in \
                 estoppel.toml; no vendor answers so"
            ),
        });
        let headers = HeaderMap::from_iter([
            (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (LIMIT, HeaderValue::from_static(name)),
        ]);
        Answer {
            status: StatusCode::INSUFFICIENT_STORAGE,
            headers,
            body: Bytes::from(body.to_string()),
            verdict: Verdict { outcome: Outcome::Exhausted(name), ..Verdict::served(operation, Vec::new()) },
        }
    }
}

#[cfg(test)]
mod tests {
    use http::{Method, Uri};

    use super::*;

    fn check(held: Holding, body: &str, expected: Option<Budget>) {
        let limits =
            SessionLimits { records_max: 10, bytes_max: 4_000, timers_max: 5, ..SessionLimits::default() };
        let mut call = RawCall::new(Method::POST, Uri::from_static("/"));
        call.body = Body::Complete(Bytes::copy_from_slice(body.as_bytes()));
        let checked = Room::new(held, limits).check(&call);
        assert_eq!(checked.err().map(|exhausted| exhausted.budget), expected, "{held:?}");
    }

    #[test]
    fn a_budget_is_counted_before_it_is_taken() {
        let held = |records, bytes, timers| Holding { records, bytes, timers };
        check(held(9, 0, 4), "{}", None);
        check(held(10, 0, 0), "{}", Some(Budget::Records));
        check(held(0, 3_998, 0), "{}", None);
        check(held(0, 3_999, 0), "{}", Some(Budget::Bytes));
        check(held(0, 0, 5), "", Some(Budget::Timers));
        check(held(0, 0, 0), &",".repeat(1_009), None);
        check(held(0, 0, 0), &",".repeat(1_010), Some(Budget::Records));
    }
}
