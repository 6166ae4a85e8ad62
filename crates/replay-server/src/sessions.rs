//! The sessions of a server, and which of them a path means.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    ops::Bound,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock},
    time::Duration,
};

use estoppel_simulator::{Entry, Input, Outcome, Session, SessionOptions, Simulation};
use jiff::Timestamp;
use serde::Serialize;
use thiserror::Error;

use crate::{
    Limit, Limits, Sender, background,
    expiry::Expired,
    memory::Memory,
    trust::Policies,
    world::{State, World},
};

/// The session that has no prefix.
pub(crate) const DEFAULT: &str = "default";

/// The sessions of a server.
pub struct Sessions {
    simulations: Vec<&'static dyn Simulation>,
    template: SessionOptions,
    limits: Limits,
    memory: Memory,
    sender: Sender,
    policies: Policies,
    /// What may be shown of each API: made when somebody first looks.
    showable: OnceLock<BTreeMap<&'static str, BTreeSet<String>>>,
    default: Arc<World>,
    named: RwLock<BTreeMap<String, Arc<World>>>,
    expired: Expired,
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

/// Names before one that there is not, and after it, that are compared with it.
const COMPARED_MAX: usize = 100;

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

/// Why a session is not added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum NotAdded {
    /// There is one of its name.
    #[error("there is a session of this name")]
    Taken,
    /// There are as many as there may be.
    #[error("the limit `sessions` is reached: {0}")]
    TooMany(usize),
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
        policies: Policies,
        real: Timestamp,
    ) -> Self {
        let default = World::new(Session::new(&simulations, template.clone(), real), &sender);
        Self {
            simulations,
            template,
            memory: Memory::new(&limits),
            limits,
            sender,
            policies,
            showable: OnceLock::new(),
            default,
            named: RwLock::default(),
            expired: Expired::default(),
            past: Mutex::default(),
        }
    }

    /// How much the server keeps.
    pub(crate) const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The memory of the process.
    pub(crate) const fn memory(&self) -> &Memory {
        &self.memory
    }

    /// The sessions that have expired.
    pub(crate) const fn expired(&self) -> &Expired {
        &self.expired
    }

    /// How much of a limit is in use, where that is counted here.
    pub(crate) fn used(&self, limit: Limit) -> Option<u64> {
        match limit {
            Limit::Memory => self.memory.resident(),
            Limit::Sessions => u64::try_from(self.count()).ok(),
            _ => None,
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

    /// What follows from whom the server trusts.
    pub(crate) const fn policies(&self) -> &Policies {
        &self.policies
    }

    /// The session without a prefix.
    pub(crate) const fn default_world(&self) -> &Arc<World> {
        &self.default
    }

    /// The session of this name; it counts as used.
    pub(crate) fn world(&self, name: &str) -> Option<Arc<World>> {
        if name == DEFAULT {
            return Some(Arc::clone(&self.default));
        }
        let world = self.named.read().unwrap_or_else(PoisonError::into_inner).get(name).map(Arc::clone)?;
        world.touch();
        Some(world)
    }

    /// How many sessions there are.
    pub(crate) fn count(&self) -> usize {
        self.named.read().unwrap_or_else(PoisonError::into_inner).len() + 1
    }

    /// So many sessions whose names come after this one, in the order of their names; without a name from the start, where
    /// the default session stands. None of them counts as used.
    pub(crate) fn after(&self, name: Option<&str>, count: usize) -> Vec<Arc<World>> {
        let named = self.named.read().unwrap_or_else(PoisonError::into_inner);
        let (first, from) = match name {
            None => (Some(&self.default), Bound::Unbounded),
            Some(DEFAULT) => (None, Bound::Unbounded),
            Some(name) => (None, Bound::Excluded(name)),
        };
        let rest = named.range::<str, _>((from, Bound::Unbounded)).map(|(_, world)| world);
        first.into_iter().chain(rest).take(count).map(Arc::clone).collect()
    }

    /// The names that are most like this one, at most so many. Where there are very many sessions, only those are compared
    /// whose names stand near it in alphabetical order.
    pub(crate) fn nearest(&self, name: &str, count: usize) -> Vec<String> {
        let named = self.named.read().unwrap_or_else(PoisonError::into_inner);
        let before = named.range::<str, _>((Bound::Unbounded, Bound::Excluded(name))).rev();
        let after = named.range::<str, _>((Bound::Excluded(name), Bound::Unbounded));
        let near = before.take(COMPARED_MAX).chain(after.take(COMPARED_MAX)).map(|(known, _)| known.as_str());
        let mut ranked: Vec<(usize, &str)> = std::iter::once(DEFAULT)
            .chain(near)
            .map(|known| (strsim::osa_distance(name, known), known))
            .collect();
        ranked.sort_unstable();
        ranked.into_iter().take(count).map(|(_, name)| name.to_owned()).collect()
    }

    /// Where callers reach the session of this name.
    pub(crate) fn base_url(&self, name: &str) -> String {
        if name == DEFAULT {
            return self.template.base_url.clone();
        }
        format!("{}/sessions/{name}", self.template.base_url)
    }

    /// Why no session of this name can be added now, if so.
    pub(crate) fn check_new(&self, name: &str) -> Result<(), NotAdded> {
        let named = self.named.read().unwrap_or_else(PoisonError::into_inner);
        self.check_among(&named, name)
    }

    fn check_among(&self, named: &BTreeMap<String, Arc<World>>, name: &str) -> Result<(), NotAdded> {
        if name == DEFAULT || named.contains_key(name) {
            return Err(NotAdded::Taken);
        }
        let max = self.limits.count(Limit::Sessions);
        if named.len() + 1 >= max { Err(NotAdded::TooMany(max)) } else { Ok(()) }
    }

    /// Adds a session.
    pub(crate) fn add(&self, session: Session) -> Result<(), NotAdded> {
        let name = session.options().name.clone();
        let mut named = self.named.write().unwrap_or_else(PoisonError::into_inner);
        let checked = self.check_among(&named, &name);
        match checked {
            Ok(()) => drop(named.insert(name, World::new(session, &self.sender))),
            Err(_) => background::dispose(session),
        }
        checked
    }

    /// Removes a session; says whether there was one.
    pub(crate) fn remove(&self, name: &str) -> bool {
        let removed = self.named.write().unwrap_or_else(PoisonError::into_inner).remove(name);
        removed.map(|world| self.bury(world)).is_some()
    }

    /// Ends a session that was removed, and notes what it leaves behind.
    fn bury(&self, world: Arc<World>) {
        // The world before the past, as everywhere.
        self.past().add(&world.lock().session);
        world.end();
        background::dispose(world);
    }

    /// Gives memory back that sessions do not need.
    pub(crate) fn shed(&self) {
        for world in self.after(None, usize::MAX) {
            world.lock().session.shed();
        }
    }

    /// Ends the sessions that were not used for so long. The default one stays.
    pub(crate) fn expire(&self, idle_max: Duration) {
        let idle: Vec<(String, Arc<World>)> = {
            let mut named = self.named.write().unwrap_or_else(PoisonError::into_inner);
            named.extract_if(.., |_, world| world.idle() >= idle_max).collect()
        };
        for (name, world) in idle {
            self.bury(world);
            self.expired.note(name);
        }
    }

    /// Makes a session anew; its breaches are not forgotten. Gives what it was.
    pub(crate) fn reset(&self, world: &World, state: &mut State, real: Timestamp) -> Session {
        self.past().add(&state.session);
        world.reset(state, real)
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
    pub(crate) fn showable_members(&self) -> &BTreeMap<&'static str, BTreeSet<String>> {
        self.showable.get_or_init(|| {
            let apis = self.simulations.iter();
            let personal_data = self.policies.personal_data;
            apis.map(|api| (api.service().name, api.contract().showable_members(personal_data))).collect()
        })
    }

    /// How the server was called since it started, over all sessions.
    pub fn tally(&self) -> Tally {
        let mut tally = self.past().clone();
        for world in self.after(None, usize::MAX) {
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
