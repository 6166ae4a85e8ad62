//! What killed writers left behind.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, ErrorKind},
    path::Path,
};

use super::destination::folder_of;

/// How names of unfinished files end.
pub(super) const SUFFIX: &str = ".estoppel-unfinished";
/// Characters between prefix and suffix, as `tempfile` chooses them.
const RANDOM: usize = 6;

/// Longest name that an unfinished file repeats: beyond it no room is left for more.
const NAME_MAX: usize = 200;

/// How the name of an unfinished file of this target begins.
pub(super) fn prefix(target: &Path) -> io::Result<OsString> {
    let name =
        target.file_name().ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "it has no file name"))?;
    let mut prefix = OsString::from(".");
    if name.len() <= NAME_MAX {
        prefix.push(name);
    } else {
        prefix.push(name.to_string_lossy().chars().take(NAME_MAX / 4).collect::<String>());
    }
    prefix.push(".");
    Ok(prefix)
}

/// Removes unfinished files of this target that no process writes any more. A file that cannot be looked at stays.
pub(super) fn remove(target: &Path) {
    let Ok(prefix) = prefix(target) else { return };
    let Ok(entries) = fs::read_dir(folder_of(target)) else { return };
    for entry in entries.flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && is_unfinished(&entry.file_name(), &prefix) {
            remove_if_abandoned(&entry.path());
        }
    }
}

fn is_unfinished(name: &OsString, prefix: &OsString) -> bool {
    let (name, prefix) = (name.as_encoded_bytes(), prefix.as_encoded_bytes());
    let middle = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(SUFFIX.as_bytes()));
    middle.is_some_and(|middle| middle.len() == RANDOM && middle.iter().all(u8::is_ascii_alphanumeric))
}

/// A file that is being written is locked, and the lock ends with the process that holds it.
fn remove_if_abandoned(path: &Path) {
    if let Ok(file) = File::open(path)
        && file.try_lock().is_ok()
    {
        drop(fs::remove_file(path));
    }
}
