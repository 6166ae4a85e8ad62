//! Edition against edition: what `docs diff` and `contract diff` have in common.

mod contracts;
mod documents;
mod git;
mod render;
mod side;

use clap::{Args, ValueEnum};
use estoppel_docs_check::edition::{ChangeRule, Comparison, Edition, Tier, compare, rules};

use super::api;
use crate::{Exit, Failure, Global, err_line, out_line, out_text};

/// What to compare, and what counts.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The edition before: a file, a folder, or `REVISION:PATH` of the git repository around.
    #[arg(required_unless_present = "explain")]
    old: Option<String>,
    /// The edition after, named in the same way.
    #[arg(required_unless_present = "explain")]
    new: Option<String>,
    /// The API that it is about, such as `carrier`: changes then name the operations of its contract.
    #[arg(long)]
    api: Option<String>,
    /// How to tell the changes.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The least grave changes that end with exit code 1.
    #[arg(long, value_enum, default_value_t = FailOn::Breaking)]
    fail_on: FailOn,
    /// Explain a kind of change, or list all of them with `all`.
    #[arg(long, value_name = "RULE")]
    explain: Option<String>,
}

/// How changes are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs: one object with every change.
    Json,
    /// For release notes and pull requests.
    Markdown,
}

/// Which changes end with exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// What worked fails.
    Breaking,
    /// What worked can fail.
    Dangerous,
    /// What worked goes on working.
    Safe,
    /// Every change, of the documentation alone too.
    Any,
}

impl FailOn {
    const fn tier(self) -> Tier {
        match self {
            Self::Breaking => Tier::Breaking,
            Self::Dangerous => Tier::Dangerous,
            Self::Safe => Tier::Safe,
            Self::Any => Tier::DocumentationOnly,
        }
    }
}

/// What the editions are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// Published documents.
    Documents,
    /// Generated contracts: OpenAPI documents and schemas.
    Contracts,
}

impl DiffArgs {
    pub(super) fn run(&self, subject: Subject, global: &Global) -> Result<Exit, Failure> {
        if let Some(name) = &self.explain {
            return explain(name);
        }
        let contract = self.api.as_deref().map(api).transpose()?;
        let (Some(old), Some(new)) = (&self.old, &self.new) else {
            return Err(Failure::new("two editions are needed: the one before and the one after"));
        };
        let (old, new) = (self.read(subject, old)?, self.read(subject, new)?);
        if old.iter().chain(&new).all(Edition::is_switched_off) {
            return Err(Failure::new(
                "both editions stand inside HTML comments: there is nothing to compare",
            ));
        }
        let mut comparison = compare(&old, &new);
        if let Some(api) = contract {
            comparison.name_operations(api.contract());
        }
        match self.format {
            Format::Text => render::text(&comparison),
            Format::Json => render::json(&comparison)?,
            Format::Markdown => render::markdown(&comparison),
        }
        if !global.quiet {
            summarise(&comparison);
        }
        let fails = comparison.changes.iter().any(|change| change.tier >= self.fail_on.tier());
        Ok(if fails { Exit::Findings } else { Exit::Clean })
    }

    fn read(&self, subject: Subject, name: &str) -> Result<Vec<Edition>, Failure> {
        match subject {
            Subject::Documents => documents::read(name),
            Subject::Contracts => contracts::read(name, self.api.as_deref()),
        }
    }
}

fn explain(name: &str) -> Result<Exit, Failure> {
    if name == "all" {
        for rule in rules() {
            out_line!("{:<32} {}", rule.id, rule.summary);
        }
        return Ok(Exit::Clean);
    }
    let known = |rule: &&&'static ChangeRule| rule.id.eq_ignore_ascii_case(name);
    let rule = rules().iter().find(known).ok_or_else(|| {
        Failure::new(format!("there is no kind of change `{name}`: `--explain all` lists them"))
    })?;
    out_text!("# {}\n\n{}", rule.id, rule.explanation().trim_end());
    Ok(Exit::Clean)
}

fn summarise(comparison: &Comparison) {
    let count = |tier| comparison.changes.iter().filter(|change| change.tier == tier).count();
    let (old, new) = (comparison.old, comparison.new);
    err_line!(
        "compared {} operations with {}, {} webhooks with {}, {} fields with {}: {} breaking, {} dangerous, {} safe, \
         {} documentation only",
        old.operations,
        new.operations,
        old.webhooks,
        new.webhooks,
        old.fields,
        new.fields,
        count(Tier::Breaking),
        count(Tier::Dangerous),
        count(Tier::Safe),
        count(Tier::DocumentationOnly),
    );
}
