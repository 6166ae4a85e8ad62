//! The memory that request bodies may hold, over all connections.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

/// The part of the budget that one HTTP/2 connection may hold: one of so many.
const SHARES: usize = 4;

/// The memory that request bodies may hold, counted before it is taken.
#[derive(Debug)]
pub(crate) struct BodyBudget {
    max: usize,
    held: AtomicUsize,
}

impl BodyBudget {
    pub(crate) const fn new(max: usize) -> Self {
        Self { max, held: AtomicUsize::new(0) }
    }

    /// Bytes that are held.
    pub(crate) fn held(&self) -> usize {
        self.held.load(Relaxed)
    }
}

/// Adds to a counter unless that exceeds its maximum.
fn take(counter: &AtomicUsize, bytes: usize, max: usize) -> bool {
    let add = |held: usize| held.checked_add(bytes).filter(|held| *held <= max);
    counter.fetch_update(Relaxed, Relaxed, add).is_ok()
}

/// What one connection holds of the budget.
#[derive(Debug)]
pub(crate) struct Share {
    budget: Arc<BodyBudget>,
    held: AtomicUsize,
}

/// How many bodies a connection may receive at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Streams {
    /// One after the other: it may hold the whole budget.
    One,
    /// Several: together they may hold a share.
    Many,
}

impl Share {
    pub(crate) const fn new(budget: Arc<BodyBudget>) -> Self {
        Self { budget, held: AtomicUsize::new(0) }
    }

    /// Takes memory, if there is some left.
    pub(crate) fn take(&self, bytes: usize, streams: Streams) -> bool {
        let max = match streams {
            Streams::One => self.budget.max,
            Streams::Many => self.budget.max / SHARES,
        };
        if !take(&self.held, bytes, max) {
            return false;
        }
        if take(&self.budget.held, bytes, self.budget.max) {
            return true;
        }
        self.held.fetch_sub(bytes, Relaxed);
        false
    }

    /// Gives memory back.
    pub(crate) fn give_back(&self, bytes: usize) {
        self.held.fetch_sub(bytes, Relaxed);
        self.budget.held.fetch_sub(bytes, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(streams: Streams, taken: &[usize], expected: &[bool]) {
        let budget = Arc::new(BodyBudget::new(100));
        let share = Share::new(Arc::clone(&budget));
        let taken: Vec<(usize, bool)> =
            taken.iter().map(|bytes| (*bytes, share.take(*bytes, streams))).collect();
        assert_eq!(taken.iter().map(|(_, taken)| *taken).collect::<Vec<_>>(), expected);
        let held: usize = taken.iter().filter(|(_, taken)| *taken).map(|(bytes, _)| bytes).sum();
        assert_eq!(budget.held(), held);
        share.give_back(held);
        assert_eq!(budget.held(), 0);
    }

    #[test]
    fn memory_is_counted_before_it_is_taken() {
        check(Streams::One, &[100, 1], &[true, false]);
        check(Streams::One, &[60, 41, 40], &[true, false, true]);
        check(Streams::One, &[usize::MAX, 1, usize::MAX], &[false, true, false]);
        check(Streams::Many, &[25, 1], &[true, false]);
    }
}
