//! What an API does beyond its operations, and how a session runs it.

use std::{fmt, sync::Arc};

use estoppel_contract::{Contract, Protocol, Readings, Service};
use jiff::Timestamp;

use crate::{Answer, DeliverySettings, Event, Holding, Message, RawCall, Room, WebhookChange};

/// What a session gives to the state of an API when it begins.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Where all identifiers and invented values come from.
    pub seed: u64,
    /// The readings that were chosen.
    pub readings: Readings,
    /// Where callers reach the API, without a slash at the end.
    pub base_url: Arc<str>,
    /// The session's first instant.
    pub started_at: Timestamp,
}

/// What an API does with members that its contract does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndeclaredMembers {
    /// It ignores them.
    Ignored,
    /// It refuses the request.
    Refused,
}

/// How an API treats every call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The longest body that it takes, in bytes.
    pub body_limit_bytes: u64,
    /// What becomes of members that the contract does not name.
    pub undeclared_members: UndeclaredMembers,
}

/// The state of an API within a session: pure data, moved by calls and by the clock.
pub trait Behaviour: Clone + Send + fmt::Debug + 'static {
    /// The state at the session's first instant.
    fn start(setup: &Setup) -> Self;

    /// Whether the credentials of this call are good now.
    fn authorize(&self, call: &RawCall, now: Timestamp) -> Result<(), Protocol>;

    /// How every call is treated.
    fn policy(&self) -> Policy;

    /// Whether an announced operation is turned on by its reading.
    fn is_on(&self, reading: &str) -> bool;

    /// What it holds, in constant time. The bytes of the bodies that its records came from are counted for it.
    fn holding(&self) -> Holding;

    /// When the next timer is due.
    fn next_due(&self) -> Option<Timestamp>;

    /// Fires the next timer, at its own time.
    fn fire_next(&mut self) -> Option<Event>;

    /// From here on callers reach the API at this URL, without a slash at the end.
    fn move_to(&mut self, base_url: Arc<str>);

    /// The webhooks that the last call or timer set off, oldest first. They are taken once.
    fn take_messages(&mut self) -> Vec<Message> {
        Vec::new()
    }

    /// How webhooks are signed and sent in this session.
    fn delivery_settings(&self) -> DeliverySettings {
        DeliverySettings::default()
    }

    /// Endpoints for the webhooks have come or gone.
    fn webhooks_changed(&mut self, change: WebhookChange, now: Timestamp) {
        let _ = (change, now);
    }
}

/// An API that sessions can run.
pub trait Simulation: Sync + Send {
    /// What is true of the API as a whole.
    fn service(&self) -> &Service;

    /// Its contract. It is made when it is first asked for.
    fn contract(&self) -> &Contract;

    /// Its controls, as a contract of their own.
    fn controls(&self) -> Contract;

    /// Its state in a fresh session.
    fn start(&'static self, setup: &Setup) -> Box<dyn Running>;
}

/// The state of an API in one session.
pub trait Running: Send {
    /// Answers a call; one that would add something finds as much room as this.
    fn call(&mut self, call: &RawCall, now: Timestamp, room: Room) -> Answer;

    /// What it holds.
    fn holding(&self) -> Holding;

    /// How every call is treated.
    fn policy(&self) -> Policy;

    /// When the next timer is due.
    fn next_due(&self) -> Option<Timestamp>;

    /// Fires the next timer.
    fn fire_next(&mut self) -> Option<Event>;

    /// A copy that callers reach at another URL.
    fn fork(&self, base_url: Arc<str>) -> Box<dyn Running>;

    /// Answers a call of a control: what the vendor's own staff or interface would do.
    fn control(&mut self, call: &RawCall, now: Timestamp, room: Room) -> Answer;

    /// The webhooks that the last call or timer set off.
    fn take_messages(&mut self) -> Vec<Message>;

    /// How webhooks are signed and sent.
    fn delivery_settings(&self) -> DeliverySettings;

    /// Endpoints for the webhooks have come or gone.
    fn webhooks_changed(&mut self, change: WebhookChange, now: Timestamp);
}
