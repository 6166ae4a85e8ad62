//! The command that is attacked.

use std::path::Path;

use estoppel_cli::Failure;

use crate::{bench, check::workspace};

/// The release build, or for the short form the debug build that the tests left.
pub(super) fn built(short: bool, no_build: bool) -> Result<String, Failure> {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| workspace().join("target"), |folder| Path::new(&folder).to_owned());
    let program = target.join(if short { "debug" } else { "release" }).join("estoppel");
    if !short && !no_build {
        bench::build()?;
    }
    if short && !no_build {
        bench::build_debug()?;
    }
    if program.exists() {
        return Ok(program.display().to_string());
    }
    Err(Failure::new(format!(
        "there is no {}: leave --no-build out, or build estoppel-cli",
        program.display()
    )))
}
