//! The `estoppel` command: every verb, its report and its exit code.
//!
//! `cargo xtask` has the same verbs through [`Command`].

mod color;
mod commands;
mod config;
pub mod console;
mod exit;
mod input_file;
mod output_file;
mod progress;
mod report;
mod standing_checks;

use std::process::ExitCode;

use clap::Parser;

pub use color::ColorWhen;
pub use commands::Command;
pub use config::config_schema;
pub use exit::{Exit, Failure};
pub use standing_checks::standing_checks;

/// Hold payoff APIs to what they published.
#[derive(Debug, Parser)]
#[command(name = "estoppel", version, about, arg_required_else_help = true, after_help = EXIT_CODES)]
struct Estoppel {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

/// What every verb takes.
#[derive(Clone, Debug, clap::Args)]
pub struct Global {
    /// When to use colour.
    #[arg(long, global = true, value_enum, default_value_t = ColorWhen::Auto, env = "ESTOPPEL_COLOR")]
    pub color: ColorWhen,
    /// Say less: findings and errors only.
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// What exit codes mean, for `--help`.
pub const EXIT_CODES: &str = "Exit codes: 0 clean, 1 findings, 2 could not run or tested nothing, \
    4 generated files stale, 130 interrupted.";

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    match parse() {
        Ok(Estoppel { command, global }) => finish(run(command, &global)),
        Err(code) => code,
    }
}

/// Reads the command line. Where it asks for help or is wrong, that is printed, and the exit code is given.
pub fn parse<C: Parser>() -> Result<C, ExitCode> {
    C::try_parse().map_err(|usage| console::print_usage(&usage))
}

/// Runs a verb.
pub fn run(command: Command, global: &Global) -> Result<Exit, Failure> {
    global.color.apply();
    command.run(global)
}

/// Prints a failure, and turns an ending into the process's exit code.
pub fn finish(ended: Result<Exit, Failure>) -> ExitCode {
    exit::after_output(match ended {
        Ok(exit) => exit.into(),
        Err(failure) => {
            err_line!("estoppel: {failure}");
            Exit::CouldNotRun.into()
        }
    })
}
