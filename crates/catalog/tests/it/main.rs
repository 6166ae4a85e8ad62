//! What holds of every API alike.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail so")]

mod quotes;
mod sources;
mod stories;
