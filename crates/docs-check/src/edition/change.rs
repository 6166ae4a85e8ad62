//! One change between two editions, with its places in both.

use std::collections::BTreeSet;

use estoppel_contract::Contract;
use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::Tier;
use crate::{Place, described::shape};

/// The way that a value travels, seen from a client of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The client sends it: routes, parameters, request bodies.
    Sent,
    /// The client receives it: replies and refusals.
    Received,
    /// The client is called with it: webhooks.
    Called,
}

impl Direction {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Called => "called",
        }
    }
}

/// One of the two editions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The edition before.
    Old,
    /// The edition after.
    New,
}

/// A place in an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// File, line and column.
    pub place: Place,
    /// In a JSON document: where, as a JSON pointer.
    pub pointer: Option<String>,
}

impl Serialize for Site {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Site", 6)?;
        object.serialize_field("file", &self.place.file)?;
        object.serialize_field("line", &self.place.line)?;
        object.serialize_field("column", &self.place.column)?;
        object.serialize_field("endLine", &self.place.end_line)?;
        object.serialize_field("endColumn", &self.place.end_column)?;
        object.serialize_field("pointer", &self.pointer)?;
        object.end()
    }
}

/// One change between two editions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The id of its kind, such as `DIFF-FIELD-REMOVED`.
    pub rule: &'static str,
    /// How much it weighs: the worst of its directions.
    pub tier: Tier,
    /// The ways that what changed travels.
    pub directions: BTreeSet<Direction>,
    /// What changed, such as `the reply of GET /boats`.
    pub subject: String,
    /// The operation of the contract that it is about, where the caller names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// What is different, in one sentence without full stop.
    pub message: String,
    /// Why that is so grave or so harmless, in one sentence without full stop.
    pub why: &'static str,
    /// Where the old edition states it; of what is added, where it would stand.
    pub old: Option<Site>,
    /// Where the new edition states it; of what is removed, where it would stand.
    pub new: Option<Site>,
    /// Other places that the same cause touches: the old and the new one of each.
    pub occurrences: Vec<(Option<Site>, Option<Site>)>,
    /// Sixteen hexadecimal digits that stay the same when lines move.
    pub fingerprint: String,
    /// Method and path of the operation that it is about.
    #[serde(skip)]
    pub(crate) route: Option<(String, String)>,
}

impl Comparison {
    /// Gives each change the id of the operation of the contract that it is about.
    pub fn name_operations(&mut self, contract: &Contract) {
        for change in &mut self.changes {
            let Some((method, path)) = &change.route else { continue };
            let path = shape(path);
            // Documents write paths with and without the base of their server; the longest that fits is meant.
            let fitting = contract.operations.iter().filter(|operation| {
                operation.spec.method.as_str() == method && path.ends_with(&shape(operation.path.as_str()))
            });
            let known = fitting.max_by_key(|operation| operation.path.as_str().len());
            change.operation = known.map(|operation| operation.spec.id.to_owned());
        }
    }
}

impl Change {
    /// Method and path of the operation that it is about, as the newest edition that has it writes them.
    pub fn route(&self) -> Option<(&str, &str)> {
        self.route.as_ref().map(|(method, path)| (method.as_str(), path.as_str()))
    }
}

/// How much of an edition was compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Compared {
    /// Operations.
    pub operations: usize,
    /// Webhooks.
    pub webhooks: usize,
    /// Objects and lists of words on their own.
    pub models: usize,
    /// Fields and parameters.
    pub fields: usize,
}

/// What changed between two editions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Every change, the gravest first.
    pub changes: Vec<Change>,
    /// What the old edition holds.
    pub old: Compared,
    /// What the new edition holds.
    pub new: Compared,
}
