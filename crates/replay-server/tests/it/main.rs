//! The replay server over real connections.

mod admin;
mod framing;
mod server;
