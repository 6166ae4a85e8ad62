//! Verifies a server: `cargo run -p estoppel-verifier --example verify_provider -- API BASE_URL`.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use estoppel_verifier::{ProviderOptions, VerifyError, verify_provider};

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [api, base_url] = arguments.as_slice() else {
        writeln!(io::stderr(), "usage: verify_provider API BASE_URL")?;
        return Ok(ExitCode::from(2));
    };
    let Some(simulation) = estoppel_catalog::api(api) else {
        writeln!(io::stderr(), "unknown API `{api}`")?;
        return Ok(ExitCode::from(2));
    };
    let outcome: Result<_, VerifyError> =
        verify_provider(simulation, &ProviderOptions::new(base_url), |_| {}).await;
    let report = match outcome {
        Ok(report) => report,
        Err(error) => {
            writeln!(io::stderr(), "{error}")?;
            return Ok(ExitCode::from(2));
        }
    };
    let mut out = io::stdout().lock();
    for failure in &report.failures {
        writeln!(out, "{failure}\n")?;
    }
    write!(out, "{}", report.coverage)?;
    for skipped in &report.skipped {
        writeln!(out, "not played: {} from step {}: {}", skipped.story, skipped.step, skipped.reason)?;
    }
    let (checks, failures, calls) = (report.checks.len(), report.failures.len(), report.requests_sent);
    writeln!(out, "{checks} checks, {failures} failures, {calls} calls")?;
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
