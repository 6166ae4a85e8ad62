//! How the bytes of a digest are written in a header.

use std::fmt;

use base64::{
    Engine,
    alphabet::{STANDARD, URL_SAFE},
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use estoppel_contract::SignatureEncoding;

use super::Mistake;

/// How the bytes of a digest are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Writing {
    /// Lower-case hexadecimal.
    LowerHex,
    /// Hexadecimal with capital letters.
    UpperHex,
    /// Base64.
    Base64,
    /// Base64 without its padding.
    Base64Unpadded,
    /// Base64 with the alphabet for URLs.
    Base64Url,
}

impl Writing {
    /// The digest, written.
    pub(crate) fn write(self, digest: &[u8]) -> String {
        let base64 = || SignatureEncoding::Base64.encode(digest);
        match self {
            Self::LowerHex => SignatureEncoding::LowerHex.encode(digest),
            Self::UpperHex => SignatureEncoding::LowerHex.encode(digest).to_uppercase(),
            Self::Base64 => base64(),
            Self::Base64Unpadded => base64().trim_end_matches('=').to_owned(),
            Self::Base64Url => base64().replace('+', "-").replace('/', "_"),
        }
    }
}

impl Writing {
    /// How many characters a whole digest has.
    pub(super) const fn digest_characters(self) -> usize {
        match self {
            Self::LowerHex | Self::UpperHex => DIGEST_BYTES * 2,
            Self::Base64 | Self::Base64Url => DIGEST_BYTES.div_ceil(3) * 4,
            Self::Base64Unpadded => (DIGEST_BYTES * 4).div_ceil(3),
        }
    }
}

impl fmt::Display for Writing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::LowerHex => "lower-case hexadecimal",
            Self::UpperHex => "upper-case hexadecimal",
            Self::Base64 => "base64",
            Self::Base64Unpadded => "base64 without padding",
            Self::Base64Url => "url-safe base64",
        })
    }
}

impl From<SignatureEncoding> for Writing {
    fn from(encoding: SignatureEncoding) -> Self {
        match encoding {
            SignatureEncoding::LowerHex => Self::LowerHex,
            SignatureEncoding::Base64 => Self::Base64,
        }
    }
}

/// Bytes of a digest at least, for a part of one to be recognised.
const PART_MIN_BYTES: usize = 4;
/// Bytes of a whole digest.
const DIGEST_BYTES: usize = 32;

/// One way to read a header: the bytes that it gives of a digest, and what is wrong with how it is written.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    bytes: Vec<u8>,
    /// What is wrong with the writing.
    pub(super) mistakes: Vec<Mistake>,
}

impl Reading {
    /// Whether the header gives this digest, or the beginning of it.
    pub(super) fn gives(&self, digest: &[u8; DIGEST_BYTES]) -> bool {
        digest.starts_with(&self.bytes)
    }
}

/// Every way to read a header that should be written as `expected`.
pub(super) fn readings(header: &[u8], expected: SignatureEncoding) -> Vec<Reading> {
    let Ok(text) = std::str::from_utf8(header) else { return Vec::new() };
    let mut mistakes = Vec::new();
    let bare = text.trim().trim_matches(['"', '\'']).trim();
    if bare != text {
        mistakes.push(Mistake::Surrounded);
    }
    let (prefix, bare) = split_prefix(bare);
    mistakes.extend(prefix.map(|prefix| Mistake::Prefixed(prefix.to_owned())));
    let mut readings = Vec::new();
    for (writing, bytes) in decoded(bare) {
        if bytes.len() < PART_MIN_BYTES || bytes.len() > DIGEST_BYTES {
            continue;
        }
        let mut mistakes = mistakes.clone();
        if writing != Writing::from(expected) {
            mistakes.push(Mistake::Written { as_: writing, expected: expected.into() });
        }
        if bytes.len() < DIGEST_BYTES {
            mistakes.push(Mistake::Truncated { characters: bare.len() });
        }
        readings.push(Reading { bytes, mistakes });
    }
    readings
}

/// Whether the header can be read as one whole digest, of whatever message.
pub(super) fn is_whole(header: &[u8], expected: SignatureEncoding) -> bool {
    readings(header, expected).iter().any(|reading| reading.bytes.len() == DIGEST_BYTES)
}

/// Cuts off what stands before the digest, such as `sha256=`.
fn split_prefix(text: &str) -> (Option<&str>, &str) {
    // Padding is at the end and ends no prefix.
    let end = text.trim_end_matches('=').rfind(['=', ':', ' ', ',']).map(|at| at + 1);
    match end.and_then(|end| text.split_at_checked(end)) {
        Some((prefix, rest)) => (Some(prefix), rest),
        None => (None, text),
    }
}

fn decoded(text: &str) -> Vec<(Writing, Vec<u8>)> {
    let mut found = Vec::new();
    let even = text.get(..text.len() - text.len() % 2).unwrap_or(text);
    if let Some(bytes) = hex_bytes(even).filter(|_| text.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        let upper = text.bytes().any(|byte| byte.is_ascii_uppercase());
        found.push((if upper { Writing::UpperHex } else { Writing::LowerHex }, bytes));
    }
    let padded = text.ends_with('=');
    let standard = if padded { Writing::Base64 } else { Writing::Base64Unpadded };
    let url_safe = text.contains(['-', '_']);
    let (alphabet, writing) = if url_safe { (&URL_SAFE, Writing::Base64Url) } else { (&STANDARD, standard) };
    let config = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let whole = if text.len() % 4 == 1 { text.get(..text.len() - 1) } else { Some(text) };
    let bytes = whole.and_then(|whole| GeneralPurpose::new(alphabet, config).decode(whole).ok());
    found.extend(bytes.map(|bytes| (writing, bytes)));
    found
}

/// The bytes that hexadecimal digits of either case write.
pub(super) fn hex_bytes(text: &str) -> Option<Vec<u8>> {
    let text = text.as_bytes();
    if text.is_empty() || !text.len().is_multiple_of(2) {
        return None;
    }
    text.chunks_exact(2)
        .map(|pair| match pair {
            [high, low] => {
                let high = char::from(*high).to_digit(16)?;
                u8::try_from(high * 16 + char::from(*low).to_digit(16)?).ok()
            }
            _ => None,
        })
        .collect()
}
