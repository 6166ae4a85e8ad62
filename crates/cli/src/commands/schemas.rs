//! `estoppel schemas`

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use estoppel_docs_check::{baseline_schema, fact_sheet_schema, ledger_schema, report_schema};

use crate::{Exit, Failure, config_schema};

/// Write the generated files, or check them.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  cargo xtask generate\n  cargo xtask generate --check")]
pub struct SchemasArgs {
    /// Only check; exit with 4 if a file is not in step.
    #[arg(long)]
    check: bool,
    /// Folder of the generated files.
    #[arg(long, default_value = "schemas", value_name = "FOLDER")]
    folder: PathBuf,
}

impl SchemasArgs {
    pub(crate) fn run(self) -> Result<Exit, Failure> {
        let generated = generated()?;
        let committed = read(&self.folder)?;
        let differences = estoppel_artifacts::differences(&generated, &committed);
        if differences.is_empty() {
            anstream::eprintln!("{} generated files are in step", generated.len());
            return Ok(Exit::Clean);
        }
        for difference in &differences {
            anstream::println!("{}", self.folder.join(difference.to_string()).display());
        }
        if self.check {
            anstream::eprintln!(
                "{} generated files are stale; run `cargo xtask generate`",
                differences.len()
            );
            return Ok(Exit::Stale);
        }
        write(&self.folder, &generated, &committed)?;
        anstream::eprintln!("{} generated files were brought into step", differences.len());
        Ok(Exit::Clean)
    }
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
    Ok(generated)
}

/// Every file of a folder by its path below it; none where there is no such folder.
fn read(folder: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(directory) = open.pop() {
        if !directory.exists() {
            continue;
        }
        let failed = |error| Failure::file(&directory, "read", &error);
        for entry in fs::read_dir(&directory).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let bytes = fs::read(&path).map_err(|error| Failure::file(&path, "read", &error))?;
            files.insert(name, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(files)
}

fn write(
    folder: &Path,
    generated: &BTreeMap<String, String>,
    committed: &BTreeMap<String, String>,
) -> Result<(), Failure> {
    for (name, text) in generated {
        if committed.get(name) == Some(text) {
            continue;
        }
        let path = folder.join(name);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| fs::write(&path, text)).map_err(|error| Failure::file(&path, "write", &error))?;
    }
    for name in committed.keys().filter(|name| !generated.contains_key(*name)) {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(|error| Failure::file(&path, "remove", &error))?;
    }
    Ok(())
}
