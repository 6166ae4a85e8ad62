//! Stories across operations, told to a session.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail so")]

mod controls;
mod deactivation;
mod determinism;
mod fixtures;
mod lenders;
mod properties;
mod request_bodies;
mod requests;
mod results;
mod sandbox;
mod service;
mod signed_bodies;
mod stories;
mod wire;
