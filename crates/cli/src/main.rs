//! The `estoppel` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    estoppel_cli::main()
}
