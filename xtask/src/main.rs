//! `cargo xtask`: every `estoppel` command, and the workspace's own.

use std::process::ExitCode;

fn main() -> ExitCode {
    estoppel_cli::main()
}
