//! What a session's clock sets off.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::AttemptOutcome;

/// Something that a session's clock set off.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// When, on the session's clock.
    pub at: Timestamp,
    /// Of which API.
    pub api: &'static str,
    /// What, in a word.
    pub kind: String,
    /// What more there is to tell.
    #[serde(skip_serializing_if = "Detail::is_nothing")]
    pub detail: Detail,
}

/// What more there is to tell of an event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Detail {
    /// What an API says.
    Told(Value),
    /// How an attempt to deliver ended.
    Attempt(AttemptEnd),
}

/// How an attempt to deliver ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttemptEnd {
    /// The delivery, by its number.
    pub delivery: u64,
    /// The webhook, by its id.
    pub webhook: &'static str,
    /// The request that the message belongs to.
    pub request: Arc<str>,
    /// How it ended, told in words.
    #[serde(serialize_with = "in_words")]
    pub outcome: AttemptOutcome,
}

impl Detail {
    /// What an API says under this name.
    pub fn told(&self, name: &str) -> Option<&Value> {
        match self {
            Self::Told(value) => value.get(name),
            Self::Attempt(_) => None,
        }
    }

    fn is_nothing(&self) -> bool {
        matches!(self, Self::Told(Value::Null))
    }
}

impl From<Value> for Detail {
    fn from(told: Value) -> Self {
        Self::Told(told)
    }
}

fn in_words<S: Serializer>(outcome: &AttemptOutcome, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(outcome)
}
