//! Stories across operations, told to a session.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail so")]

mod autopays;
mod determinism;
mod fixtures;
mod hostile;
mod links;
mod loans;
mod properties;
mod request_bodies;
mod sandbox;
mod stories;
mod wire;
