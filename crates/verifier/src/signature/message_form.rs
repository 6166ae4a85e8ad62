//! What is signed: body, separator and suffix, and the ways to get that wrong.

use std::{borrow::Cow, fmt};

use serde_json::Value;

/// What was signed besides the body.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MessageForm {
    /// Body, separator, suffix: as it should be.
    Documented,
    /// The body alone.
    SuffixMissing,
    /// Body and separator, and no suffix.
    SuffixEmpty,
    /// The value of another member of the body is the suffix.
    OtherMember(String),
    /// Something else stands between body and suffix.
    OtherSeparator(String),
    /// The suffix stands before the body.
    SuffixFirst,
    /// The suffix stands in quotes.
    SuffixQuoted,
    /// The suffix is in capital letters.
    SuffixUpperCase,
    /// The suffix alone, without the body.
    BodyMissing,
}

/// What people put between body and suffix.
const SEPARATORS: [&str; 11] = [":", "", ".", "|", "\n", " ", "-", "_", ";", ",", "&"];
/// Members of a body whose values are tried as the suffix.
const MEMBERS_MAX: usize = 64;

impl MessageForm {
    /// Every wrong form that this body can have been signed in, the most usual first.
    pub(super) fn wrong(body: &Value, separator: &str) -> Vec<Self> {
        let mut forms = vec![Self::SuffixMissing, Self::SuffixEmpty];
        let members = body.as_object().into_iter().flatten();
        let scalars = members.filter(|(_, value)| value.is_string() || value.is_number());
        forms.extend(scalars.take(MEMBERS_MAX).map(|(name, _)| Self::OtherMember(name.clone())));
        let others = SEPARATORS.iter().filter(|other| **other != separator);
        forms.extend(others.map(|other| Self::OtherSeparator((*other).to_owned())));
        forms.extend([Self::SuffixFirst, Self::SuffixQuoted, Self::SuffixUpperCase, Self::BodyMissing]);
        forms
    }

    /// Whether it takes no suffix, so that it can be tried where none is known.
    pub(super) const fn goes_without_suffix(&self) -> bool {
        matches!(self, Self::SuffixMissing | Self::SuffixEmpty | Self::OtherMember(_))
    }

    /// The bytes that are signed.
    pub(crate) fn message(&self, body: &[u8], parsed: &Value, separator: &str, suffix: &str) -> Vec<u8> {
        self.parts(body, parsed, separator, suffix).concat()
    }

    /// The bytes that are signed, in parts that follow each other. The body is not copied.
    pub(super) fn parts<'b>(
        &'b self,
        body: &'b [u8],
        parsed: &'b Value,
        separator: &'b str,
        suffix: &'b str,
    ) -> [Cow<'b, [u8]>; 3] {
        let joined = |separator: &'b str, suffix: &'b str| {
            [body.into(), separator.as_bytes().into(), suffix.as_bytes().into()]
        };
        let with =
            |suffix: String| [body.into(), separator.as_bytes().into(), Cow::Owned(suffix.into_bytes())];
        match self {
            Self::Documented => joined(separator, suffix),
            Self::SuffixMissing => joined("", ""),
            Self::SuffixEmpty => joined(separator, ""),
            Self::OtherMember(name) => match parsed.get(name).unwrap_or(&Value::Null) {
                Value::String(text) => joined(separator, text),
                other => with(other.to_string()),
            },
            Self::OtherSeparator(other) => joined(other, suffix),
            Self::SuffixFirst => [suffix.as_bytes().into(), separator.as_bytes().into(), body.into()],
            Self::SuffixQuoted => with(format!("\"{suffix}\"")),
            Self::SuffixUpperCase => with(suffix.to_uppercase()),
            Self::BodyMissing => [suffix.as_bytes().into(), Cow::default(), Cow::default()],
        }
    }
}

/// What was signed, in a few words.
impl fmt::Display for MessageForm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Documented => formatter.write_str("body, separator and suffix"),
            Self::SuffixMissing => formatter.write_str("the body alone, without separator and suffix"),
            Self::SuffixEmpty => formatter.write_str("the body and the separator, without a suffix"),
            // A body may hold any name, also one that moves a terminal.
            Self::OtherMember(name) => {
                write!(formatter, "the value of `{}` as the suffix", name.escape_debug())
            }
            Self::OtherSeparator(other) if other.is_empty() => {
                formatter.write_str("body and suffix with no separator between them")
            }
            Self::OtherSeparator(other) => write!(formatter, "body and suffix with {other:?} between them"),
            Self::SuffixFirst => formatter.write_str("the suffix before the body"),
            Self::SuffixQuoted => formatter.write_str("the suffix with quotes around it"),
            Self::SuffixUpperCase => formatter.write_str("the suffix in capital letters"),
            Self::BodyMissing => formatter.write_str("the suffix alone, without the body"),
        }
    }
}
