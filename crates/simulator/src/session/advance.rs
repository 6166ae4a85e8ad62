//! Moves the clock of a session, in slices if there is much to do on the way.

use jiff::Timestamp;

use super::Session;
use crate::{ClockError, Event, Input};

/// How far the clock has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// Deliveries are due or under way; until they are settled the clock stands.
    Delivering,
    /// It is there; these things happened on the way, in order.
    Arrived(Vec<Event>),
}

/// Whether the clock stands until what is due to be delivered is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deliveries {
    /// It stands.
    Awaited,
    /// It goes on without them.
    Passed,
}

/// How far a slice of an advance has brought the clock.
#[derive(Clone, Debug, PartialEq)]
pub enum Slice {
    /// There is more to do.
    Moving,
    /// Deliveries are due or under way; until they are settled the clock stands.
    Delivering,
    /// It is there.
    Arrived(Happened),
}

/// What happened while the clock moved, as far as a session keeps it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Happened {
    /// In order, the first ones.
    pub events: Vec<Event>,
    /// How many more there were.
    pub left_out: u64,
}

impl Session {
    /// Moves the clock to `to` and returns what that set off, in order. It does not wait for deliveries.
    pub fn advance(&mut self, to: Timestamp, real: Timestamp) -> Result<Vec<Event>, ClockError> {
        self.check_forward(to, real)?;
        loop {
            match self.advance_slice(to, real, Deliveries::Passed, usize::MAX)? {
                Slice::Arrived(happened) => return Ok(happened.events),
                Slice::Moving | Slice::Delivering => {}
            }
        }
    }

    /// Moves the clock towards `to` until something has to be delivered first. The caller takes the parcels, settles
    /// them, and asks again: so deliveries and timers happen in the order of their times.
    pub fn advance_towards(&mut self, to: Timestamp, real: Timestamp) -> Result<Progress, ClockError> {
        loop {
            match self.advance_slice(to, real, Deliveries::Awaited, usize::MAX)? {
                Slice::Arrived(happened) => return Ok(Progress::Arrived(happened.events)),
                Slice::Delivering => return Ok(Progress::Delivering),
                Slice::Moving => {}
            }
        }
    }

    /// Moves the clock towards `to` and fires at most so many timers. The caller asks again until the clock has arrived;
    /// what comes in between happens at the time that the clock has reached.
    pub fn advance_slice(
        &mut self,
        to: Timestamp,
        real: Timestamp,
        deliveries: Deliveries,
        timers_max: usize,
    ) -> Result<Slice, ClockError> {
        if self.happened.is_none() {
            self.check_forward(to, real)?;
            self.happened = Some(Happened::default());
        }
        let begin = self.now(real);
        self.latest = begin;
        let to = to.max(begin);
        let mut timers_left = timers_max;
        loop {
            let now = self.latest;
            if !self.fire_some(now, &mut timers_left) {
                return Ok(Slice::Moving);
            }
            let is_due =
                || self.outbox.under_way() > 0 || self.outbox.next_due().is_some_and(|due| due <= now);
            let next = match deliveries {
                Deliveries::Awaited if is_due() => {
                    if now > begin {
                        self.journal.append(now, "", &Input::Advance(now));
                    }
                    return Ok(Slice::Delivering);
                }
                Deliveries::Awaited => self.next_due(),
                Deliveries::Passed => self.next_timer_due(),
            };
            let Some(due) = next.filter(|due| *due <= to) else {
                self.move_clock(to, real);
                self.journal.append(to, "", &Input::Advance(to));
                return Ok(Slice::Arrived(self.happened.take().unwrap_or_default()));
            };
            self.move_clock(due, real);
        }
    }

    /// Fires at most so many of the timers that are due when the real clock shows `real`; says whether all of them have
    /// fired.
    pub fn fire_due(&mut self, real: Timestamp, timers_max: usize) -> bool {
        let now = self.now(real);
        self.latest = now;
        let mut left = timers_max;
        self.fire_some(now, &mut left)
    }

    fn check_forward(&self, to: Timestamp, real: Timestamp) -> Result<(), ClockError> {
        let now = self.now(real);
        if to < now { Err(ClockError::Backwards { now, asked: to }) } else { Ok(()) }
    }

    fn move_clock(&mut self, to: Timestamp, real: Timestamp) {
        self.clock = self.clock.moved_to(to, real);
        self.latest = to;
    }

    /// Fires timers that are due at `now`, of all APIs in the order of their times, as long as some are left to fire; says
    /// whether all have fired.
    pub(super) fn fire_some(&mut self, now: Timestamp, left: &mut usize) -> bool {
        while let Some((at, place)) = self.next_timer().filter(|(at, _)| *at <= now) {
            let Some(less) = left.checked_sub(1) else { return false };
            *left = less;
            let Some(api) = self.apis.get_mut(place) else { return true };
            let event = api.fire_next();
            self.collect(place, at);
            self.happened(event);
        }
        true
    }

    /// Notes what happened while the clock is being moved.
    pub(super) fn happened(&mut self, events: impl IntoIterator<Item = Event>) {
        let Some(happened) = &mut self.happened else { return };
        for event in events {
            if happened.events.len() < self.options.limits.events_max {
                happened.events.push(event);
            } else {
                happened.left_out += 1;
            }
        }
    }
}
