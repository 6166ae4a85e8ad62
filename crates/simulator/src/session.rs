//! One isolated world.

use std::{collections::BTreeMap, fmt, sync::Arc};

use estoppel_contract::{Reading, ReadingError, ReadingValue, Readings};
use jiff::Timestamp;
use thiserror::Error;

mod advance;
mod budget;
mod webhooks;

pub use advance::{Deliveries, Happened, Progress, Slice};
pub use webhooks::WebhookError;

use crate::{
    Answer, Body, Cause, Clock, Input, Journal, NewEndpoint, Outbox, RawCall, Running, SessionLimits, Setup,
    Simulation,
};

/// How a session is made. It is made the same way again when it is reset.
#[derive(Clone, Debug)]
pub struct SessionOptions {
    /// Its name.
    pub name: String,
    /// Where all its identifiers and invented values come from.
    pub seed: u64,
    /// Its clock.
    pub clock: Clock,
    /// The readings that were chosen.
    pub readings: Readings,
    /// Where callers reach the session; each API is a folder below.
    pub base_url: String,
    /// How much it keeps.
    pub limits: SessionLimits,
    /// Endpoints for webhooks that it has from the start.
    pub webhooks: Vec<NewEndpoint>,
}

impl SessionOptions {
    /// Checks chosen readings against those of the APIs.
    pub fn choose_readings(
        simulations: &[&'static dyn Simulation],
        choices: &BTreeMap<String, ReadingValue>,
    ) -> Result<Readings, ReadingError> {
        let known: Vec<&'static Reading> =
            simulations.iter().flat_map(|simulation| simulation.service().readings).collect();
        Readings::choose(&known, choices)
    }
}

/// The journal no longer holds every input, so its replay is not the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the journal has dropped its first {dropped} entries; a replay needs all of them")]
pub struct Incomplete {
    /// Entries that are gone.
    pub dropped: u64,
}

/// One isolated world: the state of every API, one clock, one seed, one journal. It is serial.
pub struct Session {
    options: SessionOptions,
    started_at: Timestamp,
    clock: Clock,
    /// The latest time that anything has seen: the session's time never falls behind it.
    latest: Timestamp,
    apis: Vec<Box<dyn Running>>,
    simulations: Vec<&'static dyn Simulation>,
    journal: Journal,
    outbox: Outbox,
    /// What happens while the clock is being moved.
    happened: Option<Happened>,
}

impl fmt::Debug for Session {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Session").field("options", &self.options).finish_non_exhaustive()
    }
}

impl Session {
    /// A fresh session of these APIs, begun when the real clock shows `real`.
    pub fn new(simulations: &[&'static dyn Simulation], options: SessionOptions, real: Timestamp) -> Self {
        let started_at = options.clock.now(real);
        let apis = simulations
            .iter()
            .map(|simulation| {
                simulation.start(&Setup {
                    seed: options.seed,
                    readings: options.readings.clone(),
                    base_url: api_url(&options.base_url, *simulation),
                    started_at,
                })
            })
            .collect();
        let mut session = Self {
            clock: options.clock,
            journal: Journal::new(options.limits.journal),
            simulations: simulations.to_vec(),
            started_at,
            latest: started_at,
            apis,
            outbox: Outbox::new(options.limits.into()),
            happened: None,
            options,
        };
        for endpoint in session.options.webhooks.clone() {
            // There are never more of them than a session holds: those that do not fit are left out.
            drop(session.add_endpoint(endpoint, started_at));
        }
        session
    }

    /// How it was made.
    pub const fn options(&self) -> &SessionOptions {
        &self.options
    }

    /// Its inputs so far.
    pub const fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Its clock.
    pub const fn clock(&self) -> Clock {
        self.clock
    }

    /// Its time when the real clock shows `real`. It never goes back, even where the real clock does.
    pub fn now(&self, real: Timestamp) -> Timestamp {
        self.clock.now(real).max(self.latest)
    }

    /// The latest time that anything in it has seen, such as the last call.
    pub const fn latest(&self) -> Timestamp {
        self.latest
    }

    /// How many APIs it runs.
    pub fn api_count(&self) -> usize {
        self.apis.len()
    }

    /// The longest body that an API takes, in bytes.
    pub fn body_limit_bytes(&self, api: usize) -> u64 {
        self.apis.get(api).map_or(0, |api| api.policy().body_limit_bytes)
    }

    /// Answers a call of the API at this place of the list.
    pub fn call(&mut self, api: usize, call: &RawCall, real: Timestamp) -> Option<Answer> {
        let now = self.settle_time(real);
        let room = self.room();
        let answer = self.apis.get_mut(api)?.call(call, now, room);
        let name = self.collect(api, now)?;
        self.journal.append_call(now, name, call, &answer);
        Some(answer)
    }

    /// Whether the head of a call is enough to refuse it, whatever its body: no operation takes it, its credentials are
    /// not good, or it accepts no media type that is there.
    pub fn is_refused_by_head(&mut self, api: usize, call: &RawCall, real: Timestamp) -> bool {
        let now = self.settle_time(real);
        self.apis.get(api).is_none_or(|api| api.is_refused_by_head(call, now))
    }

    /// Answers a call of a control of the API at this place of the list. It is no call of the API: the journal keeps
    /// it and does not count it.
    pub fn control(&mut self, api: usize, call: &RawCall, real: Timestamp) -> Option<Answer> {
        let now = self.settle_time(real);
        let room = self.room();
        let answer = self.apis.get_mut(api)?.control(call, now, room);
        let name = self.collect(api, now)?;
        self.journal.append_control(now, name, call, &answer);
        Some(answer)
    }

    /// Fires what is due when the real clock shows `real`; says when the next thing is due.
    pub fn tick(&mut self, real: Timestamp) -> Option<Timestamp> {
        self.settle_time(real);
        self.next_due()
    }

    /// When the next timer or delivery is due, on the session's clock.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.next_timer_due().into_iter().chain(self.outbox.next_due()).min()
    }

