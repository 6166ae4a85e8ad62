//! Documents from files and standard input, and the files that they include.

mod folder;
mod limited;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use estoppel_docs_check::{
    Document, IncludeRefusal, RefusedInclude, includes,
    limits::{DOCUMENT_BYTES_MAX, DOCUMENTS_MAX, RUN_BYTES_MAX},
};

use crate::Failure;
use folder::{Folder, Found};
use limited::{Budget, TooMuch};

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

/// Documents, and what was not read of those that were asked for.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    /// What was read, in the order of the command line; included files follow the file that includes them.
    pub(super) documents: Vec<LoadedDocument>,
    /// Files of the command line that could not be read.
    pub(super) failures: Vec<Failure>,
    /// Includes that were refused: a finding of the check.
    pub(super) refused: Vec<RefusedInclude>,
}

impl Loaded {
    /// The documents, as they are handed on.
    pub(super) fn documents(&self) -> Vec<Document<'_>> {
        self.documents.iter().map(LoadedDocument::document).collect()
    }
}

/// Reads files, each once, and after each the files that its head includes where they are there.
///
/// What is included and not there is no failure: it is a finding of the check.
pub(super) fn read(files: &[PathBuf]) -> Result<Loaded, Failure> {
    let mut loaded = read_all(files);
    if loaded.failures.is_empty() { Ok(loaded) } else { Err(loaded.failures.swap_remove(0)) }
}

/// The same, with what could not be read beside what could.
pub(super) fn read_all(files: &[PathBuf]) -> Loaded {
    let mut reader = Reader { budget: Budget::new(RUN_BYTES_MAX), ..Reader::default() };
    for path in files {
        if let Err(failure) = reader.page(path) {
            reader.loaded.failures.push(failure);
        }
    }
    reader.loaded
}

/// Reads the documents of one run.
#[derive(Debug, Default)]
struct Reader {
    budget: Budget,
    seen: BTreeSet<PathBuf>,
    loaded: Loaded,
}

impl Reader {
    /// A page that the command line names: any file, pipe or device that ends within the limit.
    fn page(&mut self, path: &PathBuf) -> Result<(), Failure> {
        if self.is_known(path) {
            return Ok(());
        }
        let named = path.display();
        let bytes = limited::page(path, &mut self.budget).map_err(|error| match error {
            TooMuch::Document => Failure::new(format!(
                "{named} is not read: it has more than {} MiB, and no document may have more; split it, or take data \
                 out of it",
                DOCUMENT_BYTES_MAX >> 20
            )),
            TooMuch::Run => Failure::new(format!(
                "{named} is not read: the documents together have more than {} MiB; check them in parts",
                RUN_BYTES_MAX >> 20
            )),
            TooMuch::Unreadable(error) => Failure::file(path, "read", &error),
        })?;
        let folder = Folder::of_page(path);
        let mut open = vec![(path.clone(), bytes)];
        while let Some((path, bytes)) = open.pop() {
            let name = path.display().to_string();
            let mut included =
                self.included(&folder, &path, &includes(&Document { name: &name, bytes: &bytes }));
            // Files come in the order of the head: the last that is put on the stack is the first that is read.
            included.reverse();
            open.extend(included);
            self.loaded.documents.push(LoadedDocument { name, bytes });
        }
        Ok(())
    }

    /// Whether the file was read before; it is noted.
    fn is_known(&mut self, path: &PathBuf) -> bool {
        !self.seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone()))
    }

    /// The files that a document includes, as far as they may be read. What may not be is noted.
    fn included(&mut self, folder: &Folder, path: &Path, names: &[String]) -> Vec<(PathBuf, Vec<u8>)> {
        let document = self.loaded.documents.len();
        let mut files = Vec::new();
        for name in names {
            let reason = match folder.find(path, name) {
                Found::Nothing => continue,
                Found::Refused(reason) => reason,
                Found::File(file) => {
                    if self.is_known(&file) {
                        continue;
                    }
                    if self.seen.len() > DOCUMENTS_MAX {
                        IncludeRefusal::TooMany
                    } else {
                        match limited::file(&file, &mut self.budget) {
                            Ok(bytes) => {
                                files.push((file, bytes));
                                continue;
                            }
                            Err(TooMuch::Document) => IncludeRefusal::TooLarge,
                            Err(TooMuch::Run) => IncludeRefusal::RunTooLarge,
                            // As if it were not there: that is a finding too.
                            Err(TooMuch::Unreadable(_)) => continue,
                        }
                    }
                }
            };
            self.loaded.refused.push(RefusedInclude { document, name: name.clone(), reason });
        }
        files
    }
}
