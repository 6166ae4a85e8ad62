//! The verbs.

mod contract;
mod diff;
mod docs;
mod fixtures;
mod quote;
mod replay;
mod schemas;
mod validate;
mod verify;
mod webhook;

use clap::Subcommand;
use estoppel_simulator::Simulation;

use crate::{Exit, Failure, Global};

/// A verb of the command line.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start the replay server: a deterministic, stateful sandbox of the APIs.
    Replay(replay::ReplayArgs),
    /// Verify that a server is faithful to the contract.
    #[command(subcommand)]
    Verify(verify::VerifyCommand),
    /// Generate claims, activities and request bodies: reproducible to the byte.
    Fixtures(fixtures::FixturesArgs),
    /// Check payload files against a schema of the contract.
    Validate(validate::ValidateArgs),
    /// Check published documents against themselves and the contract.
    #[command(subcommand)]
    Docs(docs::DocsCommand),
    /// Read the payoff quote in a payload of any API, in one form, and say what was lost.
    Quote(quote::QuoteArgs),
    /// Look at the contract.
    #[command(subcommand)]
    Contract(contract::ContractCommand),
    /// Sign, check, send and receive webhooks, and rehearse their deactivation.
    #[command(subcommand)]
    Webhook(webhook::WebhookCommand),
    /// Write the generated files, or check that they are in step with the types.
    #[command(alias = "generate")]
    Schemas(schemas::SchemasArgs),
}

impl Command {
    /// Runs the verb.
    pub(crate) fn run(self, global: &Global) -> Result<Exit, Failure> {
        match self {
            Self::Replay(args) => args.run(global),
            Self::Verify(command) => command.run(global),
            Self::Fixtures(args) => args.run(global),
            Self::Validate(args) => args.run(global),
            Self::Docs(command) => command.run(global),
            Self::Quote(args) => args.run(),
            Self::Contract(command) => command.run(global),
            Self::Webhook(command) => command.run(global),
            Self::Schemas(args) => args.run(),
        }
    }
}

/// The API of this name.
fn api(name: &str) -> Result<&'static dyn Simulation, Failure> {
    estoppel_catalog::api(name).ok_or_else(|| {
        let names: Vec<_> = estoppel_catalog::apis().iter().map(|api| api.service().name).collect();
        Failure::new(format!("there is no API `{name}`: expected one of {}", names.join(", ")))
    })
}
