//! Long work on a session, off the threads that serve: while it is done, others wait without holding a thread.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use tokio::sync::Notify;

use crate::{
    background::{self, BrokeOff},
    world::{State, World},
};

/// It is closed while long work is done on a session.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    closed: AtomicUsize,
    opened: Notify,
}

impl Gate {
    /// Whether long work is being done.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(SeqCst) > 0
    }

    /// Waits until no long work is being done.
    pub(crate) async fn passed(&self) {
        while self.is_closed() {
            let opened = self.opened.notified();
            // It may have been opened just now.
            if self.is_closed() {
                opened.await;
            }
        }
    }
}

/// Long work is being done on a session, until this is dropped.
pub(crate) struct Closed(Arc<World>);

impl Closed {
    /// Closes the gate of a session.
    pub(crate) fn gate_of(world: &Arc<World>) -> Self {
        world.gate.closed.fetch_add(1, SeqCst);
        Self(Arc::clone(world))
    }
}

impl Drop for Closed {
    fn drop(&mut self) {
        if self.0.gate.closed.fetch_sub(1, SeqCst) == 1 {
            self.0.gate.opened.notify_waiters();
        }
    }
}

/// Does long work on a session. It goes on even if nobody waits for it any more.
pub(crate) async fn work<T: Send + 'static>(
    world: &Arc<World>,
    work: impl FnOnce(&World, &mut State) -> T + Send + 'static,
) -> Result<T, BrokeOff> {
    let closed = Closed::gate_of(world);
    let done = background::work(move || {
        let Closed(world) = &closed;
        let mut state = world.lock();
        work(world, &mut state)
    });
    done.await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_waits_passes_when_the_last_work_is_done() {
        let gate = Arc::new(Gate::default());
        gate.passed().await;
        gate.closed.store(1, SeqCst);
        let waiting = tokio::spawn({
            let gate = Arc::clone(&gate);
            async move { gate.passed().await }
        });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        gate.closed.store(0, SeqCst);
        gate.opened.notify_waiters();
        waiting.await.unwrap();
    }
}
