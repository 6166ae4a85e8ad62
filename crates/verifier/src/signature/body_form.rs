//! The forms that a body takes when somebody parses it and writes it again.

mod writer;

use std::{collections::BTreeSet, fmt};

use serde_json::Value;

pub use writer::{BodyStyle, Escapes, Layout, MemberOrder, Numbers};

/// How the body that was signed relates to the body that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BodyForm {
    /// It is the same, byte for byte.
    Exact,
    /// It has a line feed at its end.
    NewlineAdded,
    /// It has none of the blanks and line ends that the one that is there has around it.
    Trimmed,
    /// It is empty: something had read it before it was signed.
    Empty,
    /// It is a JSON string that holds the body.
    EncodedTwice,
    /// It is the same document, written again in this style.
    Rewritten(BodyStyle),
}

/// Bodies longer than this are not written again, in bytes.
const REWRITTEN_MAX_BYTES: usize = 256 * 1024;
/// Numbers of a body that are tried one by one.
const NUMBERS_MAX: usize = 8;

/// A body in another form.
#[derive(Clone, Debug)]
pub(super) struct Variant {
    pub(super) form: BodyForm,
    pub(super) bytes: Vec<u8>,
}

/// Every other form of this body, the simplest first, each once.
pub(super) fn variants(body: &[u8], parsed: &Value) -> Vec<Variant> {
    let mut seen = BTreeSet::from([body.to_vec()]);
    let mut variants = Vec::new();
    let mut add = |form, bytes: Vec<u8>| {
        if seen.insert(bytes.clone()) {
            variants.push(Variant { form, bytes });
        }
    };
    add(BodyForm::NewlineAdded, [body, b"\n"].concat());
    add(BodyForm::Trimmed, body.trim_ascii().to_vec());
    add(BodyForm::Empty, Vec::new());
    if body.len() <= REWRITTEN_MAX_BYTES {
        if let Ok(text) = std::str::from_utf8(body) {
            add(BodyForm::EncodedTwice, Value::from(text).to_string().into_bytes());
        }
        if parsed.is_object() || parsed.is_array() {
            for style in BodyStyle::all(NUMBERS_MAX) {
                add(BodyForm::Rewritten(style), style.write(parsed));
            }
        }
    }
    variants
}

/// What was signed, in a few words.
impl fmt::Display for BodyForm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact => formatter.write_str("the exact bytes of the body"),
            Self::NewlineAdded => formatter.write_str("the body with a line feed added"),
            Self::Trimmed => formatter.write_str("the body without the blanks or line ends around it"),
            Self::Empty => formatter.write_str("an empty body"),
            Self::EncodedTwice => formatter.write_str("the body as a JSON string, encoded twice"),
            Self::Rewritten(style) => write!(formatter, "the body parsed and written again {style}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_there_once_and_none_is_the_body() {
        let body = br#"{"b":10222,"a":"\u00e9/"}"#;
        let variants = variants(body, &serde_json::from_slice(body).unwrap());
        let bytes: BTreeSet<&[u8]> = variants.iter().map(|variant| variant.bytes.as_slice()).collect();
        assert_eq!(bytes.len(), variants.len());
        assert!(!bytes.contains(body.as_slice()));
        for expected in [
            "{\"b\":10222,\"a\":\"é/\"}",
            "{\"a\":\"é/\",\"b\":10222}",
            "{\"b\":10222.0,\"a\":\"é/\"}",
            "{\"b\": 10222, \"a\": \"\\u00e9/\"}",
            "{\n  \"b\": 10222,\n  \"a\": \"é/\"\n}",
            "{\"b\":10222,\"a\":\"\\u00e9\\/\"}",
        ] {
            assert!(bytes.contains(expected.as_bytes()), "{expected}");
        }
    }
}
