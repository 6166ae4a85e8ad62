//! What the connections of a server use at the moment.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    body_budget::BodyBudget,
    limits::{Limit, Limits},
};

/// What the connections of a server use at the moment, beside what they may.
#[derive(Debug)]
pub(crate) struct Usage {
    free: Arc<Semaphore>,
    connections_max: usize,
    pub(crate) bodies: Arc<BodyBudget>,
    pub(crate) responses: Arc<BodyBudget>,
}

impl Usage {
    pub(crate) fn new(limits: &Limits) -> Self {
        let connections_max = limits.count(Limit::Connections);
        Self {
            free: Arc::new(Semaphore::new(connections_max)),
            connections_max,
            bodies: Arc::new(BodyBudget::new(limits.count(Limit::BodyMemory))),
            responses: Arc::new(BodyBudget::new(limits.count(Limit::ResponseMemory))),
        }
    }

    /// How much of a limit is in use, where connections are what it bounds.
    pub(crate) fn of(&self, limit: Limit) -> Option<u64> {
        let used = match limit {
            Limit::Connections => self.connections_max - self.free.available_permits(),
            Limit::BodyMemory => self.bodies.held(),
            Limit::ResponseMemory => self.responses.held(),
            _ => return None,
        };
        u64::try_from(used).ok()
    }

    pub(crate) fn connections_max(&self) -> u64 {
        u64::try_from(self.connections_max).unwrap_or(u64::MAX)
    }

    /// Takes the room for a connection, if there is some.
    pub(crate) fn open_connection(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.free).try_acquire_owned().ok()
    }

    /// Waits until every connection is closed.
    pub(crate) async fn until_closed(&self) {
        let all = u32::try_from(self.connections_max).unwrap_or(u32::MAX);
        drop(self.free.acquire_many(all).await);
    }
}
