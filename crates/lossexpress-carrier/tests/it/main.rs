//! Stories across operations, told to a session.

mod claims;
mod determinism;
mod payoff_requests;
mod sandbox;
