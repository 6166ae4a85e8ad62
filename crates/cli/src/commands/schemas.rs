//! `estoppel schemas`

mod folder;
mod manifest;
mod plan;

use std::{collections::BTreeMap, path::PathBuf};

use clap::Args;
use estoppel_docs_check::{baseline_schema, fact_sheet_schema, ledger_schema, report_schema};

use crate::{Exit, Failure, config_schema, err_line, out_line};
use folder::{Entry, Folder};
use manifest::{ContentHash, Manifest};
use plan::{Cure, Plan};

/// Write the generated files, or check them.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  cargo xtask generate\n  cargo xtask generate --check\n\n\
    Only files that this command wrote, and nobody changed since, are replaced or removed: .estoppel-generated.json in \
    the folder names them. Anything else is reported and left alone.")]
pub struct SchemasArgs {
    /// Only check; exit with 4 if a file is not in step.
    #[arg(long, conflicts_with = "force")]
    check: bool,
    /// Also replace files that were changed since they were generated, or that stand where a generated one belongs. Each
    /// is named first.
    #[arg(long)]
    force: bool,
    /// Folder of the generated files.
    #[arg(long, default_value = "schemas", value_name = "FOLDER")]
    folder: PathBuf,
}

/// Files of others that are listed.
const OTHERS_MAX: usize = 20;

impl SchemasArgs {
    pub(crate) fn run(self) -> Result<Exit, Failure> {
        let folder = Folder::new(&self.folder)?;
        let before = manifest_of(&folder)?;
        let generated = generated()?;
        let mut plan = Plan::new(&folder, &generated, &before)?;
        if plan.is_done() {
            err_line!("{} generated files are in step", generated.len());
            return Ok(Exit::Clean);
        }
        report(&folder, &plan);
        if self.check {
            err_line!("generated files are stale; run `cargo xtask generate`");
            return Ok(Exit::Stale);
        }
        if self.force {
            for name in plan.force() {
                err_line!("--force replaces {}", folder.shown(&name));
            }
        }
        let changed = plan.writes.len() + plan.removals.len();
        carry_out(&folder, &plan, &generated, &before)?;
        err_line!("{changed} generated files were brought into step");
        let left = plan.conflicts.len() + plan.others.len();
        if left == 0 {
            return Ok(Exit::Clean);
        }
        err_line!("{left} files were left as they are: they are not generated ones, or were changed since");
        Ok(Exit::Findings)
    }
}

/// The manifest of a folder; an empty one where there is none.
fn manifest_of(folder: &Folder<'_>) -> Result<Manifest, Failure> {
    match folder.look(manifest::NAME)? {
        Entry::Missing => Ok(Manifest::default()),
        Entry::File(bytes) => Manifest::parse(&String::from_utf8_lossy(&bytes)),
        Entry::Foreign(what) => {
            let shown = folder.shown(manifest::NAME);
            Err(Failure::new(format!("{shown} is {what}: expected the manifest of generated files")))
        }
    }
}

fn report(folder: &Folder<'_>, plan: &Plan) {
    for difference in &plan.differences {
        out_line!("{}", folder.shown(&difference.to_string()));
    }
    for conflict in &plan.conflicts {
        let cure = match conflict.cure {
            Cure::Force => "--force replaces it",
            Cure::ByHand => "move it away",
        };
        out_line!("{}: {}; it is left alone, {cure}", folder.shown(&conflict.name), conflict.what);
    }
    for name in plan.others.iter().take(OTHERS_MAX) {
        out_line!("{}: not a generated file; it is left alone", folder.shown(name));
    }
    if plan.others.len() > OTHERS_MAX {
        out_line!("and {} more files that were not generated", plan.others.len() - OTHERS_MAX);
    }
}

/// Writes and removes; the manifest comes last, so that what a broken run has written is known by its contents.
fn carry_out(
    folder: &Folder<'_>,
    plan: &Plan,
    generated: &BTreeMap<String, String>,
    before: &Manifest,
) -> Result<(), Failure> {
    for name in plan.writes.iter().filter(|name| *name != manifest::NAME) {
        if let Some(text) = generated.get(name) {
            folder.write(name, text)?;
        }
    }
    for name in &plan.removals {
        folder.remove(name)?;
    }
    folder.write(manifest::NAME, &plan.manifest(generated, before).to_text()?)
}

/// Every generated file by its path below the folder.
fn generated() -> Result<BTreeMap<String, String>, Failure> {
    let text = |schema: serde_json::Value| format!("{schema:#}\n");
    let mut generated = BTreeMap::from([
        ("estoppel.toml.schema.json".to_owned(), config_schema()),
        ("docs-facts.schema.json".to_owned(), text(fact_sheet_schema())),
        ("docs-findings.schema.json".to_owned(), text(report_schema())),
        ("docs-ledger.schema.json".to_owned(), text(ledger_schema())),
        ("docs-baseline.schema.json".to_owned(), text(baseline_schema())),
    ]);
    for api in estoppel_catalog::apis() {
        let files = estoppel_artifacts::files(api.contract()).map_err(|error| {
            Failure::new(format!("the contract of {} cannot be written: {error}", api.service().name))
        })?;
        generated.extend(files);
    }
    let hashes = generated.iter().map(|(name, text)| (name.clone(), ContentHash::of(text.as_bytes())));
    let manifest = Manifest::new(hashes.collect()).to_text()?;
    generated.insert(manifest::NAME.to_owned(), manifest);
    Ok(generated)
}
