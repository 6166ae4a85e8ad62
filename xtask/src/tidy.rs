//! `cargo xtask tidy`: the rules of the house that no compiler checks.

mod layers;
mod sources;

use estoppel_cli::{Exit, Failure, err_line, out_line};

use crate::check::workspace;

/// Checks every rule and lists what breaks one.
pub(crate) fn run() -> Result<Exit, Failure> {
    let files = sources::tracked(workspace())?;
    if files.is_empty() {
        return Err(Failure::new("no source file was found"));
    }
    let mut faults = Vec::new();
    for file in &files {
        faults.extend(sources::faults(file));
    }
    faults.extend(layers::faults(workspace())?);
    for fault in &faults {
        out_line!("{fault}");
    }
    err_line!("tidy: {} files, {} faults", files.len(), faults.len());
    Ok(if faults.is_empty() { Exit::Clean } else { Exit::Findings })
}
