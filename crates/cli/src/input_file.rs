//! The one way in which the command reads files that it is given.
//!
//! Every file has a limit that fits what is in it. A file that says its size is refused by its size, before a byte of
//! it is read; anything else, such as a device, a pipe or a file that grows, is read up to the limit and no further.

use std::{
    fmt,
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use crate::Failure;

/// The most bytes that are read of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ByteLimit(pub(crate) u64);

impl ByteLimit {
    /// For a configuration file.
    pub(crate) const CONFIG: Self = Self::mebibytes(1);
    /// For one payload, and for the body of a webhook.
    pub(crate) const PAYLOAD: Self = Self::mebibytes(16);
    /// For what a command wrote itself and reads again: baselines, and generated files.
    pub(crate) const OWN: Self = Self::mebibytes(64);

    /// So many mebibytes.
    pub(crate) const fn mebibytes(count: u64) -> Self {
        Self(count * 1024 * 1024)
    }
}

/// `16 MiB`, or bytes where they are not so many whole ones.
impl fmt::Display for ByteLimit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            bytes if bytes > 0 && bytes % (1024 * 1024) == 0 => {
                write!(formatter, "{} MiB", bytes / 1024 / 1024)
            }
            bytes => write!(formatter, "{bytes} bytes"),
        }
    }
}

/// Reads a file whole; `-` is standard input.
pub(crate) fn read(path: &Path, limit: ByteLimit) -> Result<Vec<u8>, Failure> {
    let failed = |error: &io::Error| Failure::file(path, "read", error);
    if path.as_os_str() == "-" {
        return read_from(io::stdin().lock(), path, limit);
    }
    let file = File::open(path).map_err(|error| failed(&error))?;
    let found = file.metadata().map_err(|error| failed(&error))?;
    if found.is_dir() {
        return Err(Failure::new(format!("cannot read {}: it is a folder, expected a file", path.display())));
    }
    if found.is_file() && found.len() > limit.0 {
        return Err(too_long(path, limit));
    }
    read_from(file, path, limit)
}

/// Reads a text file whole; `-` is standard input.
pub(crate) fn read_text(path: &Path, limit: ByteLimit) -> Result<String, Failure> {
    String::from_utf8(read(path, limit)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::new(format!("cannot read {}: it is no UTF-8 text, from byte {at} on", path.display()))
    })
}

/// Opens a file to be read in parts; `-` is standard input. What is held of it is the caller's to bound.
pub(crate) fn open(path: &Path) -> Result<Box<dyn BufRead>, Failure> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    let opened = File::open(path).and_then(|file| Ok((file.metadata()?.is_dir(), file)));
    match opened.map_err(|error| Failure::file(path, "read", &error))? {
        (true, _) => {
            Err(Failure::new(format!("cannot read {}: it is a folder, expected a file", path.display())))
        }
        (false, file) => Ok(Box::new(BufReader::with_capacity(64 * 1024, file))),
    }
}

/// Reads a source whole, which `path` names where it is too long.
pub(crate) fn read_from(source: impl Read, path: &Path, limit: ByteLimit) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = source.take(limit.0.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| Failure::file(path, "read", &error))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > limit.0) {
        return Err(too_long(path, limit));
    }
    Ok(bytes)
}

fn too_long(path: &Path, limit: ByteLimit) -> Failure {
    Failure::new(format!("{} is too long: expected at most {limit}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &Path, limit: u64, expected: Result<&str, &str>) {
        match (read_text(path, ByteLimit(limit)), expected) {
            (Ok(text), Ok(expected)) => assert_eq!(text, expected),
            (Err(failure), Err(part)) => assert!(failure.to_string().contains(part), "{failure}"),
            (actual, expected) => panic!("{actual:?} is not {expected:?}"),
        }
    }

    #[test]
    fn files_are_read_up_to_their_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "four").unwrap();
        check(&path, 4, Ok("four"));
        check(&path, 3, Err("is too long: expected at most 3 bytes"));
        check(Path::new("/dev/zero"), 1024 * 1024, Err("expected at most 1 MiB"));
        check(folder.path(), 4, Err("it is a folder"));
        check(&folder.path().join("none"), 4, Err("cannot read"));
        std::fs::write(&path, [b'a', 0xff]).unwrap();
        check(&path, 4, Err("no UTF-8 text, from byte 1 on"));
        // It has no byte on any disk: a size is believed before anything is read.
        File::create(&path).unwrap().set_len(1 << 40).unwrap();
        check(&path, 4, Err("is too long"));
    }
}
