//! Which files a document may include.
//!
//! Documents come from elsewhere: a name in their head must not make a tool read what is none of the documentation.

use std::fmt;

use crate::limits::{DOCUMENT_BYTES_MAX, DOCUMENTS_MAX, RUN_BYTES_MAX, mebibytes};

/// An include that was not read, although there may be such a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedInclude {
    /// Place of the including document in the list of documents.
    pub document: usize,
    /// The include, as the document names it.
    pub name: String,
    /// Why it was not read.
    pub reason: IncludeRefusal,
}

/// Why an included file is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IncludeRefusal {
    /// The name is an absolute path.
    Absolute,
    /// The name climbs out of its folder with `..`.
    Parent,
    /// The name holds characters that no file of a documentation needs.
    Control,
    /// The path leads out of the documentation's folder over a link.
    Outside,
    /// There is something, and it is no regular file.
    NotAFile,
    /// The file is larger than a document may be.
    TooLarge,
    /// The run has read as much as it may.
    RunTooLarge,
    /// The run has read as many documents as it may.
    TooMany,
}

impl IncludeRefusal {
    /// What cures it.
    pub(crate) const fn help(self) -> &'static str {
        match self {
            Self::Absolute | Self::Parent | Self::Control => {
                "name a file below the folder of the page, without `..`"
            }
            Self::Outside => "put the file itself into the documentation's folder",
            Self::NotAFile => "include a regular file",
            Self::TooLarge | Self::RunTooLarge | Self::TooMany => {
                "split the documentation, and check its parts one by one"
            }
        }
    }
}

impl fmt::Display for IncludeRefusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absolute => formatter.write_str("the path is absolute"),
            Self::Parent => formatter.write_str("`..` leads out of the documentation's folder"),
            Self::Control => formatter.write_str("the name holds control characters"),
            Self::Outside => formatter.write_str("a link leads out of the documentation's folder"),
            Self::NotAFile => formatter.write_str("it is not a regular file"),
            Self::TooLarge => {
                write!(formatter, "the file has more than {} MiB", mebibytes(DOCUMENT_BYTES_MAX))
            }
            Self::RunTooLarge => {
                write!(formatter, "the documents together have more than {} MiB", mebibytes(RUN_BYTES_MAX))
            }
            Self::TooMany => write!(formatter, "there are more than {DOCUMENTS_MAX} documents"),
        }
    }
}

/// Why a name is refused whatever files there are; `None` where it stays below its folder.
pub fn refused_name(name: &str) -> Option<IncludeRefusal> {
    let drive = name.get(1..3).is_some_and(|rest| rest == ":/" || rest == ":\\");
    let mut parts = name.split(['/', '\\']);
    if name.chars().any(char::is_control) {
        Some(IncludeRefusal::Control)
    } else if name.starts_with(['/', '\\', '~']) || drive {
        Some(IncludeRefusal::Absolute)
    } else if parts.any(|part| part == "..") {
        Some(IncludeRefusal::Parent)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Option<IncludeRefusal>) {
        assert_eq!(refused_name(name), expected, "{name}");
    }

    #[test]
    fn names_stay_below_their_folder() {
        check("errors", None);
        check("v2/errors.md", None);
        check("a..b", None);
        check("/etc/passwd", Some(IncludeRefusal::Absolute));
        check("\\\\host\\share", Some(IncludeRefusal::Absolute));
        check("C:\\secrets", Some(IncludeRefusal::Absolute));
        check("~/.ssh/id_rsa", Some(IncludeRefusal::Absolute));
        check("../secrets", Some(IncludeRefusal::Parent));
        check("v2/../../secrets", Some(IncludeRefusal::Parent));
        check("v2\\..\\..\\secrets", Some(IncludeRefusal::Parent));
        check("a\u{0}b", Some(IncludeRefusal::Control));
    }
}
