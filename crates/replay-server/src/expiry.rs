//! Sessions that nobody uses end after a time.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError, Weak},
    time::Duration,
};

use jiff::Timestamp;

use crate::{real_clock, sessions::Sessions};

/// Names of expired sessions that are remembered; older ones are only counted.
const NAMES_MAX: usize = 256;

/// Sessions that have expired.
#[derive(Debug, Default)]
pub(crate) struct Expired(Mutex<Past>);

#[derive(Debug, Default)]
struct Past {
    count: u64,
    /// The last of them, newest last.
    names: VecDeque<(String, Timestamp)>,
}

impl Expired {
    /// How many there have been.
    pub(crate) fn count(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).count
    }

    /// When the session of this name last expired, if that is remembered.
    pub(crate) fn at(&self, name: &str) -> Option<Timestamp> {
        let past = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        past.names.iter().rev().find(|(expired, _)| expired == name).map(|(_, at)| *at)
    }

    /// Notes that a session has expired.
    pub(crate) fn note(&self, name: String) {
        let mut past = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        past.count += 1;
        if past.names.len() >= NAMES_MAX {
            past.names.pop_front();
        }
        past.names.push_back((name, real_clock::now()));
    }
}

/// Ends sessions that were idle for as long as the limit says, as long as there is a server.
pub(crate) async fn sweep(sessions: Weak<Sessions>, idle_max: Duration) {
    let pause = (idle_max / 8).clamp(Duration::from_millis(50), Duration::from_mins(1));
    let mut ticks = tokio::time::interval(pause);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let Some(sessions) = sessions.upgrade() else { return };
        sessions.expire(idle_max);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_remembered_up_to_a_number() {
        let expired = Expired::default();
        for number in 0..=NAMES_MAX {
            expired.note(format!("s{number}"));
        }
        assert_eq!(expired.count(), 257);
        assert_eq!(
            [expired.at("s0").is_some(), expired.at("s1").is_some(), expired.at("s256").is_some()],
            [false, true, true]
        );
    }
}
