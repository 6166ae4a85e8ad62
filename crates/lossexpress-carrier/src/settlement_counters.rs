//! Settlement counters: a lender objects to the settlement, the carrier accepts or disputes.

pub(crate) mod accept_or_dispute_counter;

pub use accept_or_dispute_counter::{AcceptOrDisputeCounter, CounterAnswer};
