//! `estoppel webhook fire`

use std::{path::PathBuf, time::Duration};

use bytes::Bytes;
use clap::Args;
use estoppel_replay_server::{Sender, TargetPolicy};
use estoppel_simulator::{AttemptOutcome, Parcel, shown_url};
use estoppel_verifier::{SampleRequest, sample_body};
use tokio::time::Instant;

use super::sender_side::{HeaderArgs, SenderSide, SenderSideArgs, read_body, runtime};
use crate::{Exit, Failure, Global, console, out_line};

/// What to send, and where.
#[derive(Debug, Args)]
pub struct FireArgs {
    #[command(flatten)]
    sender: SenderSideArgs,
    #[command(flatten)]
    headers: HeaderArgs,
    /// Where it goes: what is named here is allowed, wherever it is.
    #[arg(long, value_name = "URL")]
    url: String,
    /// The webhook, by its id [default: the first of the API].
    #[arg(long, value_name = "ID")]
    webhook: Option<String>,
    /// A body, sent as it is; `-` is standard input [default: the first example of the contract].
    #[arg(long, value_name = "FILE", conflicts_with_all = ["webhook", "request"])]
    body: Option<PathBuf>,
    /// The request that it is about [default: the one of the example; with --count, another each time].
    #[arg(long, value_name = "ID")]
    request: Option<String>,
    /// What follows the separator of the signature [default: the member of the body that the API takes].
    #[arg(long, value_name = "ID")]
    suffix: Option<String>,
    /// How many to send, one after the other.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    count: u64,
    /// Longest time of one delivery, in seconds [default: as long as the API waits].
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    timeout: Option<u64>,
}

impl FireArgs {
    pub(crate) fn run(self, global: &Global) -> Result<Exit, Failure> {
        let sender = self.sender.load()?;
        let given = self.body.as_deref().map(read_body).transpose()?;
        runtime()?.block_on(self.send(&sender, given.as_deref(), global))
    }

    async fn send(&self, side: &SenderSide, given: Option<&[u8]>, global: &Global) -> Result<Exit, Failure> {
        let sender = Sender::new(TargetPolicy::default().with_url(&self.url));
        let further = self.headers.pairs()?;
        let (mut failed, mut answered) = (0_u64, 0_u64);
        let mut last = None;
        for number in 1..=self.count {
            let body = match given {
                Some(body) => body.to_vec(),
                None => self.sample(side, number)?,
            };
            let parcel = Parcel {
                delivery: number,
                endpoint: 0,
                url: self.url.clone(),
                headers: side.headers(&body, self.suffix.as_deref(), &further)?,
                body: Bytes::from(body),
                timeout: self.timeout.map_or(side.settings.timeout, Duration::from_secs),
            };
            let begin = Instant::now();
            let outcome = sender.send(&parcel).await;
            let milliseconds = begin.elapsed().as_millis();
            let received = outcome.is_received(side.rules.success);
            failed += u64::from(!received);
            answered += u64::from(!matches!(outcome, AttemptOutcome::NoReply(_)));
            if !(global.quiet && received) {
                let verdict = if received { "received" } else { "counts as a failure" };
                out_line!("{number}: {outcome} in {milliseconds} ms: {verdict}");
            }
            last = Some(outcome);
            if !console::is_open() {
                break;
            }
        }
        match last {
            Some(AttemptOutcome::NoReply(reason)) if answered == 0 => {
                Err(Failure::new(format!("nothing answers at {}: {reason}", shown_url(&self.url))))
            }
            _ if failed > 0 => Ok(Exit::Findings),
            _ => Ok(Exit::Clean),
        }
    }

    fn sample(&self, side: &SenderSide, number: u64) -> Result<Vec<u8>, Failure> {
        let first = side.contract.webhooks.first().map_or("", |webhook| webhook.spec.id);
        let request = match &self.request {
            Some(request) => SampleRequest::Named(request),
            None if self.count == 1 => SampleRequest::AsShown,
            None => SampleRequest::Numbered(number),
        };
        sample_body(side.contract, self.webhook.as_deref().unwrap_or(first), request)
            .map_err(|error| Failure::new(error.to_string()))
    }
}
