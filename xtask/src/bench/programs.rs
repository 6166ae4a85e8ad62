//! The programs that are measured.

use std::{path::Path, process::Command};

use estoppel_cli::Failure;

use super::server::Server;
use crate::check::workspace;

/// Builds what is measured.
pub(crate) fn build() -> Result<(), Failure> {
    let status = Command::new("cargo")
        .args(["build", "--release", "--quiet", "--package", "estoppel-cli", "--package", "xtask"])
        .current_dir(workspace())
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        _ => Err(Failure::new("the release build failed; see above")),
    }
}

/// Builds the command without optimizations, as tests leave it.
pub(crate) fn build_debug() -> Result<(), Failure> {
    let mut cargo = Command::new("cargo");
    let status =
        cargo.args(["build", "--quiet", "--package", "estoppel-cli"]).current_dir(workspace()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        _ => Err(Failure::new("the build failed; see above")),
    }
}

/// The programs that are measured, all from the release build.
pub(crate) struct Programs {
    /// The `estoppel` command.
    pub(crate) estoppel: String,
    /// `xtask` itself.
    pub(crate) own: String,
}

/// Limits that no load reaches.
const ROOM: [&str; 6] = [
    "memory=16GiB",
    "session-records=100000000",
    "session-bytes=16GiB",
    "session-timers=100000000",
    "session-deliveries=10000000",
    "delivery-bytes=16GiB",
];

impl Programs {
    pub(crate) fn new() -> Self {
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| workspace().join("target"), |folder| Path::new(&folder).to_owned());
        let program = |name: &str| target.join("release").join(name).display().to_string();
        Self { estoppel: program("estoppel"), own: program("xtask") }
    }

    /// A replay server on this core, with room for all that a load leaves behind.
    pub(crate) fn estoppel(&self, core: u32) -> Result<Server, Failure> {
        let mut arguments = vec!["replay", "--threads", "1", "--quiet"];
        for limit in ROOM {
            arguments.extend(["--limit", limit]);
        }
        Server::start(core, &self.estoppel, &arguments, "/__admin/health")
    }
}
