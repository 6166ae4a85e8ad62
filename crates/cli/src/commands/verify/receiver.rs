//! `estoppel verify receiver`

use std::time::Duration;

use clap::Args;
use estoppel_verifier::{Outcome, ReceiverOptions, ReceiverReport, verify_receiver};
use serde_json::json;

use crate::{
    Exit, Failure, Global,
    commands::{
        replay::PersonalArgs,
        webhook::{HeaderArgs, SenderSideArgs},
    },
    out_line, out_text, progress,
    report::{Case, ReportArgs},
};

/// Which receiver to verify, and how.
#[derive(Debug, Args)]
pub struct ReceiverArgs {
    #[command(flatten)]
    sender: SenderSideArgs,
    #[command(flatten)]
    headers: HeaderArgs,
    /// Where the receiver takes deliveries: what is named here is allowed, wherever it is.
    #[arg(long, value_name = "URL", env = "ESTOPPEL_RECEIVER_URL")]
    url: String,
    /// Only this webhook, by its id.
    #[arg(long, value_name = "ID")]
    webhook: Option<String>,
    /// A request that the receiver knows, where it refuses deliveries about others; may be given again.
    #[arg(long = "request", value_name = "ID")]
    requests: Vec<String>,
    /// Where the identifiers of invented requests come from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Longest time of one delivery, in seconds [default: as long as the API waits].
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    timeout: Option<u64>,
    #[command(flatten)]
    personal: PersonalArgs,
    #[command(flatten)]
    report: ReportArgs,
}

impl ReceiverArgs {
    pub(crate) async fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let side = self.sender.load()?;
        let options = ReceiverOptions {
            encoding: side.settings.encoding,
            headers: self.headers.pairs()?,
            timeout: self.timeout.map_or(side.settings.timeout, Duration::from_secs),
            requests: self.requests.clone(),
            webhook: self.webhook.clone(),
            seed: self.seed,
            personal_data: self.personal.personal_data(),
            ..ReceiverOptions::new(self.url.clone(), &*side.settings.key)
        };
        let bar = progress::bar(global, None, "checks");
        let verified = verify_receiver(side.contract, &options, |_| bar.inc(1)).await;
        bar.finish_and_clear();
        let report = verified.map_err(|error| Failure::new(error.to_string()))?;
        self.tell(&report, global)
    }

    fn tell(&self, report: &ReceiverReport, global: &Global) -> Result<Exit, Failure> {
        let document =
            serde_json::to_value(report).unwrap_or_else(|error| json!({"error": error.to_string()}));
        self.report.write("verify-receiver", &document, || cases(report))?;
        for failure in &report.failures {
            out_text!("{}\n", super::shown(failure));
        }
        if !global.quiet {
            for skipped in &report.not_run {
                out_line!("not run: {}: {}", skipped.rule, skipped.reason);
            }
        }
        if report.tested_nothing() {
            return Err(Failure::new("nothing was tested: no delivery was judged"));
        }
        let failed = report.checks.iter().filter(|check| check.outcome == Outcome::Failed).count();
        out_line!(
            "{}: {} checks passed, {failed} failed; {} requests, the slowest answer took {} of {} ms",
            report.url,
            report.checks.len() - failed,
            report.requests_sent,
            report.slowest_milliseconds,
            report.timeout_milliseconds
        );
        Ok(if report.is_clean() { Exit::Clean } else { Exit::Findings })
    }
}

fn cases(report: &ReceiverReport) -> Vec<Case> {
    let failures = report.failures.iter().map(|failure| Case {
        name: format!("{}: {}", failure.rule, failure.place()),
        failure: Some(failure.to_string()),
    });
    let passed = report.checks.iter().filter(|check| check.outcome == Outcome::Passed);
    failures.chain(passed.map(|check| Case { name: check.name.clone(), failure: None })).collect()
}
