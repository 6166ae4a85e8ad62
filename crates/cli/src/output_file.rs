//! The one way in which the command writes files.
//!
//! A file is written under a name of its own beside the one that is wanted, flushed to the disk, and renamed over it.
//! Whatever happens before, such as a full disk, a kill or an error, the old file stays whole; two writers of one file
//! each write a whole one, and the last one stays. What a killed writer leaves behind is removed when the same file is
//! written again.
//!
//! The mode of a file that is replaced is kept. A link is written through: the file that it leads to is replaced, and
//! the link stays. Devices and pipes are written to as they are.

mod destination;
mod leftovers;

use std::{
    fs::{File, Permissions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use tempfile::{Builder, NamedTempFile};

use crate::Failure;
use destination::Destination;

/// Bytes that are gathered before they are written.
const BUFFER: usize = 256 * 1024;
/// How often a name is tried that somebody removes at once.
const ATTEMPTS: usize = 16;

/// A file that is being written. It takes its name when it is [finished](Self::finish), and never if it is dropped.
#[derive(Debug)]
pub(crate) struct OutputFile {
    path: PathBuf,
    sink: Sink,
}

#[derive(Debug)]
enum Sink {
    /// A file that replaces another, or a new one.
    Replacement { file: BufWriter<NamedTempFile>, target: PathBuf },
    /// A device, a pipe, or a stream of this process.
    Stream(BufWriter<File>),
}

/// Writes a whole file.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut file = OutputFile::create(path)?;
    file.write_all(bytes).map_err(|error| Failure::file(path, "write", &error))?;
    file.finish()
}

impl OutputFile {
    /// Begins a file. Its folder must be there.
    pub(crate) fn create(path: &Path) -> Result<Self, Failure> {
        let failed = |error: io::Error| Failure::file(path, "write", &error);
        let sink = match destination::of(path).map_err(failed)? {
            Destination::Stream(file) => Sink::Stream(BufWriter::with_capacity(BUFFER, file)),
            Destination::File { target, replaced } => {
                leftovers::remove(&target);
                let file = temporary(&target, replaced.as_ref()).map_err(failed)?;
                Sink::Replacement { file: BufWriter::with_capacity(BUFFER, file), target }
            }
        };
        Ok(Self { path: path.to_owned(), sink })
    }

    /// Whether it is a device or a pipe, and no file.
    pub(crate) const fn is_stream(&self) -> bool {
        matches!(self.sink, Sink::Stream(_))
    }

    /// Puts the file in its place.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        let path = self.path;
        let finished = match self.sink {
            Sink::Stream(mut file) => file.flush(),
            Sink::Replacement { file, target } => replace(file, &target),
        };
        finished.map_err(|error| Failure::file(&path, "write", &error))
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.sink {
            Sink::Replacement { file, .. } => file.write(bytes),
            Sink::Stream(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Sink::Replacement { file, .. } => file.flush(),
            Sink::Stream(file) => file.flush(),
        }
    }
}

fn replace(file: BufWriter<NamedTempFile>, target: &Path) -> io::Result<()> {
    let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(target).map_err(|error| error.error)?;
    sync_folder(destination::folder_of(target))
}

/// A file beside the target, locked for as long as it is written, so that nobody takes it for a leftover.
fn temporary(target: &Path, replaced: Option<&std::fs::Metadata>) -> io::Result<NamedTempFile> {
    let prefix = leftovers::prefix(target)?;
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(leftovers::SUFFIX);
    // The mode of a new file is that of any other that this user makes; a replaced one's is never wider than it was.
    builder.permissions(replaced.map_or_else(new_permissions, std::fs::Metadata::permissions));
    for _ in 0..ATTEMPTS {
        let file = builder.tempfile_in(destination::folder_of(target))?;
        // Where files cannot be locked, leftovers are never removed either.
        drop(file.as_file().lock());
        // Between its making and its lock it looked like a leftover.
        if file.path().exists() {
            if let Some(replaced) = replaced {
                keep_owner_and_mode(file.as_file(), replaced)?;
            }
            return Ok(file);
        }
    }
    Err(io::Error::other("somebody removes the temporary files beside it"))
}

#[cfg(unix)]
fn new_permissions() -> Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

#[cfg(unix)]
fn keep_owner_and_mode(file: &File, replaced: &std::fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.metadata()?;
    if (own.uid(), own.gid()) != (replaced.uid(), replaced.gid()) {
        // Only root may give a file to another user; for all others it becomes their own, as any new file.
        drop(fchown(file, Some(replaced.uid()), Some(replaced.gid())));
    }
    file.set_permissions(replaced.permissions())
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some file systems cannot do that to folders.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        synced => synced,
    }
}

#[cfg(not(unix))]
compile_error!("files are written by the rules of Unix");

#[cfg(test)]
mod tests;
