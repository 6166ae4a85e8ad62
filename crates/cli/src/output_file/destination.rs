//! Where a path leads.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// Longest chain of links.
const LINKS_MAX: usize = 40;

/// What is written to.
#[derive(Debug)]
pub(super) enum Destination {
    /// A device, a pipe, or a stream of this process.
    Stream(File),
    /// A file, or the place for one.
    File {
        /// Its path, without a link at its end.
        target: PathBuf,
        /// The file that is there.
        replaced: Option<Metadata>,
    },
}

/// What a path leads to. Fails for folders, for files that are not to be written, and where links go round in circles.
pub(super) fn of(path: &Path) -> io::Result<Destination> {
    let mut target = path.to_owned();
    for _ in 0..LINKS_MAX {
        if is_of_the_system(&target) {
            return stream(path);
        }
        let found = match fs::symlink_metadata(&target) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Ok(Destination::File { target, replaced: None });
            }
            found => found?,
        };
        let kind = found.file_type();
        if kind.is_symlink() {
            target = folder_of(&target).join(fs::read_link(&target)?);
        } else if kind.is_dir() {
            return Err(io::Error::new(ErrorKind::IsADirectory, "it is a folder: name a file"));
        } else if !kind.is_file() {
            return stream(path);
        } else if found.permissions().readonly() {
            return Err(io::Error::new(ErrorKind::PermissionDenied, "the file is read-only"));
        } else {
            return Ok(Destination::File { target, replaced: Some(found) });
        }
    }
    Err(io::Error::new(ErrorKind::InvalidInput, "links lead from one to the other"))
}

/// Whether a path names a device or an open file of a process, such as `/dev/stdout`. Files are never made there.
fn is_of_the_system(path: &Path) -> bool {
    let is_shared_memory = path.starts_with("/dev/shm") || path.starts_with("/dev/mqueue");
    (path.starts_with("/dev") && !is_shared_memory) || path.starts_with("/proc")
}

/// What is there already, written to at its end: an output that was redirected to a file keeps what it has.
fn stream(path: &Path) -> io::Result<Destination> {
    Ok(Destination::Stream(OpenOptions::new().append(true).open(path)?))
}

/// The folder that a file stands in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}
