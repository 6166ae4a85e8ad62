//! `estoppel validate`

mod bounded_value;
mod input_check;
mod tally;

use std::path::PathBuf;

use clap::Args;
use estoppel_contract::{Contract, Model};
use serde_json::Value;

use super::api;
use crate::{
    Exit, Failure, Global, err_line,
    input_file::{self, ByteLimit},
    progress,
    report::ReportArgs,
};
use input_check::InputCheck;
use tally::Tally;

/// Check payload files against a schema of the contract.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    estoppel validate --api carrier --kind claim claims.ndjson\n  \
    estoppel fixtures --api carrier --kind claim --count 1000 | estoppel validate --api carrier --kind claim -\n  \
    estoppel validate --api API --webhook WEBHOOK received.ndjson\n\n\
    A file holds one JSON document, an array of them, or one on each line. Lines and arrays may be of any length: one\n\
    payload is held at a time. A payload that is longer than --max-payload, or has more than 200,000 values, is a\n\
    finding.")]
pub struct ValidateArgs {
    /// The API, such as `carrier`.
    #[arg(long)]
    api: String,
    /// What the payloads are: a model, such as `claim` or `NewClaim`.
    #[arg(long, visible_alias = "model", required_unless_present = "webhook")]
    kind: Option<String>,
    /// The payloads are bodies of this webhook.
    #[arg(long, conflicts_with = "kind")]
    webhook: Option<String>,
    /// Files to check; `-` is standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Longest payload, in bytes: a line, an item of an array, or a whole document.
    #[arg(long, value_name = "BYTES", default_value_t = ByteLimit::PAYLOAD.0,
        value_parser = clap::value_parser!(u64).range(1..=MAX_PAYLOAD_MAX))]
    max_payload: u64,
    #[command(flatten)]
    report: ReportArgs,
}

/// Longest payload that can be asked for: a longer one does not fit into memory with what is said of it.
const MAX_PAYLOAD_MAX: u64 = 1024 * 1024 * 1024;

/// What the payloads are.
struct Subject<'c> {
    name: &'c str,
    schema: &'c Value,
}

impl ValidateArgs {
    pub(crate) fn run(self, global: &Global) -> Result<Exit, Failure> {
        let contract = api(&self.api)?.contract();
        let subject = self.subject(contract)?;
        let checker = contract.checker(subject.schema).map_err(|error| {
            Failure::new(format!("the schema of {} cannot be used: {error}", subject.name))
        })?;
        let limit = ByteLimit(self.max_payload);
        let mut tally = if self.report.is_empty() { Tally::that_prints() } else { Tally::that_keeps() };
        let bar = progress::bar(global, None, "validate");
        for file in &self.files {
            let mut input = input_file::open(file)?;
            let mut check = InputCheck { checker: &checker, limit, tally: &mut tally, bar: &bar };
            check.run(&file.display().to_string(), &mut *input)?;
        }
        bar.finish_and_clear();
        self.finish(global, subject.name, &tally)
    }

    fn subject<'c>(&self, contract: &'c Contract) -> Result<Subject<'c>, Failure> {
        if let Some(id) = &self.webhook {
            let webhook = contract.webhook(id).ok_or_else(|| no_webhook(contract, id))?;
            return Ok(Subject { name: webhook.spec.id, schema: &webhook.payload });
        }
        let model = model_of(contract, self.kind.as_deref().unwrap_or_default())?;
        Ok(Subject { name: &model.name, schema: &model.schema })
    }

    fn finish(&self, global: &Global, subject: &str, tally: &Tally) -> Result<Exit, Failure> {
        self.report.write("validate", &tally.summary(subject), || tally.cases())?;
        if tally.payloads == 0 {
            return Err(Failure::new("there was no payload to check: the input is empty"));
        }
        if !global.quiet {
            err_line!(
                "{} payloads of {}: {} valid, {} invalid",
                tally.payloads,
                subject,
                tally.payloads - tally.invalid,
                tally.invalid
            );
        }
        Ok(if tally.invalid == 0 { Exit::Clean } else { Exit::Findings })
    }
}

/// The model that a kind names: a kind of fixture, the model's own name, or that name in kebab case.
fn model_of<'c>(contract: &'c Contract, kind: &str) -> Result<&'c Model, Failure> {
    let kinds = estoppel_catalog::fixture_kinds(contract.name()).unwrap_or_default();
    let fixture = kinds.iter().find(|fixture| fixture.name == kind).map(|fixture| fixture.model);
    let named = fixture.and_then(|name| contract.model(name));
    let found = contract.models.iter().find(|model| model.name == kind || kebab(&model.name) == kind);
    named.or(found).ok_or_else(|| {
        let kinds: Vec<_> = contract.models.iter().map(|model| kebab(&model.name)).collect();
        Failure::new(format!("there is no kind `{kind}`: expected one of {}", kinds.join(", ")))
    })
}

fn no_webhook(contract: &Contract, id: &str) -> Failure {
    let known: Vec<_> = contract.webhooks.iter().map(|webhook| webhook.spec.id).collect();
    let known = if known.is_empty() {
        format!("{} sends none", contract.name())
    } else {
        format!("expected one of {}", known.join(", "))
    };
    Failure::new(format!("there is no webhook `{id}`: {known}"))
}

fn kebab(name: &str) -> String {
    let mut kebab = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_ascii_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.push(character.to_ascii_lowercase());
    }
    kebab
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_models_in_kebab_case() {
        assert_eq!(kebab("NewClaim"), "new-claim");
    }
}
