//! A place inside a JSON document.

use std::fmt;

use serde::{Serialize, Serializer};

/// One step into a JSON document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// A member of an object.
    Key(String),
    /// An item of an array, from zero.
    Index(usize),
}

impl fmt::Display for Segment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => formatter.write_str(key),
            Self::Index(index) => write!(formatter, "{index}"),
        }
    }
}

/// A JSON pointer (RFC 6901); the empty pointer is the whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JsonPointer(Vec<Segment>);

impl JsonPointer {
    /// The whole document.
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// A member of the top-level object.
    pub fn member(key: impl Into<String>) -> Self {
        Self(vec![Segment::Key(key.into())])
    }

    /// This place, one step deeper.
    pub fn child(mut self, segment: Segment) -> Self {
        self.0.push(segment);
        self
    }

    /// The steps from the root.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }
}

impl FromIterator<Segment> for JsonPointer {
    fn from_iter<I: IntoIterator<Item = Segment>>(segments: I) -> Self {
        Self(segments.into_iter().collect())
    }
}

/// `/lenderAddress/city`, with `~0` and `~1` for `~` and `/`; the root is the empty string.
impl fmt::Display for JsonPointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|segment| match segment {
            Segment::Key(key) => write!(formatter, "/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Index(index) => write!(formatter, "/{index}"),
        })
    }
}

impl Serialize for JsonPointer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
