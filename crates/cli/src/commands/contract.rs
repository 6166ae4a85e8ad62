//! `estoppel contract`

use clap::{Args, Subcommand};
use estoppel_contract::{
    Availability, Contract, DeliveryRules, FailureLimit, Operation, Setting, Success, WebhookDeclaration,
};

use super::{
    api,
    diff::{DiffArgs, Subject},
};
use crate::{
    Exit, Failure, Global,
    console::{Style, Styled},
    out_line, out_text,
};

/// Look at the contract.
#[derive(Debug, Subcommand)]
pub enum ContractCommand {
    /// List the APIs.
    List,
    /// Show an API: its operations and webhooks, or one of them whole, or its readings, rulings, refusals or test values.
    #[command(after_help = "Examples:\n  \
        estoppel contract show carrier\n  \
        estoppel contract show carrier createPayoffRequest\n  \
        estoppel contract show carrier --readings\n  \
        estoppel contract show carrier --operation createPayoffRequest")]
    Show(ShowArgs),
    /// Tell what changed between two contracts: OpenAPI documents in JSON or YAML, or folders of generated files.
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
    /// An operation or a webhook, to be shown whole.
    #[arg(conflicts_with = "Part")]
    item: Option<String>,
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
                    out_line!("{:<10} {} ({})", contract.name(), contract.service.title, counts(contract));
                    for webhook in &contract.webhooks {
                        out_line!("{:<10} sends {}", "", webhook.spec.id);
                    }
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
        if let Some(id) = &self.item {
            show_item(contract, id)?;
        } else if let Some(id) = &part.operation {
            let operation = contract.operation(id).ok_or_else(|| {
                let ids: Vec<_> = contract.operations.iter().map(|operation| operation.spec.id).collect();
                Failure::new(format!("there is no operation `{id}`: expected one of {}", ids.join(", ")))
            })?;
            show_operation(contract, operation);
        } else if part.readings {
            show_readings(contract);
        } else if part.rulings {
            for ruling in contract.service.rulings {
                out_line!("{:<4} {}", Styled(Style::Bold, ruling.id), ruling.gap);
                out_text!("     {}\n     because {}", ruling.ruling, ruling.reason);
            }
        } else if part.refusals {
            for notice in contract.notices() {
                out_line!("{} {:<34} {}", notice.status, Styled(Style::Bold, notice.id), notice.message);
                out_line!("    {} [{}; {}]", notice.when, notice.basis, notice.source);
            }
        } else if part.test_values {
            for value in contract.service.test_values {
                out_line!("{} {}  {}", value.field, Styled(Style::Bold, value.value), value.effect);
            }
        } else if part.models {
            for model in &contract.models {
                let description = model.schema.get("description").and_then(|text| text.as_str());
                out_line!("{:<32} {}", Styled(Style::Bold, &model.name), description.unwrap_or_default());
            }
        } else {
            show_operations(contract);
        }
        Ok(())
    }
}

