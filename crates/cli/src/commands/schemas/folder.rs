//! A folder of which only a part is ours: what stands in it, and how ours is changed without touching the rest.

use std::{
    collections::BTreeSet,
    fs::{self, Metadata},
    io::ErrorKind,
    path::{Path, PathBuf},
};

use crate::{
    Failure,
    input_file::{self, ByteLimit},
    output_file,
};

/// Entries of a folder that are looked at for files of others.
const ENTRIES_MAX: usize = 10_000;

/// The folder of the generated files. Links inside it are never followed.
#[derive(Debug)]
pub(super) struct Folder<'p> {
    root: &'p Path,
}

/// What stands at a path of the folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// Nothing.
    Missing,
    /// A file with these bytes.
    File(Vec<u8>),
    /// Something that is never replaced, and what it is.
    Foreign(&'static str),
}

impl<'p> Folder<'p> {
    /// The folder at this path. It need not be there.
    pub(super) fn new(root: &'p Path) -> Result<Self, Failure> {
        match fs::metadata(root) {
            Ok(found) if !found.is_dir() => {
                Err(Failure::new(format!("{} is no folder: name one with --folder", root.display())))
            }
            Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::file(root, "read", &error)),
            _ => Ok(Self { root }),
        }
    }

    /// The path of a file, for those who read what is printed.
    pub(super) fn shown(&self, name: &str) -> String {
        self.root.join(name).display().to_string()
    }

    /// What stands at the path of a file.
    pub(super) fn look(&self, name: &str) -> Result<Entry, Failure> {
        let mut path = self.root.to_owned();
        let mut parts = name.split('/').peekable();
        while let Some(part) = parts.next() {
            path.push(part);
            let Some(found) = metadata(&path)? else { return Ok(Entry::Missing) };
            if found.is_symlink() {
                return Ok(Entry::Foreign("a link"));
            }
            match (parts.peek(), found.is_dir(), found.is_file()) {
                (Some(_), true, _) | (None, _, true) => {}
                (Some(_), false, _) => return Ok(Entry::Foreign("a file in place of its folder")),
                (None, true, _) => return Ok(Entry::Foreign("a folder")),
                (None, false, false) => return Ok(Entry::Foreign("a device or a pipe")),
            }
            if parts.peek().is_none() && found.len() > ByteLimit::OWN.0 {
                return Ok(Entry::Foreign("a file longer than any generated one"));
            }
        }
        Ok(Entry::File(input_file::read(&path, ByteLimit::OWN)?))
    }

    /// Writes a file, and the folders that it stands in.
    pub(super) fn write(&self, name: &str, text: &str) -> Result<(), Failure> {
        let path = self.own_path(name)?;
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        made.map_err(|error| Failure::file(&path, "write", &error))?;
        output_file::write(&path, text.as_bytes())
    }

    /// Removes a file, and the folders that it leaves empty.
    pub(super) fn remove(&self, name: &str) -> Result<(), Failure> {
        let path = self.own_path(name)?;
        fs::remove_file(&path).map_err(|error| Failure::file(&path, "remove", &error))?;
        let folders = path.ancestors().skip(1).take_while(|folder| *folder != self.root);
        for folder in folders {
            match fs::remove_dir(folder) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => break,
                Err(error) => return Err(Failure::file(folder, "remove", &error)),
            }
        }
        Ok(())
    }

    /// The path of a file of ours, looked at once more just before it is changed.
    fn own_path(&self, name: &str) -> Result<PathBuf, Failure> {
        match self.look(name)? {
            Entry::Foreign(what) => Err(Failure::new(format!("{} is now {what}", self.shown(name)))),
            Entry::Missing | Entry::File(_) => Ok(self.root.join(name)),
        }
    }

    /// What stands in the folder besides these files, up to a number of entries. What is hidden is not looked at.
    pub(super) fn others(&self, known: &BTreeSet<&str>) -> Result<Vec<String>, Failure> {
        let mut others = Vec::new();
        let mut open = vec![String::new()];
        let mut looked_at = 0;
        while let Some(below) = open.pop() {
            let path = self.root.join(&below);
            let entries = match fs::read_dir(&path) {
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                entries => entries.map_err(|error| Failure::file(&path, "read", &error))?,
            };
            for entry in entries {
                let failed = |error| Failure::file(&path, "read", &error);
                let entry = entry.map_err(failed)?;
                let name = entry.file_name().to_string_lossy().into_owned();
                looked_at += 1;
                if name.starts_with('.') || looked_at > ENTRIES_MAX {
                    continue;
                }
                let name = if below.is_empty() { name } else { format!("{below}/{name}") };
                if entry.file_type().map_err(failed)?.is_dir() {
                    open.push(name);
                } else if !known.contains(name.as_str()) {
                    others.push(name);
                }
            }
        }
        others.sort();
        Ok(others)
    }
}

/// What a path itself is, without following a link.
fn metadata(path: &Path) -> Result<Option<Metadata>, Failure> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(Failure::file(path, "read", &error)),
    }
}
