//! The key as it was meant, and as it was used.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};

/// How the key that signed relates to the key that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyForm {
    /// It is the same.
    AsGiven,
    /// It has a line feed at its end.
    NewlineAdded,
    /// It has a carriage return and a line feed at its end.
    CarriageReturnAdded,
    /// It has none of the blanks and line ends that the given one has around it.
    Trimmed,
    /// It stands in double quotes.
    Quoted,
    /// It stands in single quotes.
    SingleQuoted,
    /// It has none of the quotes that the given one stands in.
    Unquoted,
    /// It begins with `Bearer `.
    BearerAdded,
    /// It has none of the `Bearer ` that the given one begins with.
    BearerRemoved,
    /// It is the bytes that the given one writes in hexadecimal.
    HexDecoded,
    /// It is the bytes that the given one writes in base64.
    Base64Decoded,
    /// It is empty: the signer had none.
    Empty,
}

impl KeyForm {
    /// Every form but the right one.
    pub(super) const WRONG: [Self; 11] = [
        Self::NewlineAdded,
        Self::CarriageReturnAdded,
        Self::Trimmed,
        Self::Quoted,
        Self::SingleQuoted,
        Self::Unquoted,
        Self::BearerAdded,
        Self::BearerRemoved,
        Self::HexDecoded,
        Self::Base64Decoded,
        Self::Empty,
    ];

    /// The bytes of the key in this form; `None` where the given one has no such form, or it is the same.
    pub(crate) fn of(self, key: &str) -> Option<Vec<u8>> {
        let bytes = match self {
            Self::AsGiven => return Some(key.as_bytes().to_vec()),
            Self::NewlineAdded => format!("{key}\n").into_bytes(),
            Self::CarriageReturnAdded => format!("{key}\r\n").into_bytes(),
            Self::Trimmed => key.trim().as_bytes().to_vec(),
            Self::Quoted => format!("\"{key}\"").into_bytes(),
            Self::SingleQuoted => format!("'{key}'").into_bytes(),
            Self::Unquoted => {
                let within = |quote| key.strip_prefix(quote)?.strip_suffix(quote);
                within('"').or_else(|| within('\''))?.as_bytes().to_vec()
            }
            Self::BearerAdded => format!("Bearer {key}").into_bytes(),
            Self::BearerRemoved => {
                let bearer = key.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
                bearer?.1.trim().as_bytes().to_vec()
            }
            Self::HexDecoded => super::writing::hex_bytes(key)?,
            Self::Base64Decoded => STANDARD.decode(key).ok()?,
            Self::Empty => Vec::new(),
        };
        (bytes != key.as_bytes()).then_some(bytes)
    }

    /// Whether it is the given key that has to change.
    pub(super) const fn given_is_wrong(self) -> bool {
        matches!(self, Self::Trimmed | Self::Unquoted | Self::BearerRemoved)
    }
}

/// `has a line feed at its end`: to be read after "the key that signed".
impl fmt::Display for KeyForm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::AsGiven => "is the one that is given",
            Self::NewlineAdded => "has a line feed at its end",
            Self::CarriageReturnAdded => "has a carriage return and a line feed at its end",
            Self::Trimmed => "has none of the blanks or line ends that the given one has around it",
            Self::Quoted => "stands in double quotes",
            Self::SingleQuoted => "stands in single quotes",
            Self::Unquoted => "has none of the quotes that the given one stands in",
            Self::BearerAdded => "begins with `Bearer `",
            Self::BearerRemoved => "has none of the `Bearer ` that the given one begins with",
            Self::HexDecoded => "is the bytes that the given one writes in hexadecimal, not its text",
            Self::Base64Decoded => "is the bytes that the given one writes in base64, not its text",
            Self::Empty => "is empty",
        })
    }
}
