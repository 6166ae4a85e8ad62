//! Generated users, refresh requests and what becomes of them.
//!
//! Every fixture of an index is about the same user, and about the refresh that is the latest of that user: the request
//! asks for it, the reply begins it, and item and webhook tell how it ended for one of its groups. The user is shown as
//! the refresh left them.

mod portfolio;

use std::io;

use estoppel_generate::{FixtureKind, FixtureRequest, Key};
use serde::Serialize;

use portfolio::Portfolio;

/// Every kind of fixture, the most asked for first.
pub fn fixture_kinds() -> &'static [FixtureKind] {
    KINDS
}

const KINDS: &[FixtureKind] = &[
    FixtureKind {
        name: "user",
        model: "User",
        summary: "Users with their loans, capabilities and latest quotes, as Get User shows them.",
        write: |request, index, out| write(&portfolio(request, index).user(), out),
    },
    FixtureKind {
        name: "refresh-request",
        model: "NewRefresh",
        summary: "Bodies that ask for quotes of all groups of those users that can be quoted.",
        write: |request, index, out| write(&portfolio(request, index).request(), out),
    },
    FixtureKind {
        name: "refresh-reply",
        model: "BegunRefreshReply",
        summary: "What those requests were answered: every group in progress.",
        write: |request, index, out| write(&portfolio(request, index).reply(), out),
    },
    FixtureKind {
        name: "refresh-item",
        model: "RefreshItem",
        summary: "How one group of those requests ended, as a poll shows it.",
        write: |request, index, out| write(&portfolio(request, index).item(), out),
    },
    FixtureKind {
        name: "payoff-quote-status-change",
        model: "PayoffQuoteStatusChange",
        summary: "The webhooks that told about the same groups.",
        write: |request, index, out| write(&portfolio(request, index).status_change(), out),
    },
];

/// The user at this index, and their latest refresh.
fn portfolio(request: &FixtureRequest, index: u64) -> Portfolio<Key> {
    let draw = Key::new(request.seed).entity(crate::SERVICE_NAME).entity("user").index(index);
    Portfolio::new(draw, request.at)
}

fn write<T: Serialize>(value: &T, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(out, value).map_err(io::Error::from)
}
