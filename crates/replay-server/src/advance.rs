//! Moves the clock of a session: timers and deliveries happen in the order of their times.

use std::{pin::pin, sync::Arc, time::Duration};

use estoppel_simulator::{ClockError, Event, Progress};
use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use crate::{
    admin::{self, AdminError},
    real_clock,
    world::{State, World},
};

/// How long an advance waits for deliveries at most, in real time. After that it goes on without waiting.
pub(crate) const WAIT_MAX: Duration = Duration::from_secs(30);

/// How long an advance waits for those before it at least, in real time: one that waits for no delivery is done by then.
const TURN_MIN: Duration = Duration::from_secs(1);

/// What an advance has come to.
pub(crate) struct Arrival {
    /// The clock, as the controls show it.
    pub(crate) clock: Value,
    /// What happened on the way, in order.
    pub(crate) events: Vec<Event>,
    /// Deliveries that were due on the way and have not ended.
    pub(crate) deliveries_under_way: usize,
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
    let (to, generation) = {
        let state = world.lock();
        (to(state.session.now(real_clock::now()))?, state.generation)
    };
    loop {
        let mut progress = pin!(world.progress.notified());
        // From here on no progress is missed.
        progress.as_mut().enable();
        {
            let mut state = world.lock();
            check_same(&state, generation)?;
            let real = real_clock::now();
            if let Progress::Arrived(events) = state.session.advance_towards(to, real).map_err(refuse)? {
                return Ok(arrive(&world, &mut state, events));
            }
            world.poke(&mut state, real);
        }
        if timeout_at(deadline, progress).await.is_err() {
            let mut state = world.lock();
            check_same(&state, generation)?;
            let real = real_clock::now();
            let to = to.max(state.session.now(real));
            let events = state.session.advance(to, real).map_err(refuse)?;
            return Ok(arrive(&world, &mut state, events));
        }
    }
}

fn arrive(world: &World, state: &mut State, events: Vec<Event>) -> Arrival {
    // A clock that runs has its next timers at other times of the real one now.
    world.rouse(state);
    let real = real_clock::now();
    let session = &state.session;
    Arrival {
        clock: admin::describe_clock(session, real),
        events,
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

fn refuse(error: ClockError) -> AdminError {
    AdminError::new(StatusCode::CONFLICT, error.to_string(), "POST …/reset makes the session anew")
}
