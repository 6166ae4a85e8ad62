//! Stories across operations, told to a session.

mod claims;
mod determinism;
mod fixtures;
mod payoff_requests;
mod request_bodies;
mod sandbox;