/// `20 operations, 2 webhooks, 76 models`
fn counts(contract: &Contract) -> String {
    let counted = [
        (contract.operations.len(), "operation"),
        (contract.webhooks.len(), "webhook"),
        (contract.models.len(), "model"),
    ];
    let told = counted.iter().filter(|(count, _)| *count > 0);
    told.map(|(count, word)| format!("{count} {word}{}", if *count == 1 { "" } else { "s" }))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The operation or webhook with this id.
fn show_item(contract: &Contract, id: &str) -> Result<(), Failure> {
    if let Some(operation) = contract.operation(id) {
        show_operation(contract, operation);
    } else if let Some(webhook) = contract.webhook(id) {
        show_webhook(contract, webhook);
    } else {
        let operations = contract.operations.iter().map(|operation| operation.spec.id);
        let webhooks = contract.webhooks.iter().map(|webhook| webhook.spec.id);
        let ids: Vec<_> = operations.chain(webhooks).collect();
        let known = ids.join(", ");
        return Err(Failure::new(format!(
            "there is no operation or webhook `{id}`: expected one of {known}"
        )));
    }
    Ok(())
}

fn show_webhook(contract: &Contract, webhook: &WebhookDeclaration) {
    let spec = &webhook.spec;
    out_text!("{} webhook\n{}", Styled(Style::Bold, spec.id), spec.summary);
    if !spec.description.is_empty() {
        out_line!("{}", spec.description);
    }
    out_line!("source: {} ({})", spec.source, spec.basis);
    if let Some((member, value)) = spec.event {
        out_line!("event: {member} is {value}");
    }
    let guaranteed =
        if spec.guaranteed.is_empty() { "nothing".to_owned() } else { spec.guaranteed.join(", ") };
    out_line!("guaranteed: {guaranteed}");
    if let Some(rules) = &contract.service.deliveries {
        show_delivery(rules);
    }
    out_text!("\nbody:\n{:#}", contract.bundle(&webhook.payload));
}

fn show_delivery(rules: &DeliveryRules) {
    match rules.success {
        Success::Exactly(status) => out_line!("received: after status {status} and no other"),
        Success::Any2xx => out_line!("received: after any status from 200 to 299"),
    }
    for limit in rules.limits {
        match limit {
            FailureLimit::InARow(failures) => {
                out_line!("deactivated: after {failures} failures in a row");
            }
            FailureLimit::Within { failures, span } => {
                let seconds = span.as_secs();
                out_line!("deactivated: after {failures} failures within {seconds} seconds");
            }
        }
    }
    if let Some(signing) = &rules.signing {
        out_line!(
            "signed: {} is HMAC-SHA256 over body + {:?} + {} ({})",
            signing.header,
            signing.separator,
            signing.suffix.join(" or "),
            signing.source
        );
    }
}

fn show_operations(contract: &Contract) {
    out_text!("{}\n{}\n", Styled(Style::Bold, contract.service.title), contract.service.description);
    for operation in &contract.operations {
        let spec = &operation.spec;
        out_line!("{:<6} {:<56} {}", spec.method, spec.path, Styled(Style::Bold, spec.id));
        let announced = match spec.availability {
            Availability::Served => String::new(),
            Availability::Announced { reading } => {
                format!("; announced, off until the reading {reading} turns it on")
            }
        };
        out_line!("       {} [{}; {}{announced}]", spec.summary, spec.basis, spec.source);
    }
    for webhook in &contract.webhooks {
        let spec = &webhook.spec;
        out_line!("{:<6} {:<56} {}", "sends", "", Styled(Style::Bold, spec.id));
        out_line!("       {} [{}; {}]", spec.summary, spec.basis, spec.source);
    }
}

fn show_operation(contract: &Contract, operation: &Operation) {
    let spec = &operation.spec;
    out_text!("{} {} {}\n{}", Styled(Style::Bold, spec.id), spec.method, spec.path, spec.summary);
    if !spec.description.is_empty() {
        out_line!("{}", spec.description);
    }
    out_text!("source: {} ({})\n\nsuccess: {}", spec.source, spec.basis, spec.status);
    if let Some(body) = &operation.body {
        out_text!("\nbody:\n{:#}", contract.bundle(body));
    }
    if let Some(reply) = &operation.reply {
        out_text!("\nreply:\n{:#}", contract.bundle(reply));
    }
    out_text!("\nrefusals:");
    for notice in &operation.refusals {
        out_line!("  {} {:<30} {} [{}]", notice.status, notice.id, notice.message, notice.source);
    }
}

fn show_readings(contract: &Contract) {
    for reading in contract.service.readings {
        out_text!("{} ({})\n  {}", Styled(Style::Bold, reading.name), reading.ruling, reading.summary);
        match reading.setting {
            Setting::Choice(choices) => {
                for (place, (word, meaning)) in choices.iter().enumerate() {
                    let default = if place == 0 { " (default)" } else { "" };
                    out_line!("  {word:<18} {meaning}{default}");
                }
            }
            Setting::Milliseconds { default, min, max } => {
                out_line!("  milliseconds from {min} to {max}, default {default}");
            }
            Setting::Bytes { default, min, max } => {
                out_line!("  bytes from {min} to {max}, default {default}");
            }
        }
    }
}
