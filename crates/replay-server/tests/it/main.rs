//! The replay server over real connections.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail so")]

mod admin;
mod advance;
mod budgets;
mod controls;
mod ferry;
mod framing;
mod journal;
mod receiver;
mod server;
mod webhooks;
