//! The pure, deterministic behaviour of an API.
//!
//! A [`Session`] is one isolated world: state, clock, seed and journal. Calls and the time go in; answers and events
//! come out. Nothing here reads a clock, draws a random number or does I/O: the same seed and the same inputs give the
//! same bytes.

mod answer;
mod api;
mod call;
mod clock;
mod journal;
mod negotiation;
mod session;
mod table;

pub use answer::{Answer, Outcome, Verdict};
pub use api::{Api, Behaviour, Handler, Policy, Running, Setup, Simulation, UndeclaredMembers};
pub use call::{Body, Call, RawCall};
pub use clock::{Clock, ClockError};
pub use journal::{Counters, Entry, Input, Journal, JournalLimits};
pub use session::{Event, Incomplete, Session, SessionOptions};
pub use table::Table;
