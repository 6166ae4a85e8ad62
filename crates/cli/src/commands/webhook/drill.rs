//! `estoppel webhook drill`
//!
//! The drill plays with a session of its own, in this process and on a clock that stands still, so that fifteen minutes
//! take none. Whatever it prints, the simulator has done.

mod call;
mod gate;
mod scenes;
mod script;
mod stage;

use clap::Args;
use estoppel_replay_server::{Sender, TargetPolicy};
use estoppel_simulator::shown_url;

use super::sender_side::{HeaderArgs, SenderSideArgs, runtime};
use crate::{Exit, Failure, Global};
use gate::Gate;

/// Whose deactivation to rehearse, and with which receiver.
#[derive(Debug, Args)]
pub struct DrillArgs {
    #[command(flatten)]
    sender: SenderSideArgs,
    #[command(flatten)]
    headers: HeaderArgs,
    /// Where deliveries go that are not made to fail: what is named here is allowed, wherever it is.
    #[arg(long, value_name = "URL")]
    receiver: String,
    /// Let the receiver answer every delivery itself, instead of making some fail before they reach it.
    #[arg(long)]
    live: bool,
    /// Status that a delivery gets which is made to fail.
    #[arg(long, default_value_t = 503, value_name = "STATUS", conflicts_with = "live",
        value_parser = clap::value_parser!(u16).range(100..600))]
    failure_status: u16,
}

impl DrillArgs {
    pub(crate) fn run(self, global: &Global) -> Result<Exit, Failure> {
        let side = self.sender.load()?;
        if !self.receiver.starts_with("http://") && !self.receiver.starts_with("https://") {
            let shown = shown_url(&self.receiver);
            let line = format!("--receiver `{shown}` is no URL: expected http:// or https://");
            return Err(Failure::new(line));
        }
        if side.rules.success.accepts(self.failure_status) {
            let line =
                format!("--failure-status {} counts as received: nothing would fail", self.failure_status);
            return Err(Failure::new(line));
        }
        if side.rules.limits.is_empty() {
            let name = side.contract.name();
            return Err(Failure::new(format!(
                "`{name}` deactivates nothing, however often a delivery fails"
            )));
        }
        let sender = Sender::new(TargetPolicy::default().with_url(&self.receiver));
        let gate = Gate::new(sender, self.failure_status);
        let drill = scenes::Drill {
            side,
            receiver: self.receiver,
            headers: self.headers.pairs()?,
            gate,
            quiet: global.quiet,
        };
        runtime()?.block_on(async { if self.live { drill.live().await } else { drill.rehearse().await } })
    }
}
