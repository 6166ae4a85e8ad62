//! What a connection is doing, and since when: what its time limits are checked against.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    body_budget::{BodyBudget, Share},
    limits::{Limit, Limits},
};

/// How every connection of HTTP/2 begins (RFC 9113, 3.4).
const HTTP2_PREFACE: &[u8] = b"PRI * HTTP/2.0";

/// How long a connection may take for each step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timeouts {
    pub(crate) header: Duration,
    pub(crate) idle: Duration,
    pub(crate) body: Duration,
    pub(crate) write: Duration,
}

impl Timeouts {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            header: limits.time(Limit::HeaderTimeout),
            idle: limits.time(Limit::IdleTimeout),
            body: limits.time(Limit::BodyTimeout),
            write: limits.time(Limit::WriteTimeout),
        }
    }

    /// How long a check may wait. A step that begins between two checks is then seen before its time is over.
    fn check_interval(&self) -> Duration {
        self.header.min(self.idle).min(self.write)
    }
}

/// What a check of a connection finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// No time limit has passed; the next check is due then.
    Fine(Instant),
    /// A request's head did not come in in time.
    SlowHead,
    /// Nothing was asked for too long.
    Idle,
    /// The client does not take its response.
    Unread,
}

/// What a connection is doing. Its own task, its socket and its calls share it.
#[derive(Debug)]
pub(crate) struct Activity {
    opened: Instant,
    pub(crate) timeouts: Timeouts,
    pub(crate) bodies: Share,
    /// Calls whose responses the client has not taken.
    open_calls: AtomicU32,
    /// Those of them that are answered.
    responses: AtomicU32,
    /// When the last call ended.
    quiet_since: AtomicU64,
    /// When the first byte of the next head came; zero where none has come.
    head_since: AtomicU64,
    /// When the client last took part of a response.
    taken_at: AtomicU64,
    is_http2: AtomicBool,
    has_called: AtomicBool,
    leaves_body: AtomicBool,
    is_expired: AtomicBool,
    is_aborted: AtomicBool,
}

impl Activity {
    pub(crate) fn new(timeouts: Timeouts, bodies: &Arc<BodyBudget>) -> Self {
        Self {
            opened: Instant::now(),
            timeouts,
            bodies: Share::new(Arc::clone(bodies)),
            open_calls: AtomicU32::new(0),
            responses: AtomicU32::new(0),
            quiet_since: AtomicU64::new(0),
            head_since: AtomicU64::new(0),
            taken_at: AtomicU64::new(0),
            is_http2: AtomicBool::new(false),
            has_called: AtomicBool::new(false),
            leaves_body: AtomicBool::new(false),
            is_expired: AtomicBool::new(false),
            is_aborted: AtomicBool::new(false),
        }
    }

    /// Milliseconds since the connection was opened; never zero.
    fn now(&self) -> u64 {
        u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX).saturating_add(1)
    }

    fn after(&self, milliseconds: u64, wait: Duration) -> Instant {
        self.opened + Duration::from_millis(milliseconds) + wait
    }

    /// These bytes came in.
    pub(crate) fn note_received(&self, bytes: &[u8]) {
        if self.open_calls.load(Relaxed) == 0 && self.head_since.load(Relaxed) == 0 {
            self.head_since.store(self.now(), Relaxed);
            if bytes.starts_with(HTTP2_PREFACE) && !self.has_called.load(Relaxed) {
                self.is_http2.store(true, Relaxed);
            }
        }
    }

    pub(crate) fn is_http2(&self) -> bool {
        self.is_http2.load(Relaxed)
    }

    /// A call is answered although its body was not read to the end.
    pub(crate) fn leave_body(&self) {
        self.leaves_body.store(true, Relaxed);
    }

    pub(crate) fn leaves_body(&self) -> bool {
        self.leaves_body.load(Relaxed)
    }

    /// Whether the client may still be sending what nobody reads: part of a body, or of a head that is none.
    pub(crate) fn has_unread(&self) -> bool {
        self.leaves_body() || self.head_since.load(Relaxed) != 0
    }

    /// From here on nothing more is read.
    pub(crate) fn expire(&self) {
        self.is_expired.store(true, Relaxed);
    }

    pub(crate) fn is_expired(&self) -> bool {
        self.is_expired.load(Relaxed)
    }

    /// Gives up the head of HTTP/1 that the client is sending; says whether there was one.
    pub(crate) fn end_head(&self) -> bool {
        !self.is_http2() && self.head_since.swap(0, Relaxed) != 0
    }

    /// What the client has not taken is dropped with the connection.
    pub(crate) fn abort(&self) {
        self.is_aborted.store(true, Relaxed);
    }

    pub(crate) fn is_aborted(&self) -> bool {
        self.is_aborted.load(Relaxed)
    }

    /// Calls whose responses the client has not taken.
    pub(crate) fn open_calls(&self) -> u32 {
        self.open_calls.load(Relaxed)
    }

    /// Whether a time limit has passed.
    pub(crate) fn check(&self, now: Instant) -> Finding {
        let head_since = self.head_since.load(Relaxed);
        let (deadline, finding) = if self.open_calls() > 0 {
            if self.responses.load(Relaxed) == 0 {
                return Finding::Fine(now + self.timeouts.check_interval());
            }
            (self.after(self.taken_at.load(Relaxed), self.timeouts.write), Finding::Unread)
        } else if head_since != 0 && !self.is_http2() {
            (self.after(head_since, self.timeouts.header), Finding::SlowHead)
        } else if !self.has_called.load(Relaxed) {
            (self.after(0, self.timeouts.header), Finding::Idle)
        } else {
            (self.after(self.quiet_since.load(Relaxed), self.timeouts.idle), Finding::Idle)
        };
        if deadline <= now {
            finding
        } else {
            Finding::Fine(deadline.min(now + self.timeouts.check_interval()))
        }
    }

    /// When the first check is due.
    pub(crate) fn first_check(&self) -> Instant {
        self.opened + self.timeouts.check_interval()
    }
}

