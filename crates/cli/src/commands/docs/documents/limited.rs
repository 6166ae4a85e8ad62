//! Files, read up to a limit that is looked at first.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use estoppel_docs_check::limits::DOCUMENT_BYTES_MAX;

/// Bytes that a run may still read.
#[derive(Debug, Default)]
pub(super) struct Budget {
    left: usize,
}

/// Why a file is not read.
#[derive(Debug)]
pub(super) enum TooMuch {
    /// It has more bytes than a document may have.
    Document,
    /// It has more bytes than the run may still read.
    Run,
    /// It cannot be read.
    Unreadable(io::Error),
}

impl Budget {
    pub(super) const fn new(bytes: usize) -> Self {
        Self { left: bytes }
    }
}

/// What the command line names: a file, a pipe, a device, or `-` for standard input.
pub(super) fn page(path: &Path, budget: &mut Budget) -> Result<Vec<u8>, TooMuch> {
    if path.as_os_str() == "-" {
        return stream(io::stdin().lock(), 0, budget);
    }
    file(path, budget)
}

/// A file. One that tells its size is too large before it is read.
pub(super) fn file(path: &Path, budget: &mut Budget) -> Result<Vec<u8>, TooMuch> {
    let file = File::open(path).map_err(TooMuch::Unreadable)?;
    let metadata = file.metadata().map_err(TooMuch::Unreadable)?;
    let length = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
    if metadata.is_file() && length > DOCUMENT_BYTES_MAX {
        return Err(TooMuch::Document);
    }
    if metadata.is_file() && length > budget.left {
        return Err(TooMuch::Run);
    }
    stream(file, if metadata.is_file() { length } else { 0 }, budget)
}

/// Reads to the end, or to the byte that is one too many. `length` is how much there is likely to be.
fn stream(input: impl Read, length: usize, budget: &mut Budget) -> Result<Vec<u8>, TooMuch> {
    let most = DOCUMENT_BYTES_MAX.min(budget.left);
    let mut bytes = Vec::with_capacity(length);
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    input.take(limit).read_to_end(&mut bytes).map_err(TooMuch::Unreadable)?;
    if bytes.len() > most {
        return Err(if most < DOCUMENT_BYTES_MAX { TooMuch::Run } else { TooMuch::Document });
    }
    budget.left -= bytes.len();
    bytes.shrink_to_fit();
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: usize, input: impl Read, expected: &str) {
        let mut budget = Budget::new(left);
        let read = match stream(input, 0, &mut budget) {
            Ok(bytes) => format!("{} read, {} left", bytes.len(), budget.left),
            Err(TooMuch::Document) => "document".to_owned(),
            Err(TooMuch::Run) => "run".to_owned(),
            Err(TooMuch::Unreadable(error)) => error.to_string(),
        };
        assert_eq!(read, expected);
    }

    #[test]
    fn streams_are_read_up_to_the_limit() {
        check(8, &b"boat"[..], "4 read, 4 left");
        check(4, &b"boat"[..], "4 read, 0 left");
        check(3, &b"boat"[..], "run");
        check(8, io::repeat(0), "run");
        check(usize::MAX, io::repeat(0), "document");
    }
}
