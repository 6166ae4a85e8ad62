//! What stands between the drill and the receiver.

use estoppel_replay_server::Sender;
use estoppel_simulator::{AttemptOutcome, Parcel};

/// What becomes of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passage {
    /// It goes to the receiver, which answers.
    Through,
    /// It fails at the gate; the receiver never sees it.
    Failing,
}

/// Lets deliveries through, or answers them in the receiver's place.
pub(super) struct Gate {
    sender: Sender,
    failure_status: u16,
}

impl Gate {
    /// A gate that fails deliveries with this status.
    pub(super) const fn new(sender: Sender, failure_status: u16) -> Self {
        Self { sender, failure_status }
    }

    /// How a delivery ends.
    pub(super) async fn pass(&self, parcel: &Parcel, passage: Passage) -> AttemptOutcome {
        match passage {
            Passage::Failing => AttemptOutcome::Status(self.failure_status),
            Passage::Through => self.sender.send(parcel).await,
        }
    }
}
