//! The sessions of a server, and which of them a path means.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use estoppel_simulator::{Entry, Input, Outcome, Session, SessionOptions, Simulation};
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    Limits, Sender,
    world::{State, World},
};

/// The session that has no prefix.
pub(crate) const DEFAULT: &str = "default";

/// The sessions of a server.
pub struct Sessions {
    simulations: Vec<&'static dyn Simulation>,
    template: SessionOptions,
    limits: Limits,
    sender: Sender,
    default: Arc<World>,
    named: RwLock<BTreeMap<String, Arc<World>>>,
    /// What sessions that were deleted or reset leave behind, and calls that reached none.
    past: Mutex<Tally>,
}

/// How a server was called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Calls of APIs, those that reached none among them.
    pub calls: u64,
    /// Calls that broke the contract.
    pub breaches: u64,
    /// Those of them that were kept.
    pub kept: Vec<Breach>,
}

/// Breaches of past sessions that are kept.
const KEPT_MAX: usize = 1_000;

impl Tally {
    fn add(&mut self, session: &Session) {
        let journal = session.journal();
        self.calls += journal.counters().calls;
        self.breaches += journal.breaches();
        let room = KEPT_MAX.saturating_sub(self.kept.len());
        let name = &session.options().name;
        self.kept.extend(journal.breach_entries().filter_map(|entry| breach(name, &entry)).take(room));
    }
}

/// A call that broke the contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Breach {
    /// The session.
    pub session: String,
    /// The API.
    pub api: &'static str,
    /// Method and path.
    pub call: String,
    /// What it broke.
    pub broke: String,
}

impl fmt::Debug for Sessions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Sessions").field("template", &self.template).finish_non_exhaustive()
    }
}

impl Sessions {
    pub(crate) fn new(
        simulations: Vec<&'static dyn Simulation>,
        template: SessionOptions,
        limits: Limits,
        sender: Sender,
        real: Timestamp,
    ) -> Self {
        let default = World::new(Session::new(&simulations, template.clone(), real), &sender);
        Self {
            simulations,
            template,
            limits,
            sender,
            default,
            named: RwLock::default(),
            past: Mutex::default(),
        }
    }

    /// The APIs that every session runs.
    pub(crate) fn simulations(&self) -> &[&'static dyn Simulation] {
        &self.simulations
    }

    /// How a session is made that says nothing of its own.
    pub(crate) const fn template(&self) -> &SessionOptions {
        &self.template
    }

    /// How much the server keeps.
    pub(crate) const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The session without a prefix.
    pub(crate) const fn default_world(&self) -> &Arc<World> {
        &self.default
    }

    /// The session of this name.
    pub(crate) fn world(&self, name: &str) -> Option<Arc<World>> {
        if name == DEFAULT {
            return Some(Arc::clone(&self.default));
        }
        self.named.read().unwrap_or_else(PoisonError::into_inner).get(name).map(Arc::clone)
    }

    /// The names of all sessions, the default one first.
    pub(crate) fn names(&self) -> Vec<String> {
        let named = self.named.read().unwrap_or_else(PoisonError::into_inner);
        std::iter::once(DEFAULT.to_owned()).chain(named.keys().cloned()).collect()
    }

    /// Where callers reach the session of this name.
    pub(crate) fn base_url(&self, name: &str) -> String {
        if name == DEFAULT {
            return self.template.base_url.clone();
        }
        format!("{}/sessions/{name}", self.template.base_url)
    }

    /// Adds a session; gives it back where its name is taken.
    pub(crate) fn add(&self, session: Session) -> Result<(), Box<Session>> {
        let name = session.options().name.clone();
        let mut named = self.named.write().unwrap_or_else(PoisonError::into_inner);
        if name == DEFAULT || named.contains_key(&name) {
            return Err(Box::new(session));
        }
        named.insert(name, World::new(session, &self.sender));
        Ok(())
    }

    /// Removes a session; says whether there was one.
    pub(crate) fn remove(&self, name: &str) -> bool {
        let removed = self.named.write().unwrap_or_else(PoisonError::into_inner).remove(name);
        let world = removed.as_ref();
        let noted = world.inspect(|world| {
            // The world before the past, as everywhere.
            let state = world.lock();
            self.past().add(&state.session);
            drop(state);
            world.end();
        });
        noted.is_some()
    }

    /// Makes a session anew; its breaches are not forgotten.
    pub(crate) fn reset(&self, world: &World, state: &mut State, real: Timestamp) {
        self.past().add(&state.session);
        world.reset(state, real);
    }

    /// Ends the pumps of all sessions: from here on nothing is sent.
    pub(crate) fn end(&self) {
        self.default.end();
        self.named.read().unwrap_or_else(PoisonError::into_inner).values().for_each(|world| world.end());
    }

    /// Notes a call that reached no session or no API.
    pub(crate) fn note_unmatched(&self, call: String) {
        let mut past = self.past();
        past.calls += 1;
        past.breaches += 1;
        if past.kept.len() < KEPT_MAX {
            let broke = "no session or API has this path".to_owned();
            past.kept.push(Breach { session: "-".to_owned(), api: "-", call, broke });
        }
    }

    fn past(&self) -> MutexGuard<'_, Tally> {
        self.past.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The members and parameters of each API whose values may be shown.
    pub(crate) fn showable_members(&self) -> BTreeMap<&'static str, BTreeSet<String>> {
        let apis = self.simulations.iter();
        apis.map(|api| (api.service().name, api.contract().showable_members())).collect()
    }

    /// How the server was called since it started, over all sessions.
    pub fn tally(&self) -> Tally {
        let mut tally = self.past().clone();
        for world in self.names().iter().filter_map(|name| self.world(name)) {
            tally.add(&world.lock().session);
        }
        tally
    }
}

impl Drop for Sessions {
    fn drop(&mut self) {
        self.end();
    }
}

fn breach(session: &str, entry: &Entry) -> Option<Breach> {
    let verdict = entry.verdict.as_ref().filter(|verdict| verdict.breaks_contract())?;
    let Input::Call(call) = &entry.input else { return None };
    let broke = match verdict.outcome {
        Outcome::Faulty(notice) => match verdict.violations.first() {
            Some(first) => {
                format!("{notice}: {} expected {}, found {}", first.pointer, first.expected, first.actual)
            }
            None => notice.to_owned(),
        },
        Outcome::Served | Outcome::Refused(_) | Outcome::Exhausted(_) => {
            let more = match verdict.ignored_omitted {
                0 => String::new(),
                omitted => format!(", and {omitted} more"),
            };
            format!("members not in the contract: {}{more}", verdict.ignored.join(", "))
        }
    };
    Some(Breach { session: session.to_owned(), api: entry.api, call: format!("{call:?}"), broke })
}
