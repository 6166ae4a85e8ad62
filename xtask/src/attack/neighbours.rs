//! Whether one session's heavy calls, journal readers and advances slow another session.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::Duration,
};

use super::{Attack, calls, outcome::Outcome, target::Target};
use crate::bench::Stopwatch;

/// The slowest of a hundred light calls may take so many times as long as alone,
const FACTOR_MAX: u32 = 3;
/// and this long on any machine: with shared cores less than this says nothing.
const FLOOR: Duration = Duration::from_millis(5);
/// Calls that a p99 needs: that of fewer is their slowest, so the short form compares medians.
const P99_CALLS_MIN: u64 = 1_000;
/// A light call.
const LIGHT: &str = "/xpayoff/lenders?name=Test";

/// Times light calls of a session alone, and beside a session that does heavy things.
pub(super) fn run(attack: &mut Attack<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    let target = attack.target;
    for name in ["heavy", "light"] {
        target.call("POST", "/__admin/sessions", "", &format!("{{\"name\": \"{name}\", \"seed\": 1}}"));
    }
    prepare(target);
    let each = attack.budget.requests / 2;
    let percent = if each < P99_CALLS_MIN { 50 } else { 99 };
    let alone = times(attack, &mut outcome, each, percent);
    let (stop, heavy) = (AtomicBool::new(false), AtomicU64::new(0));
    let body = &format!("[{}{{}}]", "{},".repeat(100_000));
    let repeat = |method: &str, path: &str, body: &str| {
        while !stop.load(Ordering::Relaxed) {
            if target.call(method, path, "", body).is_some() {
                heavy.fetch_add(1, Ordering::Relaxed);
            }
        }
    };
    let repeat = &repeat;
    let beside = std::thread::scope(|scope| {
        let journal = move || repeat("GET", "/__admin/sessions/heavy/journal", "");
        let advance = move || repeat("POST", "/__admin/sessions/heavy/clock/advance", r#"{"by": "P30D"}"#);
        let violations = move || repeat("POST", "/sessions/heavy/carrier/oauth/token", body);
        scope.spawn(journal);
        scope.spawn(journal);
        scope.spawn(advance);
        scope.spawn(violations);
        let beside = times(attack, &mut outcome, each, percent);
        stop.store(true, Ordering::Relaxed);
        beside
    });
    let most = (alone * FACTOR_MAX).max(FLOOR);
    outcome.note = format!(
        "p{percent} {:.1} ms alone, {:.1} ms beside {} heavy calls (at most {FACTOR_MAX} times, or {} ms)",
        alone.as_secs_f64() * 1e3,
        beside.as_secs_f64() * 1e3,
        heavy.load(Ordering::Relaxed),
        FLOOR.as_millis()
    );
    if heavy.load(Ordering::Relaxed) == 0 {
        outcome.breach("no heavy call was answered".to_owned());
    }
    if beside > most {
        let note = outcome.note.clone();
        outcome.breach(note);
    }
    outcome
}

/// Records and journal entries that make the heavy session heavy.
fn prepare(target: &Target) {
    let path = calls::path_in("heavy", "/carrier/oauth/token");
    let body = format!("{{\"x\": \"{}\"}}", "y".repeat(4_000));
    for _ in 0..500 {
        target.call("POST", &path, "", &body);
    }
}

/// The time within which so many percent of the light calls are answered.
fn times(attack: &Attack<'_>, outcome: &mut Outcome, calls: u64, percent: usize) -> Duration {
    let headers = calls::credentials(attack.target, "xpayoff", "light");
    let path = calls::path_in("light", LIGHT);
    let mut times = Vec::new();
    let half = attack.budget.time / 2;
    let watch = Stopwatch::start();
    while u64::try_from(times.len()).unwrap_or(u64::MAX) < calls && watch.elapsed() < half {
        let call = Stopwatch::start();
        let reply = attack.target.call("GET", &path, &headers, "");
        times.push(call.elapsed());
        outcome.count(&path, reply.as_ref());
        if reply.is_none_or(|reply| reply.status != 200) {
            outcome.breach(format!("GET {path} does not succeed"));
        }
    }
    times.sort_unstable();
    let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(place).copied().unwrap_or_default()
}
