//! Verification of servers: a faithful one, and ones with planted faults.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail so"
)]

mod faithful;
mod faults;
mod planted;
mod receiver;
mod unreachable;
mod webhooks;
