//! The first byte in which two texts differ.

use std::fmt;

use serde::Serialize;

/// The first byte in which what was given differs from what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ByteDifference {
    /// How many bytes stand before it.
    pub offset_bytes: usize,
    /// What is there; `None` where what was given has already ended.
    pub given: Option<u8>,
    /// What should be there; `None` where it should have ended.
    pub expected: Option<u8>,
}

impl ByteDifference {
    /// The first difference, if there is one.
    pub fn between(given: &[u8], expected: &[u8]) -> Option<Self> {
        let shorter = given.len().min(expected.len());
        let place = given.iter().zip(expected).position(|(given, expected)| given != expected);
        let offset_bytes = place.unwrap_or(shorter);
        let difference = Self {
            offset_bytes,
            given: given.get(offset_bytes).copied(),
            expected: expected.get(offset_bytes).copied(),
        };
        (difference.given != difference.expected).then_some(difference)
    }
}

/// `at byte 7: "a" (0x61), expected the end`. The first byte is byte 0.
impl fmt::Display for ByteDifference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |byte: Option<u8>| match byte {
            None => "the end".to_owned(),
            Some(byte) if byte.is_ascii_graphic() => format!("`{}` (0x{byte:02x})", char::from(byte)),
            Some(byte) => format!("0x{byte:02x}"),
        };
        let (given, expected) = (shown(self.given), shown(self.expected));
        write!(formatter, "at byte {}: {given}, expected {expected}", self.offset_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &str, expected: &str, text: Option<&str>) {
        let difference = ByteDifference::between(given.as_bytes(), expected.as_bytes());
        assert_eq!(difference.map(|difference| difference.to_string()).as_deref(), text);
    }

    #[test]
    fn the_first_difference_is_told_with_both_values() {
        check("abc", "abc", None);
        check("abc", "aXc", Some("at byte 1: `b` (0x62), expected `X` (0x58)"));
        check("abc", "ab", Some("at byte 2: `c` (0x63), expected the end"));
        check("a\n", "a", Some("at byte 1: 0x0a, expected the end"));
        check("", "é", Some("at byte 0: the end, expected 0xc3"));
    }
}
