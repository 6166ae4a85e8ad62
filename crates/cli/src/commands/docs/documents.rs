//! Documents from files and standard input, and the files that they include.

use std::{
    collections::BTreeSet,
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use estoppel_docs_check::{Document, includes};

use crate::Failure;

/// A document that was read.
#[derive(Debug)]
pub(super) struct LoadedDocument {
    name: String,
    bytes: Vec<u8>,
}

impl LoadedDocument {
    /// The document, as it is handed on.
    pub(super) fn document(&self) -> Document<'_> {
        Document { name: &self.name, bytes: &self.bytes }
    }
}

/// Reads files, each once, and after each the files that its head includes where they are there.
///
/// What is included and not there is no failure: it is a finding of the check.
pub(super) fn read(files: &[PathBuf]) -> Result<Vec<LoadedDocument>, Failure> {
    let (loaded, failures) = read_all(files);
    failures.into_iter().next().map_or(Ok(loaded), Err)
}

/// The same, with what could not be read beside what could.
pub(super) fn read_all(files: &[PathBuf]) -> (Vec<LoadedDocument>, Vec<Failure>) {
    let mut loaded = Vec::new();
    let mut failures = Vec::new();
    let mut seen = BTreeSet::new();
    for path in files {
        match bytes(path) {
            Ok(bytes) => add(path, bytes, &mut seen, &mut loaded),
            Err(failure) => failures.push(failure),
        }
    }
    (loaded, failures)
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let read = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    read.map_err(|error| Failure::file(path, "read", &error))
}

fn add(path: &Path, bytes: Vec<u8>, seen: &mut BTreeSet<PathBuf>, loaded: &mut Vec<LoadedDocument>) {
    let mut open = vec![(path.to_owned(), bytes)];
    while let Some((path, bytes)) = open.pop() {
        if !seen.insert(fs::canonicalize(&path).unwrap_or_else(|_| path.clone())) {
            continue;
        }
        let name = path.display().to_string();
        let mut included: Vec<_> = includes(&Document { name: &name, bytes: &bytes })
            .iter()
            .filter_map(|include| beside(&path, include))
            .collect();
        // Files come in the order of the head: the last that is put on the stack is the first that is read.
        included.reverse();
        open.extend(included);
        loaded.push(LoadedDocument { name, bytes });
    }
}

/// The file that Slate finds for an include: `_name.md` below `includes`, or a file of that name.
fn beside(path: &Path, include: &str) -> Option<(PathBuf, Vec<u8>)> {
    let folder = path.parent()?;
    let names = [
        format!("includes/_{include}.md"),
        format!("includes/{include}.md"),
        format!("includes/{include}"),
        format!("_{include}.md"),
        include.to_owned(),
    ];
    let mut paths = names.iter().map(|name| folder.join(name));
    paths.find_map(|path| Some((path.clone(), fs::read(&path).ok()?)))
}
