//! What a session holds, and what it may still take on.

use super::Session;
use crate::{Holding, Room};

impl Session {
    /// What its APIs hold.
    pub fn holding(&self) -> Holding {
        self.apis.iter().fold(Holding::default(), |held, api| held.and(api.holding()))
    }

    /// Gives memory back that the state does not need: the older half of the journal. A replay then no longer gives the
    /// state, and says so.
    pub fn shed(&mut self) {
        self.journal.halve();
    }

    /// What it may still take on.
    pub(super) fn room(&self) -> Room {
        Room::new(self.holding(), self.options.limits)
    }
}
