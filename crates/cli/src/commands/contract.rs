//! `estoppel contract`

use clap::{Args, Subcommand};
use estoppel_contract::{Availability, Contract, Operation, Setting};
use owo_colors::OwoColorize;

use super::{
    api,
    diff::{DiffArgs, Subject},
};
use crate::{Exit, Failure, Global};

/// Look at the contract.
#[derive(Debug, Subcommand)]
pub enum ContractCommand {
    /// List the APIs.
    List,
    /// Show an API: its operations, or its readings, rulings, refusals or test values.
    #[command(after_help = "Examples:\n  \
        estoppel contract show carrier\n  \
        estoppel contract show carrier --readings\n  \
        estoppel contract show carrier --operation createPayoffRequest")]
    Show(ShowArgs),
    /// Tell what changed between two contracts: OpenAPI documents, or folders of generated files.
    #[command(after_help = "Examples:\n  \
        estoppel contract diff v0.1.0:schemas schemas\n  \
        estoppel contract diff old/openapi.json new/openapi.json --fail-on dangerous\n  \
        estoppel contract diff --explain DIFF-WORD-ADDED")]
    Diff(DiffArgs),
}

/// What to show of an API.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The API, such as `carrier`.
    api: String,
    #[command(flatten)]
    part: Part,
}

#[derive(Debug, Args)]
#[group(multiple = false)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag, and only one can be given")]
struct Part {
    /// Show the rulings that you may decide otherwise.
    #[arg(long)]
    readings: bool,
    /// Show what was decided where the documents are silent.
    #[arg(long)]
    rulings: bool,
    /// Show every documented refusal.
    #[arg(long)]
    refusals: bool,
    /// Show the magic inputs.
    #[arg(long)]
    test_values: bool,
    /// Show the models.
    #[arg(long)]
    models: bool,
    /// Show one operation, whole.
    #[arg(long, value_name = "OPERATION")]
    operation: Option<String>,
}

impl ContractCommand {
    pub(crate) fn run(self, global: &Global) -> Result<Exit, Failure> {
        match self {
            Self::List => {
                for api in estoppel_catalog::apis() {
                    let contract = api.contract();
                    anstream::println!(
                        "{:<10} {} ({} operations, {} models)",
                        contract.name(),
                        contract.service.title,
                        contract.operations.len(),
                        contract.models.len()
                    );
                }
            }
            Self::Show(args) => args.show()?,
            Self::Diff(args) => return args.run(Subject::Contracts, global),
        }
        Ok(Exit::Clean)
    }
}

impl ShowArgs {
    fn show(&self) -> Result<(), Failure> {
        let contract = api(&self.api)?.contract();
        let part = &self.part;
        if let Some(id) = &part.operation {
            let operation = contract.operation(id).ok_or_else(|| {
                let ids: Vec<_> = contract.operations.iter().map(|operation| operation.spec.id).collect();
                Failure::new(format!("there is no operation `{id}`: expected one of {}", ids.join(", ")))
            })?;
            show_operation(contract, operation);
        } else if part.readings {
            show_readings(contract);
        } else if part.rulings {
            for ruling in contract.service.rulings {
                anstream::println!("{:<4} {}", ruling.id.bold(), ruling.gap);
                anstream::println!("     {}\n     because {}", ruling.ruling, ruling.reason);
            }
        } else if part.refusals {
            for notice in contract.notices() {
                anstream::println!("{} {:<34} {}", notice.status, notice.id.bold(), notice.message);
                anstream::println!("    {} [{}; {}]", notice.when, notice.basis, notice.source);
            }
        } else if part.test_values {
            for value in contract.service.test_values {
                anstream::println!("{} {}  {}", value.field, value.value.bold(), value.effect);
            }
        } else if part.models {
            for model in &contract.models {
                let description = model.schema.get("description").and_then(|text| text.as_str());
                anstream::println!("{:<32} {}", model.name.bold(), description.unwrap_or_default());
            }
        } else {
            show_operations(contract);
        }
        Ok(())
    }
}

fn show_operations(contract: &Contract) {
    anstream::println!("{}\n{}\n", contract.service.title.bold(), contract.service.description);
    for operation in &contract.operations {
        let spec = &operation.spec;
        anstream::println!("{:<6} {:<56} {}", spec.method, spec.path, spec.id.bold());
        let announced = match spec.availability {
            Availability::Served => String::new(),
            Availability::Announced { reading } => {
                format!("; announced, off until the reading {reading} turns it on")
            }
        };
        anstream::println!("       {} [{}; {}{announced}]", spec.summary, spec.basis, spec.source);
    }
}

fn show_operation(contract: &Contract, operation: &Operation) {
    let spec = &operation.spec;
    anstream::println!("{} {} {}\n{}", spec.id.bold(), spec.method, spec.path, spec.summary);
    if !spec.description.is_empty() {
        anstream::println!("{}", spec.description);
    }
    anstream::println!("source: {} ({})\n\nsuccess: {}", spec.source, spec.basis, spec.status);
    if let Some(body) = &operation.body {
        anstream::println!("\nbody:\n{:#}", contract.bundle(body));
    }
    if let Some(reply) = &operation.reply {
        anstream::println!("\nreply:\n{:#}", contract.bundle(reply));
    }
    anstream::println!("\nrefusals:");
    for notice in &operation.refusals {
        anstream::println!("  {} {:<30} {} [{}]", notice.status, notice.id, notice.message, notice.source);
    }
}

fn show_readings(contract: &Contract) {
    for reading in contract.service.readings {
        anstream::println!("{} ({})\n  {}", reading.name.bold(), reading.ruling, reading.summary);
        match reading.setting {
            Setting::Choice(choices) => {
                for (place, (word, meaning)) in choices.iter().enumerate() {
                    let default = if place == 0 { " (default)" } else { "" };
                    anstream::println!("  {word:<18} {meaning}{default}");
                }
            }
            Setting::Milliseconds { default, min, max } => {
                anstream::println!("  milliseconds from {min} to {max}, default {default}");
            }
            Setting::Bytes { default, min, max } => {
                anstream::println!("  bytes from {min} to {max}, default {default}");
            }
        }
    }
}
