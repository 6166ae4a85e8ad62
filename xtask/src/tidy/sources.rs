//! Rules about single source files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use estoppel_cli::Failure;

/// Longest Rust file, in lines.
const LINES_MAX: usize = 600;

/// Names of files and folders that say nothing.
const EMPTY_NAMES: [&str; 8] = ["util", "utils", "helper", "helpers", "common", "misc", "manager", "stuff"];

/// Crates that know no vendor.
const TOOLS: [&str; 10] = [
    "contract",
    "values",
    "generate",
    "simulator",
    "artifacts",
    "docs-check",
    "docs-mutation",
    "verifier",
    "replay-server",
    "cli",
];

/// Words that name a vendor.
const VENDORS: [&str; 4] = ["lossexpress", "xpayoff", "spinwheel", "loanpro"];

/// A Rust file of the workspace.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its path, from the workspace's folder.
    path: PathBuf,
    text: String,
}

/// Every Rust file of the workspace.
pub(crate) fn tracked(workspace: &Path) -> Result<Vec<Source>, Failure> {
    let mut sources = Vec::new();
    let mut open = vec![workspace.join("crates"), workspace.join("xtask")];
    while let Some(folder) = open.pop() {
        let failed = |error| Failure::new(format!("cannot read {}: {error}", folder.display()));
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_dir() && !path.ends_with("target") {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path)
                    .map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))?;
                let path = path.strip_prefix(workspace).unwrap_or(&path).to_owned();
                sources.push(Source { path, text });
            }
        }
    }
    sources.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(sources)
}

/// What is wrong with a file.
pub(crate) fn faults(source: &Source) -> Vec<String> {
    let path = source.path.display();
    let mut faults = Vec::new();
    let lines = source.text.lines().count();
    if lines > LINES_MAX {
        faults.push(format!("{path}: {lines} lines; split it at one idea a file (at most {LINES_MAX})"));
    }
    if !source.text.starts_with("//!") {
        faults.push(format!("{path}: begins without a line that says what it is (//! …)"));
    }
    for part in &source.path {
        let name = Path::new(part).file_stem().unwrap_or(part).to_string_lossy();
        if EMPTY_NAMES.contains(&name.as_ref()) {
            faults.push(format!("{path}: `{name}` says nothing; name the concept"));
        }
    }
    if source.path.ends_with("mod.rs") {
        faults.push(format!("{path}: use `name.rs` beside `name/`"));
    }
    faults.extend(vendor_in_tool(source));
    faults.extend(past_the_edges(source));
    faults
}

/// Calls that only the edges of the command make, and what its other files call instead.
const EDGE_CALLS: [(&str, &str); 8] = [
    ("fs::write(", "output_file::write"),
    (" File::create", "output_file::OutputFile"),
    ("OpenOptions::new", "output_file::OutputFile"),
    ("fs::read(", "input_file::read"),
    ("fs::read_to_string(", "input_file::read_text"),
    ("File::open(", "input_file::open"),
    ("stdin()", "input_file::open"),
    ("stdout().lock", "console::raw_output"),
];

/// The edges of the command: where it reads, writes and prints.
const EDGES: [&str; 5] = ["console", "input_file", "output_file", "docs/documents.rs", "tests.rs"];

/// A call of the command that reads without a limit, leaves half a file, or panics where output is closed.
fn past_the_edges(source: &Source) -> Vec<String> {
    let path = source.path.to_string_lossy().replace('\\', "/");
    if !path.starts_with("crates/cli/src/") || EDGES.iter().any(|edge| path.contains(edge)) {
        return Vec::new();
    }
    let code = source.text.split("#[cfg(test)]").next().unwrap_or_default();
    let calls = code.lines().enumerate().flat_map(|(number, line)| {
        EDGE_CALLS.iter().filter(|(call, _)| line.contains(call)).map(move |found| (number + 1, found))
    });
    calls.map(|(line, (call, instead))| format!("{path}:{line}: `{call}`: call {instead}")).collect()
}

/// A vendor's name in a tool crate, outside its tests.
fn vendor_in_tool(source: &Source) -> Option<String> {
    let mut parts = source.path.components().map(|part| part.as_os_str().to_string_lossy());
    let (_, folder, kind) = (parts.next()?, parts.next()?, parts.next()?);
    if !TOOLS.contains(&folder.as_ref()) || kind != "src" {
        return None;
    }
    let code = source.text.split("#[cfg(test)]").next().unwrap_or_default();
    let named = code.lines().enumerate().find_map(|(number, line)| {
        let line = line.to_lowercase();
        VENDORS.iter().find(|vendor| line.contains(**vendor)).map(|vendor| (number + 1, vendor))
    })?;
    let (line, vendor) = named;
    Some(format!(
        "{}:{line}: a tool crate names the vendor `{vendor}`; put the word into the contract",
        source.path.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str, expected: Option<&str>) {
        let faults = faults(&Source { path: PathBuf::from(path), text: text.to_owned() });
        match expected {
            None => assert_eq!(faults, Vec::<String>::new()),
            Some(part) => assert!(faults.iter().any(|fault| fault.contains(part)), "{faults:?}"),
        }
    }

    #[test]
    fn each_rule_finds_its_fault() {
        check("crates/verifier/src/lib.rs", "//! Text.\n", None);
        check("crates/verifier/src/lib.rs", "fn main() {}\n", Some("what it is"));
        check("crates/verifier/src/utils.rs", "//! Text.\n", Some("says nothing"));
        check("crates/verifier/src/mod.rs", "//! Text.\n", Some("use `name.rs`"));
        check("crates/verifier/src/a.rs", "//! Text.\n// Spinwheel\n", Some(":2: a tool crate"));
        check("crates/spinwheel/src/a.rs", "//! Spinwheel.\n", None);
        check(
            "crates/cli/src/a.rs",
            "//! Text.\nfs::write(path, text)\n",
            Some(":2: `fs::write(`: call output_file::write"),
        );
        check("crates/cli/src/output_file.rs", "//! Text.\nFile::open(path)\n", None);
        check("crates/cli/src/a.rs", "//! Text.\n#[cfg(test)]\nfs::read(path)\n", None);
        check("crates/cli/src/a.rs", &format!("//! Text.\n{}", "\n".repeat(600)), Some("601 lines"));
    }
}
