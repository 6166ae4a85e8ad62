//! Sessions of an invented API that sends webhooks.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail so")]

mod budgets;
mod ferry;
mod journal_replay;
mod webhooks;
