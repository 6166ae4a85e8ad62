//! Where an edition comes from: a file, a folder, or a revision of a git repository.

use std::{fs, path::Path};

use estoppel_docs_check::edition::FILE_BYTES_MAX;

use super::git;
use crate::{
    Failure,
    input_file::{self, ByteLimit},
};

/// More files than this are no edition.
const FILES_MAX: usize = 10_000;
/// More bytes than this, in all files together, are no edition.
const BYTES_MAX: ByteLimit = ByteLimit::mebibytes(64);
/// The longest file that is compared.
pub(super) const FILE_LIMIT: ByteLimit = ByteLimit(FILE_BYTES_MAX as u64);

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

/// Reads a file. One that is larger than can be compared is refused.
fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    input_file::read(path, FILE_LIMIT)
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
            let content = bytes(&entry.path())?;
            files.push((inside, content));
            check_size(files)?;
        }
    }
    Ok(())
}

/// Fails where there are too many files, or too many bytes in them.
pub(super) fn check_size(files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
    if files.len() > FILES_MAX {
        let line = format!("there are more than {FILES_MAX} files: name the folder of one edition");
        return Err(Failure::new(line));
    }
    let bytes = files.iter().map(|(_, content)| content.len()).sum::<usize>();
    if u64::try_from(bytes).is_ok_and(|bytes| bytes > BYTES_MAX.0) {
        let line = format!("there are more than {BYTES_MAX} of files: name the folder of one edition");
        return Err(Failure::new(line));
    }
    Ok(())
}
