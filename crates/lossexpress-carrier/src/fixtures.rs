//! Generated claims, activities and request bodies.
//!
//! Every fixture of an index is about the same claim. Its story, one of [`story::STORIES`], says how far it has come;
//! stories take turns, so that every stage of life is in any run of consecutive claims. The claim is what its story
//! left of it, the activities are its steps.

mod activity;
mod bodies;
mod claim;
mod history;
mod new_claim;
mod story;
mod words;

use std::io;

use estoppel_generate::{FixtureKind, FixtureRequest, Key};
use serde::Serialize;

use history::History;
use story::Story;

/// Every kind of fixture, the most asked for first.
pub fn fixture_kinds() -> &'static [FixtureKind] {
    KINDS
}

const KINDS: &[FixtureKind] = &[
    FixtureKind {
        name: "claim",
        model: "Claim",
        summary: "Claims in every stage of life, as Fetch Claim shows them.",
        write: |request, index, out| write(&history(request, index).claim(), out),
    },
    FixtureKind {
        name: "activity",
        model: "Activity",
        summary: "What happened on those claims, claim by claim, in the order in which it happened.",
        write: |request, index, out| {
            let (claim, story, place) = story::at_activity(index);
            let history = History::new(draw(request, claim), story, request.at);
            write(&history.activity(place), out)
        },
    },
    FixtureKind {
        name: "new-claim",
        model: "NewClaim",
        summary: "Bodies of Create Claim: what the carrier sent to create those claims.",
        write: |request, index, out| write(&history(request, index).new_claim(), out),
    },
    FixtureKind {
        name: "claim-update",
        model: "ClaimUpdate",
        summary: "Bodies of Update Claim.",
        write: |request, index, out| write(&history(request, index).claim_update(), out),
    },
    FixtureKind {
        name: "new-document",
        model: "NewDocument",
        summary: "Bodies of Add Document: small PDF files that name what they stand for.",
        write: |request, index, out| write(&history(request, index).new_document(), out),
    },
    FixtureKind {
        name: "direct-message",
        model: "DirectMessage",
        summary: "Bodies of Create Direct Message.",
        write: |request, index, out| write(&history(request, index).direct_message(), out),
    },
    FixtureKind {
        name: "new-orders",
        model: "NewOrders",
        summary: "Bodies of Create Orders.",
        write: |request, index, out| write(&history(request, index).new_orders(), out),
    },
    FixtureKind {
        name: "payment",
        model: "SentPayment",
        summary: "Bodies of Acknowledge Payment Sent.",
        write: |request, index, out| write(&history(request, index).payment(), out),
    },
    FixtureKind {
        name: "counter-answer",
        model: "CounterAnswer",
        summary: "Bodies of Accept or Dispute Counter.",
        write: |request, index, out| write(&history(request, index).counter_answer(), out),
    },
];

/// The history of the claim at this index.
fn history(request: &FixtureRequest, index: u64) -> History<Key> {
    History::new(draw(request, index), Story::of_claim(index), request.at)
}

/// Where the claim at this index gets its values.
const fn draw(request: &FixtureRequest, index: u64) -> Key {
    Key::new(request.seed).entity(crate::SERVICE_NAME).entity("claim").index(index)
}

fn write<T: Serialize>(value: &T, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(out, value).map_err(io::Error::from)
}
