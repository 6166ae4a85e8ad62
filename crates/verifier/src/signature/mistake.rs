//! The usual mistakes, and what to do about each.

use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::{BodyForm, Construction, KeyForm, MessageForm, Writing};

/// What is wrong with a signature.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mistake {
    /// There is no such header.
    HeaderMissing,
    /// The header has no value.
    HeaderEmpty,
    /// Something stands around it: blanks or quotes.
    Surrounded,
    /// Something stands before it, such as `sha256=`.
    Prefixed(String),
    /// Its bytes are written in another way.
    Written {
        /// How they are written.
        as_: Writing,
        /// How they should be.
        expected: Writing,
    },
    /// It is only the beginning of one.
    Truncated {
        /// How many characters there are.
        characters: usize,
    },
    /// It holds no digest, however it is read.
    NoDigest {
        /// How many characters there are.
        characters: usize,
        /// How a digest should be written.
        expected: Writing,
    },
    /// Another form of the body was signed.
    Body(BodyForm),
    /// Something else than body, separator and suffix was signed.
    Message(MessageForm),
    /// Another form of the key signed.
    Key(KeyForm),
    /// It is no HMAC of the message.
    Computed(Construction),
    /// No suffix is given and the body gives none.
    SuffixUnknown,
    /// None of those that were tried gives it, and the body is too long to try them all.
    NotAllTried,
    /// None of the usual mistakes gives it.
    Unexplained,
}

impl Mistake {
    /// A stable id, in kebab case.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::HeaderMissing => "header-missing",
            Self::HeaderEmpty => "header-empty",
            Self::Surrounded => "header-surrounded",
            Self::Prefixed(_) => "header-prefixed",
            Self::Written { as_: Writing::UpperHex, .. } => "upper-case",
            Self::Written { .. } => "encoding",
            Self::Truncated { .. } => "truncated",
            Self::NoDigest { .. } => "no-digest",
            Self::Body(_) => "body-rewritten",
            Self::Message(MessageForm::SuffixMissing | MessageForm::SuffixEmpty) => "suffix-missing",
            Self::Message(MessageForm::OtherSeparator(_)) => "separator",
            Self::Message(_) => "suffix-wrong",
            Self::Key(_) => "key-form",
            Self::Computed(Construction::Unkeyed) => "unkeyed",
            Self::Computed(Construction::Swapped) => "key-and-message-swapped",
            Self::Computed(_) => "construction",
            Self::SuffixUnknown => "suffix-unknown",
            Self::NotAllTried => "not-all-tried",
            Self::Unexplained => "unexplained",
        }
    }

    /// What to do about it, in one sentence.
    pub fn fix(&self) -> String {
        match self {
            Self::HeaderMissing | Self::HeaderEmpty => {
                "send the signature in this header; a proxy or framework on the way may remove it".to_owned()
            }
            Self::Surrounded => "write the signature with nothing around it".to_owned(),
            Self::Prefixed(prefix) => format!("write the signature without `{prefix}` before it"),
            Self::Written { expected, .. } => format!("write the bytes of the digest in {expected}"),
            Self::Truncated { .. } => "write the whole digest, all of its 32 bytes".to_owned(),
            Self::NoDigest { expected, .. } => {
                format!("write the digest, all of its 32 bytes, in {expected}, and nothing else")
            }
            Self::Body(_) => {
                "sign and check the bytes as they go over the wire, before anything parses them or \
                writes them again"
                    .to_owned()
            }
            Self::Message(_) => "sign the body, the separator and the suffix, in this order".to_owned(),
            Self::Key(form) if form.given_is_wrong() => {
                "give the key without what was added to it".to_owned()
            }
            Self::Key(_) => "sign with the key's own text, with nothing added, removed or decoded".to_owned(),
            Self::Computed(_) => {
                "compute HMAC with SHA-256, the key as key and the rest as message".to_owned()
            }
            Self::SuffixUnknown => "say what the suffix is: the body does not".to_owned(),
            Self::NotAllTried => {
                "compare the key on both sides, and try again with a shorter body".to_owned()
            }
            Self::Unexplained => {
                "compare the key on both sides, and look for whatever changes the body on its \
                way"
                .to_owned()
            }
        }
    }
}

/// One sentence without a full stop.
impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HeaderMissing => formatter.write_str("there is no signature header"),
            Self::HeaderEmpty => formatter.write_str("the signature header is empty"),
            Self::Surrounded => formatter.write_str("blanks or quotes stand around the signature"),
            Self::Prefixed(prefix) => write!(formatter, "`{prefix}` stands before the signature"),
            Self::Written { as_, expected } => {
                write!(formatter, "the digest is written in {as_}, expected {expected}")
            }
            Self::Truncated { characters } => {
                write!(formatter, "the signature is cut off after {characters} characters")
            }
            Self::NoDigest { characters, expected } => write!(
                formatter,
                "the header holds no SHA-256 digest: {characters} characters, expected {} of {expected}",
                expected.digest_characters()
            ),
            Self::Body(form) => write!(formatter, "what was signed is {form}, not the exact bytes of the body"),
            Self::Message(form) => write!(formatter, "what was signed is {form}"),
            Self::Key(form) => write!(formatter, "the key that signed {form}"),
            Self::Computed(construction) => write!(formatter, "the signature is {construction}"),
            Self::SuffixUnknown => formatter.write_str("the body has no member that gives the suffix"),
            Self::NotAllTried => formatter.write_str(
                "no mistake that was tried gives this signature; not every mistake was tried: the body is too long",
            ),
            Self::Unexplained => formatter.write_str(
                "none of the usual mistakes gives this signature: another key made it, or the body was changed \
                 after it was signed; a digest cannot tell which",
            ),
        }
    }
}

impl Serialize for Mistake {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut mistake = serializer.serialize_struct("Mistake", 3)?;
        mistake.serialize_field("id", self.id())?;
        mistake.serialize_field("message", &self.to_string())?;
        mistake.serialize_field("fix", &self.fix())?;
        mistake.end()
    }
}
