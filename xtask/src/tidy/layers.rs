//! Which crate may use which.

use std::{collections::BTreeMap, fs, path::Path};

use estoppel_cli::Failure;

/// The workspace's crates that each crate may use. An API crate may use what is listed under `API`.
const LAYERS: [(&str, &[&str]); 13] = [
    ("contract", &[]),
    ("values", &["contract"]),
    ("generate", &["values", "contract"]),
    ("simulator", &["contract"]),
    ("lossexpress", &["values", "contract"]),
    (API, &["lossexpress", "simulator", "generate", "values", "contract"]),
    ("catalog", &["contract", "simulator", "generate", "values", API]),
    ("artifacts", &["contract"]),
    ("docs-check", &["contract"]),
    ("docs-mutation", &["docs-check", "contract"]),
    ("verifier", &["simulator", "generate", "contract"]),
    ("replay-server", &["simulator", "contract"]),
    (
        "cli",
        &[
            "catalog",
            "replay-server",
            "verifier",
            "docs-check",
            "artifacts",
            "generate",
            "values",
            "simulator",
            "contract",
        ],
    ),
];

/// Stands for every crate that is one API.
const API: &str = "(an API)";

/// Libraries that only some crates may use.
const FENCED: [(&str, &[&str]); 5] = [
    ("axum", &["replay-server", "xtask"]),
    ("reqwest", &["replay-server", "verifier", "xtask"]),
    ("sqlx", &["replay-server"]),
    ("clap", &["cli", "xtask"]),
    ("indicatif", &["cli", "xtask"]),
];

/// What breaks a layer.
pub(crate) fn faults(workspace: &Path) -> Result<Vec<String>, Failure> {
    let mut faults = Vec::new();
    for (folder, dependencies) in manifests(workspace)? {
        for dependency in dependencies {
            faults.extend(fault(&folder, &dependency));
        }
    }
    Ok(faults)
}

fn fault(folder: &str, dependency: &str) -> Option<String> {
    if let Some((_, allowed)) = FENCED.iter().find(|(library, _)| *library == dependency)
        && !allowed.contains(&folder)
    {
        return Some(format!(
            "crates/{folder}/Cargo.toml: only {} may use {dependency}",
            allowed.join(" and ")
        ));
    }
    let used = layer(dependency.strip_prefix("estoppel-")?);
    let (_, allowed) = LAYERS.iter().find(|(name, _)| *name == layer(folder))?;
    (!allowed.contains(&used)).then(|| {
        format!(
            "crates/{folder}/Cargo.toml: {folder} may not use {dependency}; it may use: {}",
            allowed.join(", ")
        )
    })
}

/// The name under which a crate stands in the list of layers.
fn layer(folder: &str) -> &str {
    if folder == "xtask" || LAYERS.iter().any(|(name, _)| *name == folder) { folder } else { API }
}

/// The dependencies of every crate, without those of its tests.
fn manifests(workspace: &Path) -> Result<BTreeMap<String, Vec<String>>, Failure> {
    let crates = workspace.join("crates");
    let failed = |path: &Path, error: &dyn std::fmt::Display| {
        Failure::new(format!("cannot read {}: {error}", path.display()))
    };
    let mut manifests = BTreeMap::new();
    for entry in fs::read_dir(&crates).map_err(|error| failed(&crates, &error))? {
        let folder = entry.map_err(|error| failed(&crates, &error))?.path();
        let path = folder.join("Cargo.toml");
        let text = fs::read_to_string(&path).map_err(|error| failed(&path, &error))?;
        let manifest: toml::Table = text.parse().map_err(|error| failed(&path, &error))?;
        let dependencies = manifest.get("dependencies").and_then(toml::Value::as_table);
        let names = dependencies.into_iter().flat_map(toml::Table::keys).cloned().collect();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        manifests.insert(name, names);
    }
    Ok(manifests)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(folder: &str, dependency: &str, allowed: bool) {
        assert_eq!(fault(folder, dependency).is_none(), allowed, "{folder} -> {dependency}");
    }

    #[test]
    fn dependencies_point_one_way() {
        check("verifier", "estoppel-contract", true);
        check("verifier", "estoppel-lossexpress-carrier", false);
        check("lossexpress-carrier", "estoppel-simulator", true);
        check("lossexpress-carrier", "estoppel-verifier", false);
        check("contract", "estoppel-values", false);
        check("catalog", "estoppel-spinwheel", true);
        check("simulator", "axum", false);
        check("docs-check", "serde", true);
    }
}
