//! One contradiction or gap, with its places.

use std::borrow::Cow;

use rapidhash::v3::rapidhash_v3;
use serde::{Serialize, Serializer, ser::SerializeStruct};
use smol_str::SmolStr;

use crate::Span;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Info,
    /// A reader can be misled.
    Warning,
    /// The document contradicts itself or the contract, or shows what cannot be used.
    Error,
}

impl Severity {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place in a document. Lines and columns count from one, columns in characters; the end is excluded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The document's name.
    pub file: SmolStr,
    /// The range of bytes.
    pub span: Span,
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column of the end.
    pub end_column: usize,
    /// What stands there, in a few words; may be empty.
    pub label: SmolStr,
}

/// One contradiction or gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule that it breaks, such as `DOC-HOST`.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What it is about: with the rule it stays the same when documents move.
    pub cause: String,
    /// What is wrong, in one sentence without full stop.
    pub message: String,
    /// What cures it.
    pub help: Cow<'static, str>,
    /// The place to look at first.
    pub place: Place,
    /// Sixteen hexadecimal digits that stay the same when lines move.
    pub fingerprint: String,
    /// The other places that the same cause touches, in document order.
    pub occurrences: Vec<Place>,
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Finding", 11)?;
        object.serialize_field("rule", self.rule)?;
        object.serialize_field("severity", &self.severity)?;
        object.serialize_field("message", &self.message)?;
        object.serialize_field("help", &self.help)?;
        object.serialize_field("file", self.place.file.as_str())?;
        object.serialize_field("line", &self.place.line)?;
        object.serialize_field("column", &self.place.column)?;
        object.serialize_field("endLine", &self.place.end_line)?;
        object.serialize_field("endColumn", &self.place.end_column)?;
        object.serialize_field("fingerprint", &self.fingerprint)?;
        object.serialize_field("occurrences", &self.occurrences)?;
        object.end()
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Place", 6)?;
        object.serialize_field("file", self.file.as_str())?;
        object.serialize_field("line", &self.line)?;
        object.serialize_field("column", &self.column)?;
        object.serialize_field("endLine", &self.end_line)?;
        object.serialize_field("endColumn", &self.end_column)?;
        object.serialize_field("label", self.label.as_str())?;
        object.end()
    }
}

/// The hash of rule, cause and the text of the first line, without regard to white space and place.
///
/// `repetition` tells findings apart that are alike in all of these: it counts them in document order.
pub(crate) fn identity(rule: &str, cause: &str, line: &str, repetition: usize) -> u64 {
    let mut identity = format!("{rule}\n{cause}\n");
    for (index, word) in line.split_whitespace().enumerate() {
        identity.push_str(if index > 0 { " " } else { "" });
        identity.push_str(word);
    }
    identity.push('\n');
    identity.push_str(&repetition.to_string());
    rapidhash_v3(identity.as_bytes())
}

/// The same, as findings carry it.
pub(crate) fn fingerprint(rule: &str, cause: &str, line: &str, repetition: usize) -> String {
    format!("{:016x}", identity(rule, cause, line, repetition))
}
