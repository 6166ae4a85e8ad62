//! `cargo xtask bench`: figures; ratios are taken within one run.

mod bare;
mod docs;
mod figures;
mod http;
mod load;
mod machine;
mod programs;
mod sender;
mod server;
mod sink;
mod stopwatch;
mod webhooks;

pub(crate) use programs::{build, build_debug};
pub(crate) use server::free_address;
pub(crate) use stopwatch::Stopwatch;

use clap::Subcommand;
use estoppel_cli::{Exit, Failure};

/// What to measure.
#[derive(Debug, Subcommand)]
pub(crate) enum BenchCommand {
    /// The replay server: start, memory, reset, and requests per second against a bare axum server.
    Http(http::HttpArgs),
    /// Docs check: what it sees of slips made on purpose in the generated pages, its speed and its memory.
    Docs(docs::DocsArgs),
    /// Webhooks and timers: deliveries per second against a bare reqwest loop, and a year's advance.
    Webhooks(webhooks::WebhooksArgs),
    /// Serve fixed bytes with axum and nothing else: the yardstick.
    #[command(hide = true)]
    Bare(bare::BareArgs),
    /// Send one request again and again over many connections.
    #[command(hide = true)]
    Load(load::LoadArgs),
    /// Answer every POST with 200 and count them: the receiver.
    #[command(hide = true)]
    Sink(sink::SinkArgs),
    /// Send one body again and again with reqwest and nothing else: the yardstick for deliveries.
    #[command(hide = true)]
    Sender(sender::SenderArgs),
}

impl BenchCommand {
    pub(crate) fn run(self) -> Result<Exit, Failure> {
        match self {
            Self::Http(args) => args.run(),
            Self::Docs(args) => args.run(),
            Self::Bare(args) => args.run(),
            Self::Load(args) => args.run(),
            Self::Webhooks(args) => args.run(),
            Self::Sink(args) => args.run(),
            Self::Sender(args) => args.run(),
        }
    }
}
