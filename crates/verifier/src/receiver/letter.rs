//! A body on its way.

use bytes::Bytes;
use estoppel_contract::{Basis, Source};

/// A body on its way: its bytes, and what is known about them.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub(super) webhook: &'static str,
    /// What the signature ends with.
    pub(super) suffix: String,
    pub(super) body: Bytes,
    /// What the body rests on.
    pub(super) source: Source,
    /// How we know.
    pub(super) basis: Basis,
}

impl Letter {
    /// The same letter with other bytes, about the same request.
    pub(super) fn with_body(&self, body: Bytes) -> Self {
        Self { body, ..self.clone() }
    }
}
