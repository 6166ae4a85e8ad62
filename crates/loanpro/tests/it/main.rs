//! Stories across operations, told to a session.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail so")]

mod sandbox;
mod wire;
