//! The names that records refer to by number.

use std::hash::BuildHasherDefault;

use indexmap::IndexSet;
use rapidhash::fast::RapidHasher;

/// Names of APIs, operations, error responses, webhooks and paths. They are part of the program, so there are only so
/// many of them; a record holds the number of a name.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(IndexSet<&'static str, BuildHasherDefault<RapidHasher<'static>>>);

impl Names {
    /// The number of a name.
    pub(super) fn number(&mut self, name: &'static str) -> u64 {
        self.0.insert_full(name).0 as u64
    }

    /// The names, each at the place of its number.
    pub(super) fn list(&self) -> Vec<&'static str> {
        self.0.iter().copied().collect()
    }
}
