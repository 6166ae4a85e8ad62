//! The pure, deterministic behaviour of an API.
//!
//! A [`Session`] is one isolated world: state, clock, seed and journal. Calls and the time go in; answers and events
//! come out. Nothing here reads a clock, draws a random number or does I/O: the same seed and the same inputs give the
//! same bytes.

mod answer;
mod api;
mod behaviour;
mod budget;
mod call;
mod clock;
mod event;
mod journal;
mod limits;
mod message;
mod negotiation;
mod outbox;
mod session;
mod shown_url;
mod table;

pub use answer::{Answer, Outcome, Verdict};
pub use api::{Api, Handler};
pub use behaviour::{Behaviour, Policy, Running, Setup, Simulation, UndeclaredMembers};
pub use budget::{Budget, Holding, Room};
pub use call::{Body, Call, RawCall};
pub use clock::{Clock, ClockError};
pub use event::{AttemptEnd, Detail, Event};
pub use journal::{Counters, Entry, Excerpt, Input, Journal, JournalLimits, Order, Selection, Wanted};
pub use limits::SessionLimits;
pub use message::{DeliverySettings, Message, WebhookChange};
pub use outbox::{
    Attempt, AttemptOutcome, Cause, Delivery, DeliveryCounters, DeliveryState, Endpoint, EndpointState,
    NewEndpoint, Outbox, OutboxError, Parcel,
};
pub use session::{Deliveries, Happened, Incomplete, Progress, Session, SessionOptions, Slice, WebhookError};
pub use shown_url::shown_url;
pub use table::Table;
