//! What docs check sees of slips made on purpose, how quickly it reads, and with how much memory.

use std::process::Command;

use clap::Args;
use estoppel_cli::{Exit, Failure};

use crate::check::workspace;

#[derive(Debug, Args)]
pub(crate) struct DocsArgs {
    /// Slips of each kind and page.
    #[arg(long, default_value_t = 2)]
    slips: usize,
    /// Only kinds whose name contains this.
    #[arg(long)]
    kind: Option<String>,
    /// List slips that are not told, and findings that tell something else.
    #[arg(long)]
    list: bool,
    /// Size of the invented pages, in megabytes.
    #[arg(long, default_value_t = 8)]
    megabytes: usize,
}

impl DocsArgs {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let mut arguments = vec![self.slips.to_string()];
        arguments.extend(self.kind.clone());
        if self.list {
            arguments.extend(["--missed".to_owned(), "--strange".to_owned()]);
        }
        let held = bench("estoppel-docs-mutation", "mutants", &arguments)?;
        bench("estoppel-docs-check", "pages", &[self.megabytes.to_string()])?;
        Ok(if held { Exit::Clean } else { Exit::Findings })
    }
}

/// Runs a benchmark of a crate; whether it keeps its bounds.
fn bench(package: &str, name: &str, arguments: &[String]) -> Result<bool, Failure> {
    let status = Command::new("cargo")
        .args(["bench", "--quiet", "--package", package, "--bench", name, "--"])
        .args(arguments)
        .current_dir(workspace())
        .status();
    match status {
        Ok(status) if status.code() == Some(MISSED) => Ok(false),
        Ok(status) if status.success() => Ok(true),
        _ => Err(Failure::new(format!("the benchmark {name} of {package} failed; see above"))),
    }
}

/// How a benchmark ends that misses a bound. Cargo hands it on.
const MISSED: i32 = 1;
