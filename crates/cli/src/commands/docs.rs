//! `estoppel docs`

mod check;
mod documents;
mod escaped;
mod extract;
mod reports;

use clap::Subcommand;

use super::diff::{DiffArgs, Subject};
use crate::{Exit, Failure, Global};

/// Read published documents, and check them.
#[derive(Debug, Subcommand)]
pub enum DocsCommand {
    /// Find where documents contradict themselves, each other, or the contract.
    #[command(after_help = "Examples:\n  \
        estoppel docs check reference.md\n  \
        estoppel docs check --api carrier 001.txt 002.txt --report sarif,html --ledger ledger.json\n  \
        estoppel docs check docs/*.md --baseline docs/accepted.json --fail-on warning\n  \
        estoppel docs check --explain DOC-HOST")]
    Check(check::CheckArgs),
    /// Tell what documents state: operations, fields, examples, lists of words, each with its place.
    #[command(after_help = "Examples:\n  \
        estoppel docs extract reference.md\n  \
        estoppel docs extract index.md _errors.md --format openapi --out draft.json")]
    Extract(extract::ExtractArgs),
    /// Tell what changed between two editions of documents, and how grave it is for clients.
    #[command(after_help = "Examples:\n  \
        estoppel docs diff 2022-02.md 2022-03.md\n  \
        estoppel docs diff HEAD~1:source source --api carrier --format markdown\n  \
        estoppel docs diff --explain DIFF-HOST-CHANGED")]
    Diff(DiffArgs),
}

impl DocsCommand {
    pub(crate) fn run(self, global: &Global) -> Result<Exit, Failure> {
        match self {
            Self::Check(args) => args.run(global),
            Self::Extract(args) => args.run(global),
            Self::Diff(args) => args.run(Subject::Documents, global),
        }
    }
}
