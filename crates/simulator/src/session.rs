//! One isolated world.

use std::{collections::BTreeMap, fmt, sync::Arc};

use estoppel_contract::{Reading, ReadingError, ReadingValue, Readings};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use thiserror::Error;

use crate::{
    Answer, Body, Clock, ClockError, Input, Journal, JournalLimits, RawCall, Running, Setup, Simulation,
};

/// Something that a session's clock set off.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// When, on the session's clock.
    pub at: Timestamp,
    /// Of which API.
    pub api: &'static str,
    /// What, in a word.
    pub kind: String,
    /// What more there is to tell.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub detail: Value,
}

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
    /// How much its journal keeps.
    pub journal: JournalLimits,
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
        Self {
            clock: options.clock,
            journal: Journal::new(options.journal),
            simulations: simulations.to_vec(),
            options,
            started_at,
            latest: started_at,
            apis,
        }
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

    /// How many APIs it runs.
    pub fn api_count(&self) -> usize {
        self.apis.len()
    }

    /// The longest body that an API takes, in bytes.
    pub fn body_limit_bytes(&self, api: usize) -> u64 {
        self.apis.get(api).map_or(0, |api| api.policy().body_limit_bytes)
    }

    /// Answers a call of the API at this place of the list.
    pub fn call(&mut self, api: usize, call: RawCall, real: Timestamp) -> Option<Answer> {
        let now = self.now(real);
        self.latest = now;
        self.fire_until(now);
        let running = self.apis.get_mut(api)?;
        let answer = running.call(&call, now);
        let name = self.simulations.get(api)?.service().name;
        self.journal.append(
            now,
            name,
            Input::Call(call),
            Some((answer.status, answer.body.clone())),
            Some(answer.verdict.clone()),
        );
        Some(answer)
    }

    /// Moves the clock to `to` and returns what that set off, in order.
    pub fn advance(&mut self, to: Timestamp, real: Timestamp) -> Result<Vec<Event>, ClockError> {
        let now = self.now(real);
        if to < now {
            return Err(ClockError::Backwards { now, asked: to });
        }
        self.clock = self.clock.moved_to(to, real);
        self.latest = to;
        let events = self.fire_until(to);
        self.journal.append(to, "", Input::Advance(to), None, None);
        Ok(events)
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
            options: SessionOptions { name, base_url, ..self.options.clone() },
        }
    }

    /// Makes the session again, as it was at first.
    pub fn reset(&mut self, real: Timestamp) {
        *self = Self::new(&self.simulations, self.options.clone(), real);
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
            match (&entry.input, api) {
                (Input::Call(call), Some(api)) => drop(session.call(api, call.clone(), entry.at)),
                (Input::Call(_), None) => {}
                (Input::Advance(to), _) => drop(session.advance(*to, entry.at)),
            }
        }
        session.options.clock = self.options.clock;
        session.clock = self.clock;
        Ok(session)
    }

    /// Fires every timer that is due at `now`, of all APIs in the order of their times.
    fn fire_until(&mut self, now: Timestamp) -> Vec<Event> {
        let mut events = Vec::new();
        loop {
            let due = self.apis.iter_mut().filter_map(|api| api.next_due().map(|at| (at, api)));
            let Some((at, api)) = due.min_by_key(|(at, _)| *at) else { return events };
            if at > now {
                return events;
            }
            events.extend(api.fire_next());
        }
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
            Self::TooLarge => None,
        }
    }
}
