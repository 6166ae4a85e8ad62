//! `cargo xtask`: every `estoppel` command, and the workspace's own.

mod attack;
mod bench;
mod check;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use estoppel_cli::{Exit, Failure, Global};

/// Everything that this workspace does.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, about, arg_required_else_help = true, after_help = estoppel_cli::EXIT_CODES)]
struct Xtask {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run everything that CI runs.
    Check(check::CheckArgs),
    /// Check the rules of the house that no compiler checks.
    Tidy,
    /// Attack the built command, in 512 MB and ten minutes.
    Attack(attack::AttackArgs),
    /// Measure; ratios are taken within one run.
    #[command(subcommand)]
    Bench(bench::BenchCommand),
    #[command(flatten)]
    Estoppel(Box<estoppel_cli::Command>),
}

fn main() -> ExitCode {
    match estoppel_cli::parse() {
        Ok(Xtask { command, global }) => estoppel_cli::finish(run(command, &global)),
        Err(code) => code,
    }
}

fn run(command: Command, global: &Global) -> Result<Exit, Failure> {
    match command {
        Command::Check(args) => args.run(),
        Command::Tidy => tidy::run(),
        Command::Attack(args) => args.run(),
        Command::Bench(command) => command.run(),
        Command::Estoppel(command) => estoppel_cli::run(*command, global),
    }
}
