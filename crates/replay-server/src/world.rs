//! A session that calls share, one after the other, and what tells its pump to look.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use estoppel_simulator::{Clock, Session};
use jiff::Timestamp;
use tokio::{sync::Notify, time::Instant};

use crate::{Sender, date::DateCache, gate::Gate, pump::pump, real_clock};

/// A session that calls share, one after the other.
pub(crate) struct World {
    state: Mutex<State>,
    /// The longest body that each API takes; it holds as long as the session.
    body_limits_bytes: Vec<u64>,
    /// Tells the pump to look.
    pub(crate) wake: Notify,
    /// Tells those who wait that the pump has settled something, or that the session was reset or has ended.
    pub(crate) progress: Notify,
    /// Who moves the clock: one at a time.
    pub(crate) turn: tokio::sync::Mutex<()>,
    /// It is closed while long work is done on the session: whoever would wait for the session's lock waits here.
    pub(crate) gate: Gate,
    /// When the session was made.
    begun: Instant,
    /// How many milliseconds later it was last used.
    used: AtomicU64,
}

/// A session and what is kept beside it.
pub(crate) struct State {
    pub(crate) session: Session,
    pub(crate) date: DateCache,
    /// When the pump looks by itself.
    pub(crate) watch: Watch,
    /// How often the session was made: what was under way before is no concern of it.
    pub(crate) generation: u64,
    /// Whether the session was deleted, or its server has ended.
    pub(crate) ended: bool,
}

/// When the pump looks by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Watch {
    /// It was told to look, or has so much under way that it looks when the next attempt ends.
    Busy,
    /// When this timer or delivery is due on the session's clock, if there is one.
    Until(Option<Timestamp>),
}

impl World {
    /// Shares a session and starts its pump.
    pub(crate) fn new(session: Session, sender: &Sender) -> Arc<Self> {
        let apis = 0..session.api_count();
        let body_limits_bytes = apis.map(|api| session.body_limit_bytes(api)).collect();
        let state =
            State { session, date: DateCache::default(), watch: Watch::Busy, generation: 0, ended: false };
        let world = Arc::new(Self {
            state: Mutex::new(state),
            body_limits_bytes,
            wake: Notify::new(),
            progress: Notify::new(),
            turn: tokio::sync::Mutex::new(()),
            gate: Gate::default(),
            begun: Instant::now(),
            used: AtomicU64::new(0),
        });
        tokio::spawn(pump(Arc::clone(&world), sender.clone()));
        world
    }

    /// The longest body that an API takes, in bytes.
    pub(crate) fn body_limit_bytes(&self, api: usize) -> u64 {
        self.body_limits_bytes.get(api).copied().unwrap_or_default()
    }

    /// The session is in use now: it was called, its controls were, or it delivers.
    pub(crate) fn touch(&self) {
        let used = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.used.fetch_max(used, Relaxed);
    }

    /// How long it was not used.
    pub(crate) fn idle(&self) -> Duration {
        if self.gate.is_closed() || self.turn.try_lock().is_err() {
            return Duration::ZERO;
        }
        self.begun.elapsed().saturating_sub(Duration::from_millis(self.used.load(Relaxed)))
    }

    /// Waits for the session. If a call ever panicked the next ones still get it, with whatever that call had done.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something to the session when the real clock shows the instant given; the pump hears of what it leaves due.
    pub(crate) fn act<T>(&self, act: impl FnOnce(&mut Session, Timestamp) -> T) -> T {
        let mut state = self.lock();
        let real = real_clock::now();
        let done = act(&mut state.session, real);
        self.poke(&mut state, real);
        done
    }

    /// Tells the pump to look if something is due, or will be before it looks by itself.
    pub(crate) fn poke(&self, state: &mut State, real: Timestamp) {
        let Watch::Until(looks_at) = state.watch else { return };
        let Some(at) = state.session.next_wake() else { return };
        let is_due = at <= state.session.now(real);
        let runs = matches!(state.session.clock(), Clock::Running(_));
        if is_due || (runs && looks_at.is_none_or(|looks_at| at < looks_at)) {
            self.rouse(state);
        }
    }

    /// Tells the pump to look.
    pub(crate) fn rouse(&self, state: &mut State) {
        state.watch = Watch::Busy;
        self.wake.notify_one();
    }

    /// Makes the session anew; gives what it was. What is under way is broken off.
    pub(crate) fn reset(&self, state: &mut State, real: Timestamp) -> Session {
        let was = state.session.reset(real);
        state.generation += 1;
        self.rouse(state);
        self.progress.notify_waiters();
        was
    }

    /// Ends the session's pump; what is under way is broken off.
    pub(crate) fn end(&self) {
        let mut state = self.lock();
        state.ended = true;
        self.rouse(&mut state);
        self.progress.notify_waiters();
    }
}
