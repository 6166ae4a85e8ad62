//! The pump of a session: it fires timers when their time comes, sends what is due, and notes how that ended.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use estoppel_simulator::{AttemptOutcome, Clock};
use jiff::Timestamp;
use tokio::task::{Id, JoinError, JoinSet};

use crate::{
    Sender, real_clock,
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

/// Attempts that are under way.
struct Attempts {
    tasks: JoinSet<Settlement>,
    /// The delivery of each task, for the case that it breaks off.
    deliveries: BTreeMap<Id, u64>,
    /// The making of the session that they belong to.
    generation: u64,
}

impl Attempts {
    fn new(generation: u64) -> Self {
        Self { tasks: JoinSet::new(), deliveries: BTreeMap::new(), generation }
    }

    /// Takes what is due and sends it, as far as there is room.
    fn start(&mut self, state: &mut State, sender: &Sender, real: Timestamp) {
        let room = UNDER_WAY_MAX.saturating_sub(self.tasks.len());
        for parcel in state.session.take_parcels(room, real) {
            let (sender, delivery) = (sender.clone(), parcel.delivery);
            let task = self.tasks.spawn(async move { (delivery, sender.send(&parcel).await) });
            self.deliveries.insert(task.id(), delivery);
        }
    }

    /// Waits until an attempt has ended; gives it and all others that have.
    async fn ended(&mut self, settlements: &mut Vec<Settlement>) {
        let Some(first) = self.tasks.join_next_with_id().await else {
            return std::future::pending().await;
        };
        settlements.extend(self.settlement(first));
        // Others that are about to end are settled under the same lock.
        tokio::task::yield_now().await;
        while let Some(next) = self.tasks.try_join_next_with_id() {
            settlements.extend(self.settlement(next));
        }
    }

    fn settlement(&mut self, ended: Result<(Id, Settlement), JoinError>) -> Option<Settlement> {
        match ended {
            Ok((task, settlement)) => {
                self.deliveries.remove(&task);
                Some(settlement)
            }
            Err(error) => {
                let delivery = self.deliveries.remove(&error.id())?;
                Some((delivery, AttemptOutcome::NoReply("the attempt broke off".to_owned())))
            }
        }
    }
}

/// Runs a session's pump until the session has ended. Attempts are made without the session's lock; all that have ended
/// are settled under one.
pub(crate) async fn pump(world: Arc<World>, sender: Sender) {
    let mut attempts = Attempts::new(0);
    let mut settlements = Vec::new();
    loop {
        let due = match look(&world, &sender, &mut attempts, &mut settlements) {
            Due::Never => None,
            Due::In(wait) => Some(wait),
            Due::Ended => return,
        };
        tokio::select! {
            () = attempts.ended(&mut settlements) => {}
            () = world.wake.notified() => {}
            () = tokio::time::sleep(due.unwrap_or_default()), if due.is_some() => {}
        }
    }
}

/// Settles, fires and sends; says when there is more to do.
fn look(world: &World, sender: &Sender, attempts: &mut Attempts, settlements: &mut Vec<Settlement>) -> Due {
    let mut state = world.lock();
    if state.ended {
        return Due::Ended;
    }
    if state.generation != attempts.generation {
        *attempts = Attempts::new(state.generation);
        settlements.clear();
    }
    let real = real_clock::now();
    let has_settled = !settlements.is_empty();
    for (delivery, outcome) in settlements.drain(..) {
        state.session.settle(delivery, outcome, real);
    }
    state.session.tick(real);
    attempts.start(&mut state, sender, real);
    let is_full = attempts.tasks.len() >= UNDER_WAY_MAX;
    let next = if is_full { state.session.next_timer_due() } else { state.session.next_wake() };
    state.watch = if is_full { Watch::Busy } else { Watch::Until(next) };
    let due = match (state.session.clock(), next) {
        (Clock::Running(_), Some(at)) => Due::In(until(at, state.session.now(real))),
        _ => Due::Never,
    };
    let is_idle = attempts.tasks.is_empty();
    drop(state);
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
