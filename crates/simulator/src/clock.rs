//! The clock of a session.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use thiserror::Error;

/// The clock of a session: it runs with the real one at a distance, or it stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Clock {
    /// It runs, this far ahead of the real clock.
    Running(SignedDuration),
    /// It stands at this instant until it is moved.
    Frozen(Timestamp),
}

/// Why a clock does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ClockError {
    /// What has happened would be in the future.
    #[error(
        "the clock of a session only moves forward: it is {now}, asked for {asked}; reset the session instead"
    )]
    Backwards {
        /// The session's time.
        now: Timestamp,
        /// The time asked for.
        asked: Timestamp,
    },
}

impl Clock {
    /// The session's time when the real clock shows `real`, cut to milliseconds.
    pub fn now(&self, real: Timestamp) -> Timestamp {
        let now = match self {
            Self::Running(ahead) => real.checked_add(*ahead).unwrap_or(Timestamp::MAX),
            Self::Frozen(at) => *at,
        };
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    /// The same kind of clock, at another time.
    #[must_use]
    pub fn moved_to(&self, to: Timestamp, real: Timestamp) -> Self {
        match self {
            Self::Running(_) => Self::Running(to.duration_since(real)),
            Self::Frozen(_) => Self::Frozen(to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(clock: Clock, real: &str, expected: &str) {
        assert_eq!(clock.now(real.parse().unwrap()), expected.parse::<Timestamp>().unwrap());
    }

    #[test]
    fn a_clock_runs_at_a_distance_or_stands() {
        let start: Timestamp = "2021-01-08T22:03:09.598Z".parse().unwrap();
        let later: Timestamp = "2021-01-09T00:00:00Z".parse().unwrap();
        check(Clock::Frozen(start), "2030-01-01T00:00:00Z", "2021-01-08T22:03:09.598Z");
        check(
            Clock::Running(SignedDuration::from_secs(60)),
            "2021-01-08T22:03:09.5987Z",
            "2021-01-08T22:04:09.598Z",
        );
        check(Clock::Frozen(start).moved_to(later, start), "2030-01-01T00:00:00Z", "2021-01-09T00:00:00Z");
        let running = Clock::Running(SignedDuration::ZERO).moved_to(later, start);
        check(running, "2021-01-08T22:03:10.598Z", "2021-01-09T00:00:01Z");
    }
}
