//! The pump of a session: it fires timers when their time comes, sends what is due, and notes how that ended.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use estoppel_simulator::{AttemptOutcome, Clock};
use jiff::Timestamp;
use tokio::task::{Id, JoinError, JoinSet};

use crate::{
    Sender,
    advance::{TIMERS_MAX, TIMERS_MAX_ELSEWHERE},
    background,
    gate::{self, Closed},
    real_clock,
    world::{State, Watch, World},
};

/// Deliveries of a session that are under way at once at most.
const UNDER_WAY_MAX: usize = 64;

/// Longest sleep, in real time: the real clock may be set while the pump sleeps.
const SLEEP_MAX: Duration = Duration::from_mins(1);

/// When the pump has something to do by itself.
enum Due {
    /// After this long, in real time.
    In(Duration),
    /// Only when something else happens.
    Never,
    /// The session has ended.
    Ended,
}

/// How an attempt for a delivery ended.
type Settlement = (u64, AttemptOutcome);

/// Attempts that are under way, or ended and not settled.
///
/// Attempts for one endpoint are settled in the order in which they began, however quickly the receiver answers each: the
/// same answers then have the same consequences on every machine.
struct Attempts {
    tasks: JoinSet<Settlement>,
    /// The delivery of each task, for the case that it breaks off.
    deliveries: BTreeMap<Id, u64>,
    /// What is not settled, by endpoint, the oldest first.
    begun: BTreeMap<u64, VecDeque<u64>>,
    /// How those ended that have.
    ended: BTreeMap<u64, AttemptOutcome>,
    /// The making of the session that they belong to.
    generation: u64,
}

impl Attempts {
    fn new(generation: u64) -> Self {
        Self {
            tasks: JoinSet::new(),
            deliveries: BTreeMap::new(),
            begun: BTreeMap::new(),
            ended: BTreeMap::new(),
            generation,
        }
    }

    /// How many are not settled.
    fn count(&self) -> usize {
        self.tasks.len() + self.ended.len()
    }

    /// Takes what is due and sends it, as far as there is room.
    fn start(&mut self, state: &mut State, sender: &Sender, real: Timestamp) {
        let room = UNDER_WAY_MAX.saturating_sub(self.count());
        for parcel in state.session.take_parcels(room, real) {
            let (sender, delivery) = (sender.clone(), parcel.delivery);
            self.begun.entry(parcel.endpoint).or_default().push_back(delivery);
            let task = self.tasks.spawn(async move { (delivery, sender.send(&parcel).await) });
            self.deliveries.insert(task.id(), delivery);
        }
    }

    /// Waits until an attempt has ended; notes it and all others that have.
    async fn end(&mut self) {
        let Some(first) = self.tasks.join_next_with_id().await else {
            return std::future::pending().await;
        };
        self.note(first);
        // Others that are about to end are settled under the same lock.
        tokio::task::yield_now().await;
        while let Some(next) = self.tasks.try_join_next_with_id() {
            self.note(next);
        }
    }

    fn note(&mut self, ended: Result<(Id, Settlement), JoinError>) {
        match ended {
            Ok((task, (delivery, outcome))) => {
                self.deliveries.remove(&task);
                self.ended.insert(delivery, outcome);
            }
            Err(error) => {
                if let Some(delivery) = self.deliveries.remove(&error.id()) {
                    let outcome = AttemptOutcome::NoReply("the attempt broke off".to_owned());
                    self.ended.insert(delivery, outcome);
                }
            }
        }
    }

    /// The next attempt to be settled: it has ended, and so have all before it.
    fn next_settlement(&mut self) -> Option<Settlement> {
        let Self { begun, ended, .. } = self;
        let ready = begun.iter().find(|(_, begun)| begun.front().is_some_and(|id| ended.contains_key(id)));
        let endpoint = *ready?.0;
        let delivery = begun.get_mut(&endpoint)?.pop_front()?;
        if begun.get(&endpoint).is_some_and(VecDeque::is_empty) {
            begun.remove(&endpoint);
        }
        Some((delivery, ended.remove(&delivery)?))
    }
}

/// Runs a session's pump until the session has ended. Attempts are made without the session's lock; all that have ended
/// are settled under one.
pub(crate) async fn pump(world: Arc<World>, sender: Sender) {
    let mut attempts = Attempts::new(0);
    loop {
        fire(&world).await;
        let due = match look(&world, &sender, &mut attempts) {
            Due::Never => None,
            Due::In(wait) => Some(wait),
            Due::Ended => break,
        };
        tokio::select! {
            () = attempts.end() => {}
            () = world.wake.notified() => {}
            () = tokio::time::sleep(due.unwrap_or_default()), if due.is_some() => {}
        }
    }
    drop(attempts);
    background::dispose(world);
}

/// Fires what is due. Where that is much it is done elsewhere.
async fn fire(world: &Arc<World>) {
    world.gate.passed().await;
    if world.lock().session.fire_due(real_clock::now(), TIMERS_MAX) {
        return;
    }
    let _closed = Closed::gate_of(world);
    let slice =
        |_: &World, state: &mut State| state.session.fire_due(real_clock::now(), TIMERS_MAX_ELSEWHERE);
    // What broke off is found due again.
    while gate::work(world, slice).await == Ok(false) {}
}

/// Settles, fires and sends; says when there is more to do.
fn look(world: &World, sender: &Sender, attempts: &mut Attempts) -> Due {
    let mut state = world.lock();
    if state.ended {
        return Due::Ended;
    }
    if state.generation != attempts.generation {
        *attempts = Attempts::new(state.generation);
    }
    let real = real_clock::now();
    let mut has_settled = false;
    while let Some((delivery, outcome)) = attempts.next_settlement() {
        state.session.settle(delivery, outcome, real);
        // What takes its place does so before the next one is settled: so it does not matter how many end at once.
        attempts.start(&mut state, sender, real);
        has_settled = true;
    }
    state.session.tick(real);
    attempts.start(&mut state, sender, real);
    let is_full = attempts.count() >= UNDER_WAY_MAX;
    let next = if is_full { state.session.next_timer_due() } else { state.session.next_wake() };
    state.watch = if is_full { Watch::Busy } else { Watch::Until(next) };
    let due = match (state.session.clock(), next) {
        (Clock::Running(_), Some(at)) => Due::In(until(at, state.session.now(real))),
        _ => Due::Never,
    };
    let is_idle = attempts.count() == 0;
    drop(state);
    if has_settled || !is_idle {
        world.touch();
    }
    // Whoever waits for deliveries waits for the last of them.
    if has_settled && is_idle {
        world.progress.notify_waiters();
    }
    due
}

/// How long it is from `now` until `at`: a millisecond at least, a minute at most.
fn until(at: Timestamp, now: Timestamp) -> Duration {
    let wait = Duration::try_from(at.duration_since(now)).unwrap_or_default();
    wait.clamp(Duration::from_millis(1), SLEEP_MAX)
}
