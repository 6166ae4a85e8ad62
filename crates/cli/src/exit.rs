//! How a verb ends.

use std::process::ExitCode;

use thiserror::Error;

use crate::{console, err_line};

/// How a verb ends when it could run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing is wrong.
    Clean,
    /// Something is wrong with what was looked at.
    Findings,
    /// It could not run, or it tested nothing.
    CouldNotRun,
    /// Generated files are not in step with what they are made from.
    Stale,
    /// It was asked to stop before its end.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::CouldNotRun => 2,
            Exit::Stale => 4,
            Exit::Interrupted => 130,
        })
    }
}

/// The exit code after all that was printed: another one where standard output could not be written.
pub(crate) fn after_output(code: ExitCode) -> ExitCode {
    match console::finish() {
        Ok(()) => code,
        Err(error) => {
            err_line!("estoppel: cannot write to standard output: {error}");
            Exit::CouldNotRun.into()
        }
    }
}

/// Why a verb could not run: one line that says where, what was expected, and what to do.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct Failure(String);

impl Failure {
    /// A failure with this line.
    pub fn new(line: impl Into<String>) -> Self {
        Self(line.into())
    }

    /// A file that cannot be read or written.
    pub(crate) fn file(path: &std::path::Path, doing: &str, error: &std::io::Error) -> Self {
        Self(format!("cannot {doing} {}: {error}", path.display()))
    }
}
