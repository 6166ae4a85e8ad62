//! `estoppel docs`

mod check;
mod documents;
mod extract;

use clap::Subcommand;

use crate::{Exit, Failure, Global};

/// Read published documents, and check them.
#[derive(Debug, Subcommand)]
pub enum DocsCommand {
    /// Find where documents contradict themselves, each other, or the contract.
    #[command(after_help = "Examples:\n  \
        estoppel docs check reference.md\n  \
        estoppel docs check --api carrier 001.txt 002.txt --report json\n  \
        estoppel docs check --explain DOC-HOST")]
    Check(check::CheckArgs),
    /// Tell what documents state: operations, fields, examples, lists of words, each with its place.
    #[command(after_help = "Examples:\n  \
        estoppel docs extract reference.md\n  \
        estoppel docs extract index.md _errors.md --format openapi --out draft.json")]
    Extract(extract::ExtractArgs),
}

impl DocsCommand {
    pub(crate) fn run(self, global: &Global) -> Result<Exit, Failure> {
        match self {
            Self::Check(args) => args.run(global),
            Self::Extract(args) => args.run(global),
        }
    }
}
