//! Stories across operations, told to a session.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail so")]

mod budgets;
mod claims;
mod determinism;
mod fixtures;
mod many_faults;
mod payoff_requests;
mod properties;
mod request_bodies;
mod sandbox;
mod wire;
