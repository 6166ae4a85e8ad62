//! The sessions of a server, and which of them a path means.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use estoppel_simulator::{Entry, Input, Outcome, Session, SessionOptions, Simulation};
use jiff::Timestamp;
use serde::Serialize;

use crate::date::DateCache;

/// The session that has no prefix.
pub(crate) const DEFAULT: &str = "default";

/// The sessions of a server.
pub struct Sessions {
    simulations: Vec<&'static dyn Simulation>,
    template: SessionOptions,
    default: Arc<World>,
    named: RwLock<BTreeMap<String, Arc<World>>>,
}

/// A session that calls share, one after the other.
pub(crate) struct World {
    state: Mutex<State>,
    /// The longest body that each API takes; it holds as long as the session.
    body_limits_bytes: Vec<u64>,
}

/// A session and what is kept beside it.
pub(crate) struct State {
    pub(crate) session: Session,
    pub(crate) date: DateCache,
}

impl World {
    fn new(session: Session) -> Arc<Self> {
        let apis = 0..session.api_count();
        let body_limits_bytes = apis.map(|api| session.body_limit_bytes(api)).collect();
        Arc::new(Self { state: Mutex::new(State { session, date: DateCache::default() }), body_limits_bytes })
    }

    /// The longest body that an API takes, in bytes.
    pub(crate) fn body_limit_bytes(&self, api: usize) -> u64 {
        self.body_limits_bytes.get(api).copied().unwrap_or_default()
    }

    /// Waits for the session. A call that panicked leaves it usable: calls change it only when they succeed.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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
        real: Timestamp,
    ) -> Self {
        let default = World::new(Session::new(&simulations, template.clone(), real));
        Self { simulations, template, default, named: RwLock::default() }
    }

    /// The APIs that every session runs.
    pub(crate) fn simulations(&self) -> &[&'static dyn Simulation] {
        &self.simulations
    }

    /// How a session is made that says nothing of its own.
    pub(crate) const fn template(&self) -> &SessionOptions {
        &self.template
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
        named.insert(name, World::new(session));
        Ok(())
    }

    /// Removes a session; says whether there was one.
    pub(crate) fn remove(&self, name: &str) -> bool {
        self.named.write().unwrap_or_else(PoisonError::into_inner).remove(name).is_some()
    }

    /// The members whose values are never shown, of all APIs.
    pub(crate) fn sensitive_members(&self) -> BTreeSet<String> {
        self.simulations.iter().flat_map(|simulation| simulation.contract().sensitive_members()).collect()
    }

    /// How many calls broke the contract, and those of them that the journals still hold.
    pub fn breaches(&self) -> (u64, Vec<Breach>) {
        let mut count = 0;
        let mut kept = Vec::new();
        for name in self.names() {
            let Some(world) = self.world(&name) else { continue };
            let state = world.lock();
            count += state.session.journal().breaches();
            kept.extend(state.session.journal().entries().filter_map(|entry| breach(&name, entry)));
        }
        (count, kept)
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
        Outcome::Served | Outcome::Refused(_) => {
            format!("members not in the contract: {}", verdict.ignored.join(", "))
        }
    };
    Some(Breach { session: session.to_owned(), api: entry.api, call: format!("{call:?}"), broke })
}
