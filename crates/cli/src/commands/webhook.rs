//! `estoppel webhook`

mod check;
mod drill;
mod examples;
mod fire;
mod listen;
mod sender_side;
mod sign;

use clap::Subcommand;

use crate::{Exit, Failure, Global};

/// Signatures, deliveries, and the deactivation drill.
#[derive(Debug, Subcommand)]
pub enum WebhookCommand {
    /// Sign a body: print the header that a delivery of it carries.
    #[command(after_help = examples::sign())]
    Sign(sign::SignArgs),
    /// Check a signature; where it does not hold, say which usual mistake was made.
    #[command(after_help = examples::check())]
    Check(check::CheckArgs),
    /// Send a signed delivery to a receiver, once or more often.
    #[command(after_help = examples::fire())]
    Fire(fire::FireArgs),
    /// Be a correct receiver: check every delivery, and hand it on if asked to.
    #[command(after_help = examples::listen())]
    Listen(listen::ListenArgs),
    /// Rehearse what happens when a receiver fails too often, and what it takes to come back.
    #[command(after_help = examples::drill())]
    Drill(drill::DrillArgs),
}

impl WebhookCommand {
    pub(crate) fn run(self, global: &Global) -> Result<Exit, Failure> {
        match self {
            Self::Sign(args) => args.run(),
            Self::Check(args) => args.run(),
            Self::Fire(args) => args.run(global),
            Self::Listen(args) => args.run(global),
            Self::Drill(args) => args.run(global),
        }
    }
}

pub(crate) use examples::verify_receiver as verify_receiver_examples;
pub(crate) use sender_side::{HeaderArgs, SenderSideArgs};
