//! Stories across operations, told to a session.

mod payoff_requests;
mod sandbox;