    /// When the next timer is due, on the session's clock.
    pub fn next_timer_due(&self) -> Option<Timestamp> {
        self.next_timer().map(|(at, _)| at)
    }

    /// When the next timer is due, or the next delivery that can be taken, on the session's clock.
    pub fn next_wake(&self) -> Option<Timestamp> {
        self.next_timer_due().into_iter().chain(self.outbox.next_takeable()).min()
    }

    /// Stops the clock where it is.
    pub fn freeze(&mut self, real: Timestamp) {
        self.clock = Clock::Frozen(self.now(real));
    }

    /// Lets the clock run on from where it is.
    pub fn run(&mut self, real: Timestamp) {
        self.clock = Clock::Running(self.now(real).duration_since(real));
    }

    /// The same world under another name; from here on the two differ. Its journal begins here.
    pub fn fork(&self, name: String, base_url: String) -> Self {
        Self {
            started_at: self.started_at,
            clock: self.clock,
            latest: self.latest,
            apis: self
                .apis
                .iter()
                .zip(&self.simulations)
                .map(|(api, simulation)| api.fork(api_url(&base_url, *simulation)))
                .collect(),
            simulations: self.simulations.clone(),
            journal: self.journal.begun_anew(),
            outbox: self.outbox.forked(),
            happened: None,
            options: SessionOptions { name, base_url, ..self.options.clone() },
        }
    }

    /// Makes the session again, as it was at first, with the same seed; gives what it was. Whoever serves others in the
    /// meantime drops that elsewhere: it may be large.
    pub fn reset(&mut self, real: Timestamp) -> Self {
        let new = Self::new(&self.simulations, self.options.clone(), real);
        std::mem::replace(self, new)
    }

    /// The session that the journal gives, made from nothing. It answers as this one does.
    pub fn replay(&self) -> Result<Self, Incomplete> {
        let dropped = self.journal.dropped();
        if dropped > 0 {
            return Err(Incomplete { dropped });
        }
        let options = SessionOptions { clock: Clock::Frozen(self.started_at), ..self.options.clone() };
        let mut session = Self::new(&self.simulations, options, self.started_at);
        for entry in self.journal.entries() {
            session.clock = Clock::Frozen(entry.at);
            let api = self.simulations.iter().position(|simulation| simulation.service().name == entry.api);
            session.repeat(entry.input, api, entry.at);
        }
        // Time has passed since the last input.
        session.clock = Clock::Frozen(self.latest);
        session.settle_time(self.latest);
        session.options.clock = self.options.clock;
        session.clock = self.clock;
        Ok(session)
    }

    /// Does once more what a journal says.
    fn repeat(&mut self, input: Input, api: Option<usize>, at: Timestamp) {
        match (input, api) {
            (Input::Call(call), Some(api)) => drop(self.call(api, &call, at)),
            (Input::Control(call), Some(api)) => drop(self.control(api, &call, at)),
            (Input::Advance(to), _) => drop(self.advance(to, at)),
            (Input::Register(endpoint), _) => drop(self.register_webhook(endpoint, at)),
            (Input::Remove(id), _) => drop(self.remove_webhook(id, at)),
            (Input::Enable, Some(api)) => self.enable_webhooks(api, at),
            (Input::Fire(message), Some(api)) => drop(self.fire_webhook(api, message, at)),
            (Input::Redeliver(id), _) => drop(self.redeliver(id, at)),
            (Input::Taken(deliveries), _) => {
                self.settle_time(at);
                self.outbox.take_again(&deliveries);
            }
            (Input::Settled(id, outcome), _) => self.settle(id, outcome, at),
            (Input::Call(_) | Input::Control(_) | Input::Enable | Input::Fire(_), None) => {}
        }
    }

    /// The session's time; everything that is due has happened.
    fn settle_time(&mut self, real: Timestamp) -> Timestamp {
        let now = self.now(real);
        self.latest = now;
        self.fire_until(now);
        now
    }

    /// The timer that is due first, and whose it is.
    fn next_timer(&self) -> Option<(Timestamp, usize)> {
        let due = self.apis.iter().enumerate().filter_map(|(place, api)| Some((api.next_due()?, place)));
        due.min()
    }

    /// Fires every timer that is due at `now`, of all APIs in the order of their times.
    fn fire_until(&mut self, now: Timestamp) {
        let mut all = usize::MAX;
        self.fire_some(now, &mut all);
    }

    /// Takes what an API wants sent into the outbox; says the API's name.
    fn collect(&mut self, place: usize, now: Timestamp) -> Option<&'static str> {
        let name = self.simulations.get(place)?.service().name;
        for message in self.apis.get_mut(place)?.take_messages() {
            self.outbox.accept(name, &message, Cause::Event, now);
        }
        Some(name)
    }
}

/// Where callers of an API reach it.
fn api_url(base_url: &str, simulation: &dyn Simulation) -> Arc<str> {
    Arc::from(format!("{base_url}/{}", simulation.service().name))
}

impl Body {
    /// The bytes, if all of them are there.
    pub fn bytes(&self) -> Option<&bytes::Bytes> {
        match self {
            Self::Complete(bytes) => Some(bytes),
            Self::TooLarge | Self::Unread => None,
        }
    }
}
