//! Stories across operations, told to a session.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail so")]

mod controls;
mod determinism;
mod fixtures;
mod hostile;
mod properties;
mod refreshes;
mod request_bodies;
mod sandbox;
mod stories;
mod webhooks;
mod wire;
