//! `cargo xtask check`: everything that CI runs, in the order in which it fails fastest.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use clap::Args;
use estoppel_cli::{Exit, Failure, err_line, out_line};

use crate::bench::Stopwatch;

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
    /// The program; this one where there is none.
    program: Option<&'static str>,
    arguments: Vec<String>,
    environment: &'static [(&'static str, &'static str)],
}

/// Everything that is checked, in the order in which it fails fastest.
fn steps() -> Vec<Step> {
    let mut steps = vec![
        cargo("format", "fmt --all --check"),
        cargo("lint", "clippy --workspace --all-targets --quiet -- -D warnings"),
        Step {
            environment: &[("RUSTDOCFLAGS", "-D warnings")],
            ..cargo("documentation", "doc --workspace --no-deps --quiet")
        },
        cargo("tests", "test --workspace --quiet"),
        own("tidy", words("tidy")),
        own("generated files", words("generate --check")),
        own("attack", words("attack --short")),
    ];
    steps.extend(estoppel_cli::standing_checks().into_iter().map(|line| own("contract", line)));
    steps
}

fn cargo(name: &'static str, line: &str) -> Step {
    Step { name, program: Some("cargo"), arguments: words(line), environment: &[] }
}

/// A verb of this program.
const fn own(name: &'static str, arguments: Vec<String>) -> Step {
    Step { name, program: None, arguments, environment: &[] }
}

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

impl CheckArgs {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let mut passed = 0;
        let mut failed = Vec::new();
        for step in steps() {
            err_line!("=== {}: {}", step.name, step.line());
            let watch = Stopwatch::start();
            let has_passed = step.run()?;
            err_line!("=== {}: {:.0} s", step.name, watch.elapsed().as_secs_f64());
            if has_passed {
                passed += 1;
            } else {
                failed.push(step);
                if !self.keep_going {
                    break;
                }
            }
        }
        if failed.is_empty() {
            passed += usize::from(release()?);
            passed += usize::from(dependencies()?);
        }
        for step in &failed {
            err_line!("failed: {} ({})", step.name, step.line());
        }
        out_line!("check: {passed} passed, {} failed", failed.len());
        Ok(if failed.is_empty() { Exit::Clean } else { Exit::Findings })
    }
}

impl Step {
    fn line(&self) -> String {
        let program = self.program.unwrap_or("cargo xtask");
        format!("{program} {}", self.arguments.join(" "))
    }

    fn run(&self) -> Result<bool, Failure> {
        let mut command = match self.program {
            Some(program) => Command::new(program),
            None => Command::new(
                std::env::current_exe()
                    .map_err(|error| Failure::new(format!("cannot find myself: {error}")))?,
            ),
        };
        command.args(&self.arguments).envs(self.environment.iter().copied()).stdin(Stdio::null());
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
        err_line!("=== dependencies: skipped, cargo-deny is not installed (cargo install cargo-deny)");
        return Ok(false);
    }
    let step = cargo("dependencies", "deny check licenses bans sources");
    err_line!("=== {}: {}", step.name, step.line());
    if step.run()? { Ok(true) } else { Err(Failure::new("cargo deny found something; see above")) }
}

/// The generated contracts against those of the last release; says so where there is no release to compare with.
fn release() -> Result<bool, Failure> {
    let git = |arguments: &[&str]| {
        let output =
            Command::new("git").args(arguments).current_dir(workspace()).stdin(Stdio::null()).output();
        let output = output.ok().filter(|output| output.status.success())?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let tag = git(&["describe", "--tags", "--abbrev=0", "--match", "v[0-9]*"]);
    let old = tag.map(|tag| format!("{tag}:schemas")).filter(|old| git(&["cat-file", "-e", old]).is_some());
    let Some(old) = old else {
        err_line!("=== release: skipped, no release tag (v…) has generated contracts to compare with");
        return Ok(false);
    };
    let step = own("release", words(&format!("contract diff {old} schemas")));
    err_line!("=== {}: {}", step.name, step.line());
    if step.run()? {
        Ok(true)
    } else {
        Err(Failure::new(format!("the contracts break with those of {old}; see above")))
    }
}

/// The folder of the workspace.
pub(crate) fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
