//! How a server stops: it finishes what it has begun, as long as it may.

use std::{
    fmt,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    time::Duration,
};

use estoppel_simulator::Clock;
use tokio::{
    sync::watch,
    time::{Instant, sleep, timeout_at},
};

use crate::{real_clock, sessions::Sessions, usage::Usage};

/// How often deliveries are looked at while the server stops, in real time.
const LOOK: Duration = Duration::from_millis(10);

/// How long connections have to notice that they are given up, in real time.
const CUT_OFF_MAX: Duration = Duration::from_secs(1);

/// How far a server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// It serves.
    Serving,
    /// It accepts no connection and finishes the calls that it has.
    Stopping,
    /// It cuts off what is left.
    GivingUp,
}

/// Waits until the server no longer serves.
pub(crate) async fn until_stopping(mut stage: watch::Receiver<Stage>) {
    drop(stage.wait_for(|stage| *stage != Stage::Serving).await);
}

/// What was cut off when the server gave up waiting.
#[derive(Debug, Default)]
pub(crate) struct Unfinished {
    calls: AtomicUsize,
}

impl Unfinished {
    pub(crate) fn add_calls(&self, calls: u32) {
        self.calls.fetch_add(usize::try_from(calls).unwrap_or(usize::MAX), Relaxed);
    }

    fn calls(&self) -> usize {
        self.calls.load(Relaxed)
    }
}

/// What a server gave up when it stopped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GivenUp {
    /// Calls without a response that their client has taken.
    pub calls: usize,
    /// Deliveries that were in flight, or due and not sent.
    pub deliveries_in_flight: usize,
    /// Deliveries that waited for their time on a clock that runs.
    pub deliveries_waiting: usize,
}

impl GivenUp {
    /// Whether everything was finished.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for GivenUp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} calls, {} deliveries in flight, {} deliveries that waited for their time",
            self.calls, self.deliveries_in_flight, self.deliveries_waiting
        )
    }
}

/// Finishes what has begun, for this long at most; says what could not be finished.
pub(crate) async fn drain(
    stage: &watch::Sender<Stage>,
    usage: &Usage,
    unfinished: &Unfinished,
    sessions: &Sessions,
    drain: Duration,
) -> GivenUp {
    let deadline = Instant::now() + drain;
    stage.send_replace(Stage::Stopping);
    let finished = async {
        usage.until_closed().await;
        // The last calls may have set off deliveries.
        while open_deliveries(sessions).0 > 0 {
            sleep(LOOK).await;
        }
    };
    drop(timeout_at(deadline, finished).await);
    stage.send_replace(Stage::GivingUp);
    drop(timeout_at(Instant::now() + CUT_OFF_MAX, usage.until_closed()).await);
    let (deliveries_in_flight, deliveries_waiting) = open_deliveries(sessions);
    sessions.end();
    GivenUp { calls: unfinished.calls(), deliveries_in_flight, deliveries_waiting }
}

/// Deliveries that are in flight or due, and those that wait for their time on a clock that runs.
fn open_deliveries(sessions: &Sessions) -> (usize, usize) {
    sessions.after(None, usize::MAX).iter().fold((0, 0), |(in_flight, waiting), world| {
        let state = world.lock();
        let (session, outbox) = (&state.session, state.session.outbox());
        let due = outbox.overdue(session.now(real_clock::now()));
        let later = match session.clock() {
            Clock::Running(_) => outbox.open() - due,
            Clock::Frozen(_) => 0,
        };
        (in_flight + due, waiting + later)
    })
}
