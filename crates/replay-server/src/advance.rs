//! Moves the clock of a session: timers and deliveries happen in the order of their times.

use std::{pin::pin, sync::Arc, time::Duration};

use estoppel_simulator::{ClockError, Deliveries, Happened, Slice};
use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use crate::{
    admin::{self, AdminError},
    gate::{self, Closed},
    real_clock,
    world::{State, World},
};

/// How long an advance waits for deliveries at most, in real time. After that it goes on without waiting.
pub(crate) const WAIT_MAX: Duration = Duration::from_secs(30);

/// How long an advance waits for those before it at least, in real time: one that waits for no delivery is done by then.
const TURN_MIN: Duration = Duration::from_secs(1);

/// Timers that are fired at once on a thread that serves. Where there are more, they are fired elsewhere.
pub(crate) const TIMERS_MAX: usize = 16;

/// Timers that are fired at once elsewhere, before other long work gets its turn.
pub(crate) const TIMERS_MAX_ELSEWHERE: usize = 1_024;

/// What an advance has come to.
pub(crate) struct Arrival {
    /// The clock, as the controls show it.
    pub(crate) clock: Value,
    /// What happened on the way, in order.
    pub(crate) happened: Happened,
    /// Deliveries that were due on the way and have not ended.
    pub(crate) deliveries_under_way: usize,
}

/// How far a slice has brought the clock.
enum Step {
    /// There is more to do.
    Moving,
    /// It waits for deliveries.
    Delivering,
    /// It is there.
    Arrived(Arrival),
}

/// Where an advance is going.
#[derive(Clone, Copy)]
struct Journey {
    to: Timestamp,
    /// The making of the session that it is for.
    generation: u64,
}

/// Moves the clock to what `to` makes of the time that it shows. Advances of a session happen one after the other. At
/// each instant at which something has to be delivered the clock stands until the session's pump has settled it, as long
/// as `patience` lasts.
pub(crate) async fn advance(
    world: Arc<World>,
    patience: Duration,
    to: impl FnOnce(Timestamp) -> Result<Timestamp, AdminError> + Send,
) -> Result<Arrival, AdminError> {
    let begin = Instant::now();
    let deadline = begin + patience;
    let Ok(_turn) = timeout_at(begin + patience.max(TURN_MIN), world.turn.lock()).await else {
        return Err(AdminError::new(
            StatusCode::CONFLICT,
            "another advance of this session waits for deliveries",
            "try again, or with a longer `wait`",
        ));
    };
    let journey = {
        let state = world.lock();
        Journey { to: to(state.session.now(real_clock::now()))?, generation: state.generation }
    };
    loop {
        let mut progress = pin!(world.progress.notified());
        // From here on no progress is missed.
        progress.as_mut().enable();
        if let Some(arrival) = journey.go(&world, Deliveries::Awaited).await? {
            return Ok(arrival);
        }
        if timeout_at(deadline, progress).await.is_err() {
            // It arrives, as it waits for nothing any more.
            if let Some(arrival) = journey.go(&world, Deliveries::Passed).await? {
                return Ok(arrival);
            }
        }
    }
}

impl Journey {
    /// Goes on until the clock has arrived; `None` where it waits for deliveries before.
    async fn go(self, world: &Arc<World>, deliveries: Deliveries) -> Result<Option<Arrival>, AdminError> {
        let mut step = self.step(world, &mut world.lock(), deliveries, TIMERS_MAX)?;
        if matches!(step, Step::Moving) {
            // Nobody else fires the rest on a thread that serves.
            let _closed = Closed::gate_of(world);
            while matches!(step, Step::Moving) {
                let slice = move |world: &World, state: &mut State| {
                    self.step(world, state, deliveries, TIMERS_MAX_ELSEWHERE)
                };
                step = gate::work(world, slice).await.map_err(|_| broke_off())??;
            }
        }
        match step {
            Step::Arrived(arrival) => Ok(Some(arrival)),
            Step::Moving | Step::Delivering => Ok(None),
        }
    }

    fn step(
        self,
        world: &World,
        state: &mut State,
        deliveries: Deliveries,
        timers_max: usize,
    ) -> Result<Step, AdminError> {
        check_same(state, self.generation)?;
        let real = real_clock::now();
        let to = match deliveries {
            Deliveries::Awaited => self.to,
            Deliveries::Passed => self.to.max(state.session.now(real)),
        };
        match state.session.advance_slice(to, real, deliveries, timers_max).map_err(refuse)? {
            Slice::Moving => Ok(Step::Moving),
            Slice::Delivering => {
                world.poke(state, real);
                Ok(Step::Delivering)
            }
            Slice::Arrived(happened) => Ok(Step::Arrived(arrive(world, state, happened))),
        }
    }
}

fn arrive(world: &World, state: &mut State, happened: Happened) -> Arrival {
    // A clock that runs has its next timers at other times of the real one now.
    world.rouse(state);
    let real = real_clock::now();
    let session = &state.session;
    Arrival {
        clock: admin::describe_clock(session, real),
        happened,
        deliveries_under_way: session.outbox().overdue(session.now(real)),
    }
}

fn check_same(state: &State, generation: u64) -> Result<(), AdminError> {
    if !state.ended && state.generation == generation {
        return Ok(());
    }
    Err(AdminError::new(
        StatusCode::CONFLICT,
        "the session was reset or deleted while its clock moved",
        "advance it again if it is still there",
    ))
}

/// What a caller learns of work that broke off.
pub(crate) fn broke_off() -> AdminError {
    AdminError::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "the work on the session broke off",
        "reset the session",
    )
}

fn refuse(error: ClockError) -> AdminError {
    AdminError::new(StatusCode::CONFLICT, error.to_string(), "POST …/reset makes the session anew")
}
