//! The memory of the process, looked at while there is traffic.

use std::{
    fs,
    sync::{
        Arc, Weak,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use tokio::{sync::Notify, time::Instant};

use crate::{
    background,
    limits::{Limit, Limits},
    sessions::Sessions,
};

/// How long a reading holds.
const HOLDS: Duration = Duration::from_millis(20);
/// A page of memory, in bytes, where the kernel does not say. Larger pages make readings too small, never too large.
const PAGE_BYTES: u64 = 4_096;
/// No process has so much: the reading is unknown.
const UNKNOWN: u64 = u64::MAX;

/// The memory of the process and its limit.
#[derive(Debug)]
pub(crate) struct Memory {
    max: u64,
    /// The address space that the process may use at most, where there is such a limit.
    space_max: Option<u64>,
    begun: Instant,
    /// Milliseconds since then, at the latest reading.
    read_at: AtomicU64,
    resident: AtomicU64,
    /// The most that was ever resident.
    peak: AtomicU64,
    space: AtomicU64,
    /// Somebody was refused for want of memory.
    pub(crate) pressed: Arc<Notify>,
}

/// How often it is looked whether there still is a server.
const LOOK_EVERY: Duration = Duration::from_mins(1);
/// How long it takes until memory that was given back shows.
const RELIEF: Duration = Duration::from_secs(1);

/// Gives memory back that sessions do not need, whenever it is short, as long as there is a server.
pub(crate) async fn relieve(sessions: Weak<Sessions>, pressed: Arc<Notify>) {
    loop {
        let waited = tokio::time::timeout(LOOK_EVERY, pressed.notified()).await;
        let Some(sessions) = sessions.upgrade() else { return };
        if waited.is_ok() {
            // What broke off is tried again when somebody is refused.
            let _ = background::work(move || sessions.shed()).await;
            tokio::time::sleep(RELIEF).await;
        }
    }
}

impl Memory {
    pub(crate) fn new(limits: &Limits) -> Self {
        let memory = Self {
            max: limits.get(Limit::Memory),
            space_max: fs::read_to_string("/proc/self/limits").ok().as_deref().and_then(space_max_of),
            begun: Instant::now(),
            read_at: AtomicU64::new(0),
            resident: AtomicU64::new(UNKNOWN),
            peak: AtomicU64::new(0),
            space: AtomicU64::new(UNKNOWN),
            pressed: Arc::default(),
        };
        memory.read();
        memory
    }

    /// Bytes that the process holds; `None` where the system does not say.
    pub(crate) fn resident(&self) -> Option<u64> {
        self.refresh();
        Some(self.resident.load(Relaxed)).filter(|bytes| *bytes != UNKNOWN)
    }

    /// Whether the process holds more than it may, so that nothing new is kept. Where the system limits the address space,
    /// the last eighth of that counts as more, too: an allocation that fails would end the process. The allocator keeps
    /// addresses whose memory it gave back, so there is room again when a quarter of what was resident is gone.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.refresh();
        let (resident, space) = (self.resident.load(Relaxed), self.space.load(Relaxed));
        if resident == UNKNOWN || space == UNKNOWN {
            return false;
        }
        let peak = self.peak.load(Relaxed);
        let space_is_short = self.space_max.is_some_and(|max| space >= max - max / 8);
        resident >= self.max || (space_is_short && resident >= peak - peak / 4)
    }

    /// The limit, in bytes.
    pub(crate) const fn max(&self) -> u64 {
        self.max
    }

    fn refresh(&self) {
        let now = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let read_at = self.read_at.load(Relaxed);
        let is_old = u128::from(now.saturating_sub(read_at)) >= HOLDS.as_millis();
        // Whoever comes first reads.
        if is_old && self.read_at.compare_exchange(read_at, now, Relaxed, Relaxed).is_ok() {
            self.read();
        }
    }

    fn read(&self) {
        let Ok(statm) = fs::read_to_string("/proc/self/statm") else { return };
        let Some((space, resident)) = pages_of(&statm) else { return };
        self.space.store(space * PAGE_BYTES, Relaxed);
        self.resident.store(resident * PAGE_BYTES, Relaxed);
        self.peak.fetch_max(resident * PAGE_BYTES, Relaxed);
    }
}

/// All pages and the resident ones, of `/proc/self/statm`.
fn pages_of(statm: &str) -> Option<(u64, u64)> {
    let mut numbers = statm.split_ascii_whitespace().map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// The soft limit of the address space, of `/proc/self/limits`.
fn space_max_of(limits: &str) -> Option<u64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_kernel_says_is_read() {
        assert_eq!(pages_of("26035 1538 1241 5 0 394 0\n"), Some((26_035, 1_538)));
        assert_eq!(pages_of(""), None);
        let line = |soft: &str| {
            format!("Limit  Soft  Hard  Units\nMax address space         {soft}     unlimited   bytes\n")
        };
        assert_eq!(space_max_of(&line("536870912")), Some(536_870_912));
        assert_eq!(space_max_of(&line("unlimited")), None);
    }

    #[test]
    fn a_process_that_holds_more_than_it_may_is_exhausted() {
        let mut limits = Limits::default();
        limits.set("memory", "1GiB").unwrap();
        let memory = Memory { space_max: Some(1 << 33), ..Memory::new(&limits) };
        memory.peak.store(400, Relaxed);
        memory.read_at.store(u64::MAX, Relaxed);
        let check = |resident: u64, space: u64, expected: bool| {
            memory.resident.store(resident, Relaxed);
            memory.space.store(space, Relaxed);
            assert_eq!(memory.is_exhausted(), expected, "{resident} {space}");
        };
        check(1_000, 1_000, false);
        check(1 << 30, 1 << 31, true);
        check(UNKNOWN, UNKNOWN, false);
        // The address space is short; a quarter of what was resident has been given back, or not yet.
        check(300, (1 << 33) - (1 << 30), true);
        check(299, (1 << 33) - (1 << 30), false);
    }
}
