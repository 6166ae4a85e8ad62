//! `cargo xtask check`: everything that CI runs, in the order in which it fails fastest.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use clap::Args;
use estoppel_cli::{Exit, Failure};

/// Run everything that CI runs.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Go on after a failure, and list all of them at the end.
    #[arg(long)]
    keep_going: bool,
}

/// One thing that is checked.
struct Step {
    name: &'static str,
    program: &'static str,
    arguments: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
}

const STEPS: &[Step] = &[
    cargo("format", &["fmt", "--all", "--check"]),
    Step {
        name: "lint",
        program: "cargo",
        arguments: &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"],
        environment: &[],
    },
    Step {
        name: "documentation",
        program: "cargo",
        arguments: &["doc", "--workspace", "--no-deps", "--quiet"],
        environment: &[("RUSTDOCFLAGS", "-D warnings")],
    },
    cargo("tests", &["test", "--workspace", "--quiet"]),
    xtask("tidy", &["tidy"]),
    xtask("generated files", &["generate", "--check"]),
    xtask("contract against the replay server", &["verify", "provider", "--api", "carrier"]),
    xtask(
        "what is only announced, turned on",
        &[
            "verify",
            "provider",
            "--api",
            "carrier",
            "--include",
            "refreshPayoffRequest",
            "--reading",
            "refresh-payoff-request=on",
        ],
    ),
    xtask("generated reference", &["docs", "check", "--api", "carrier", "schemas/carrier/reference.md"]),
];

const fn cargo(name: &'static str, arguments: &'static [&'static str]) -> Step {
    Step { name, program: "cargo", arguments, environment: &[] }
}

/// A verb of this program.
const fn xtask(name: &'static str, arguments: &'static [&'static str]) -> Step {
    Step { name, program: "", arguments, environment: &[] }
}

impl CheckArgs {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let mut passed = 0;
        let mut failed = Vec::new();
        for step in STEPS {
            anstream::eprintln!("=== {}: {}", step.name, step.line());
            if step.run()? {
                passed += 1;
            } else {
                failed.push(step);
                if !self.keep_going {
                    break;
                }
            }
        }
        if failed.is_empty() {
            passed += usize::from(dependencies()?);
        }
        for step in &failed {
            anstream::eprintln!("failed: {} ({})", step.name, step.line());
        }
        anstream::println!("check: {passed} passed, {} failed", failed.len());
        Ok(if failed.is_empty() { Exit::Clean } else { Exit::Findings })
    }
}

impl Step {
    fn line(&self) -> String {
        let program = if self.program.is_empty() { "cargo xtask" } else { self.program };
        format!("{program} {}", self.arguments.join(" "))
    }

    fn run(&self) -> Result<bool, Failure> {
        let own =
            std::env::current_exe().map_err(|error| Failure::new(format!("cannot find myself: {error}")))?;
        let mut command =
            if self.program.is_empty() { Command::new(own) } else { Command::new(self.program) };
        command.args(self.arguments).envs(self.environment.iter().copied()).stdin(Stdio::null());
        command.current_dir(workspace());
        let status =
            command.status().map_err(|error| Failure::new(format!("cannot run {}: {error}", self.line())))?;
        Ok(status.success())
    }
}

/// Licences and layers, by cargo-deny where it is installed; says so where it is not.
fn dependencies() -> Result<bool, Failure> {
    let installed = Command::new("cargo")
        .args(["deny", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !installed {
        anstream::eprintln!(
            "=== dependencies: skipped, cargo-deny is not installed (cargo install cargo-deny)"
        );
        return Ok(false);
    }
    let step = cargo("dependencies", &["deny", "check", "licenses", "bans", "sources"]);
    anstream::eprintln!("=== {}: {}", step.name, step.line());
    if step.run()? { Ok(true) } else { Err(Failure::new("cargo deny found something; see above")) }
}

/// The folder of the workspace.
pub(crate) fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
