//! Where a statement of a contract comes from, and how sure it is.

use std::fmt;

use serde::Serialize;

/// How we know what a contract states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The document states it in prose or in a table.
    Documented,
    /// Only an example of the document shows it.
    Example,
    /// It follows from what the document states or shows.
    Inferred,
    /// The document is silent: we decided, and a ruling says why.
    Ruled,
}

impl Basis {
    /// The word for this basis, as headers and artefacts write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Example => "example",
            Self::Inferred => "inferred",
            Self::Ruled => "ruled",
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// A place in a published document: the document's name and one of its headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct DocRef {
    /// Name of the document, one of [`Contract::documents`](crate::Contract).
    pub document: &'static str,
    /// The heading under which the statement stands, as the document writes it.
    pub heading: &'static str,
}

/// What a statement rests on: a place in a document or a ruling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A published document says or shows it.
    Document(DocRef),
    /// The documents are silent; this ruling (such as `R39`) decides.
    Ruling(&'static str),
}

impl Source {
    /// A heading of a published document.
    pub const fn document(document: &'static str, heading: &'static str) -> Self {
        Self::Document(DocRef { document, heading })
    }

    /// A ruling, by its id.
    pub const fn ruling(id: &'static str) -> Self {
        Self::Ruling(id)
    }
}

/// `carrier: Create Payoff Request` or `R39`.
impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document(place) => write!(formatter, "{}: {}", place.document, place.heading),
            Self::Ruling(id) => formatter.write_str(id),
        }
    }
}

impl Serialize for Source {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
