//! The replay server over real connections.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail so")]

mod admin;
mod advance;
mod budgets;
mod controls;
mod ferry;
mod framing;
mod guard;
mod journal;
mod personal;
mod receiver;
mod server;
mod targets;
mod webhooks;
