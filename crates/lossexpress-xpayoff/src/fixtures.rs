//! Generated lenders, payoff requests and their results.
//!
//! The request and the result of an index belong together: whom the request is about, the result answers. How it went
//! takes turns, so that every outcome is in any run of consecutive indexes.

mod lender;
mod request;
mod result;

use std::io;

use estoppel_generate::{FixtureKind, FixtureRequest, Key};
use serde::Serialize;

use request::Case;
use result::{OUTCOMES, Outcome};

/// Every kind of fixture, the most asked for first.
pub fn fixture_kinds() -> &'static [FixtureKind] {
    KINDS
}

const KINDS: &[FixtureKind] = &[
    FixtureKind {
        name: "payoff-request",
        model: "NewPayoffRequest",
        summary: "Bodies of Create Request: what callers send to ask for a payoff.",
        write: |request, index, out| write(&case(request, index).new_payoff_request(), out),
    },
    FixtureKind {
        name: "lender",
        model: "Lender",
        summary: "Lenders: those of the lender database, then as many invented ones as are asked for.",
        write: |_, index, out| write(&lender::at(index), out),
    },
    FixtureKind {
        name: "payoff-result",
        model: "PayoffResultBody",
        summary: "Bodies of the webhook, for those requests: quotes by both ways, every failure, and the least that is promised.",
        write: |request, index, out| write(&case(request, index).result(request.at), out),
    },
];

/// The payoff request at this index and how it went.
fn case(request: &FixtureRequest, index: u64) -> Case<Key> {
    let draw = Key::new(request.seed).entity(crate::SERVICE_NAME).entity("payoff").index(index);
    let turn = u64::try_from(OUTCOMES.len()).ok().and_then(|count| index.checked_rem(count));
    let outcome = turn.and_then(|turn| OUTCOMES.get(usize::try_from(turn).ok()?));
    Case {
        draw,
        outcome: outcome.copied().unwrap_or(Outcome::Quoted(crate::results::FulfilledBy::Integration)),
    }
}

fn write<T: Serialize>(value: &T, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(out, value).map_err(io::Error::from)
}
