//! `cargo xtask bench`: figures, measured against a bare axum server in the same run.

mod bare;
mod http;
mod load;
mod server;
mod stopwatch;

use clap::Subcommand;
use estoppel_cli::{Exit, Failure};

/// What to measure.
#[derive(Debug, Subcommand)]
pub(crate) enum BenchCommand {
    /// The replay server: start, memory, reset, and requests per second against a bare axum server.
    Http(http::HttpArgs),
    /// Serve fixed bytes with axum and nothing else: the yardstick.
    #[command(hide = true)]
    Bare(bare::BareArgs),
    /// Send one request again and again over many connections.
    #[command(hide = true)]
    Load(load::LoadArgs),
}

impl BenchCommand {
    pub(crate) fn run(self) -> Result<Exit, Failure> {
        match self {
            Self::Http(args) => args.run(),
            Self::Bare(args) => args.run(),
            Self::Load(args) => args.run(),
        }
    }
}
