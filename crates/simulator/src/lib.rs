//! The pure, deterministic behaviour of an API.
