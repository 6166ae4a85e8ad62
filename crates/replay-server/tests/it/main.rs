//! The replay server over real connections.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail so")]

mod admin;
mod advance;
mod budgets;
mod connections;
mod controls;
mod early_responses;
mod ferry;
mod framing;
mod guard;
mod hosts;
mod journal;
mod personal;
mod receiver;
mod server;
mod shutdown;
mod targets;
mod webhooks;
