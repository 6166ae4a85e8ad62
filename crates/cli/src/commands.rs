//! The verbs.

mod contract;
mod diff;
mod docs;
mod fixtures;
mod replay;
mod schemas;
mod validate;
mod verify;

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
    /// Look at the contract.
    #[command(subcommand)]
    Contract(contract::ContractCommand),
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
            Self::Contract(command) => command.run(global),
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
