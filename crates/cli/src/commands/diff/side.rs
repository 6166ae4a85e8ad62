//! Where an edition comes from: a file, a folder, or a revision of a git repository.

use std::{
    fs::{self, File},
    io::Read,
    path::Path,
};

use estoppel_docs_check::edition::FILE_BYTES_MAX;

use super::git;
use crate::Failure;

/// More files than this are no edition.
const FILES_MAX: usize = 10_000;

/// The files of an edition: the path of each below what was named, and its bytes.
#[derive(Debug)]
pub(super) struct Files {
    /// Whether a folder was named, and not a file.
    pub(super) is_folder: bool,
    pub(super) files: Vec<(String, Vec<u8>)>,
}

/// Reads what is named; of a folder, the files that `wanted` says yes to.
pub(super) fn read(name: &str, wanted: impl Fn(&str) -> bool) -> Result<Files, Failure> {
    let path = Path::new(name);
    if path.is_dir() {
        let mut files = Vec::new();
        folder(path, "", &wanted, &mut files)?;
        files.sort();
        return Ok(Files { is_folder: true, files });
    }
    if path.exists() {
        return Ok(Files { is_folder: false, files: vec![(name.to_owned(), bytes(path)?)] });
    }
    match name.split_once(':') {
        Some((revision, inside)) if !revision.is_empty() => git::read(revision, inside, wanted),
        _ => Err(Failure::new(format!(
            "there is no file or folder {name}: expected one, or REVISION:PATH of a git repository"
        ))),
    }
}

/// Reads a file. A larger one than can be compared is cut after the byte that makes it too large.
fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error| Failure::file(path, "read", &error);
    let mut bytes = Vec::new();
    let limit = u64::try_from(FILE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path).map_err(failed)?.take(limit).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Reads a folder and those inside it. What is hidden is left alone, and links are not followed.
fn folder(
    folder_path: &Path,
    below: &str,
    wanted: &impl Fn(&str) -> bool,
    files: &mut Vec<(String, Vec<u8>)>,
) -> Result<(), Failure> {
    let failed = |error| Failure::file(folder_path, "read", &error);
    for entry in fs::read_dir(folder_path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let inside = if below.is_empty() { name } else { format!("{below}/{name}") };
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() {
            folder(&entry.path(), &inside, wanted, files)?;
        } else if kind.is_file() && wanted(&inside) {
            check_count(files.len())?;
            let content = bytes(&entry.path())?;
            files.push((inside, content));
        }
    }
    Ok(())
}

/// Fails where there are too many files.
pub(super) fn check_count(files: usize) -> Result<(), Failure> {
    if files < FILES_MAX {
        return Ok(());
    }
    Err(Failure::new(format!("there are more than {FILES_MAX} files: name the folder of one edition")))
}
