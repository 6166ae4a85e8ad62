//! How bytes are turned into text.

use std::borrow::Cow;

use super::Span;
use crate::limits::DOCUMENT_BYTES_MAX;

/// How the bytes of a document were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// UTF-8, perhaps with bytes that are not.
    Utf8,
    /// UTF-16 with a mark of its byte order.
    Utf16,
    /// No text at all.
    Binary,
    /// More bytes than are read.
    TooLarge,
}

/// Text and what of the bytes it does not show.
#[derive(Debug)]
pub(super) struct Decoded<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) encoding: Encoding,
    pub(super) invalid: Vec<Span>,
}

/// Bytes at the beginning that tell whether this is text.
const SAMPLE_LENGTH: usize = 65_536;
/// Places beyond this many say nothing more: the bytes are no text.
const INVALID_MAX: usize = 10_000;

pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    decode_within(bytes, DOCUMENT_BYTES_MAX)
}

fn decode_within(bytes: &[u8], bytes_max: usize) -> Decoded<'_> {
    let nothing = |encoding: Encoding| Decoded { text: Cow::default(), encoding, invalid: Vec::new() };
    match bytes {
        _ if bytes.len() > bytes_max => nothing(Encoding::TooLarge),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ if is_binary(bytes) => nothing(Encoding::Binary),
        _ => utf8(bytes),
    }
}

/// Texts have no zero bytes, and few that are neither characters nor white space.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE_LENGTH).unwrap_or(bytes);
    let strange = |byte: &&u8| matches!(byte, 0 | 1..=8 | 14..=26 | 28..=31);
    let count = sample.iter().filter(strange).count();
    count > 8 && count * 50 > sample.len()
}

/// Bytes that are not UTF-8 become question marks, one each, so that offsets stay true.
fn utf8(bytes: &[u8]) -> Decoded<'_> {
    if let Ok(text) = str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), encoding: Encoding::Utf8, invalid: Vec::new() };
    }
    let mut text = String::with_capacity(bytes.len());
    let mut invalid = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let start = text.len();
        text.extend(std::iter::repeat_n('?', chunk.invalid().len()));
        if !chunk.invalid().is_empty() && invalid.len() < INVALID_MAX {
            invalid.push(Span::new(start, text.len()));
        }
    }
    Decoded { text: text.into(), encoding: Encoding::Utf8, invalid }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded<'static> {
    let units = bytes.chunks(2).map(|pair| match pair {
        [first, second] => unit([*first, *second]),
        // Half a unit is no character.
        _ => 0xd800,
    });
    let mut text = String::with_capacity(bytes.len());
    let mut invalid = Vec::new();
    for character in char::decode_utf16(units) {
        if let Ok(character) = character {
            text.push(character);
        } else {
            if invalid.len() < INVALID_MAX {
                invalid.push(Span::new(text.len(), text.len() + 1));
            }
            text.push('?');
        }
    }
    Decoded { text: text.into(), encoding: Encoding::Utf16, invalid }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: (&str, Encoding, usize)) {
        let decoded = decode(bytes);
        assert_eq!((&*decoded.text, decoded.encoding, decoded.invalid.len()), expected);
    }

    #[test]
    fn bytes_become_text() {
        check("# é".as_bytes(), ("# é", Encoding::Utf8, 0));
        check(b"a\xe9b", ("a?b", Encoding::Utf8, 1));
        check(b"\xff\xfea\0b\0", ("ab", Encoding::Utf16, 0));
        check(b"\xfe\xff\0a\0b", ("ab", Encoding::Utf16, 0));
        check(b"\xff\xfea\0b", ("a?", Encoding::Utf16, 1));
        check(&[0; 64], ("", Encoding::Binary, 0));
        check(b"", ("", Encoding::Utf8, 0));
    }

    #[test]
    fn what_is_too_large_is_not_read() {
        let read = |bytes: &'static [u8]| decode_within(bytes, 4);
        assert_eq!((read(b"boat").encoding, &*read(b"boat").text), (Encoding::Utf8, "boat"));
        assert_eq!((read(b"boats").encoding, &*read(b"boats").text), (Encoding::TooLarge, ""));
    }
}