/// A call, from its head until the client has taken its response.
#[derive(Debug)]
pub(crate) struct OpenCall {
    activity: Arc<Activity>,
    is_answered: bool,
}

impl OpenCall {
    pub(crate) fn begin(activity: Arc<Activity>) -> Self {
        activity.open_calls.fetch_add(1, Relaxed);
        activity.has_called.store(true, Relaxed);
        activity.head_since.store(0, Relaxed);
        Self { activity, is_answered: false }
    }

    /// The response is there; the client has to take it now.
    pub(crate) fn answer(&mut self) {
        self.is_answered = true;
        self.note_taken();
        self.activity.responses.fetch_add(1, Relaxed);
    }

    /// The client took part of the response.
    pub(crate) fn note_taken(&self) {
        self.activity.taken_at.store(self.activity.now(), Relaxed);
    }
}

impl Drop for OpenCall {
    fn drop(&mut self) {
        let activity = &self.activity;
        activity.quiet_since.store(activity.now(), Relaxed);
        if self.is_answered {
            activity.responses.fetch_sub(1, Relaxed);
        }
        activity.open_calls.fetch_sub(1, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMEOUTS: Timeouts = Timeouts {
        header: Duration::from_secs(1),
        idle: Duration::from_secs(6),
        body: Duration::from_secs(3),
        write: Duration::from_secs(2),
    };

    /// What a check finds so many milliseconds after `act`.
    fn check(
        act: impl FnOnce(&Arc<Activity>) -> Option<OpenCall>,
        milliseconds: u64,
        expected: Option<Finding>,
    ) {
        let activity = Arc::new(Activity::new(TIMEOUTS, &Arc::new(BodyBudget::new(1))));
        let _call = act(&activity);
        let found = activity.check(activity.opened + Duration::from_millis(milliseconds));
        match expected {
            Some(expected) => assert_eq!(found, expected),
            None => assert!(matches!(found, Finding::Fine(_)), "{found:?}"),
        }
    }

    #[test]
    fn every_step_has_its_time() {
        let nothing = |_: &Arc<Activity>| None;
        check(nothing, 900, None);
        check(nothing, 1_001, Some(Finding::Idle));
        let head = |activity: &Arc<Activity>| {
            activity.note_received(b"GET");
            None
        };
        check(head, 900, None);
        check(head, 1_100, Some(Finding::SlowHead));
        let ended = |activity: &Arc<Activity>| {
            drop(OpenCall::begin(Arc::clone(activity)));
            None
        };
        check(ended, 5_900, None);
        check(ended, 6_100, Some(Finding::Idle));
        let working = |activity: &Arc<Activity>| Some(OpenCall::begin(Arc::clone(activity)));
        check(working, 100_000, None);
        let answered = |activity: &Arc<Activity>| {
            let mut call = OpenCall::begin(Arc::clone(activity));
            call.answer();
            Some(call)
        };
        check(answered, 1_900, None);
        check(answered, 2_100, Some(Finding::Unread));
    }
}
