//! The generated files of an invented API with everything that a contract can hold.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail so")]

mod ferries;
mod guarantees;
mod open_api;
mod reference_page;
mod round_trip;
