//! Short texts, put together without an allocation.

use std::fmt;

use estoppel_values::Text;

/// One line of text in the making: 128 bytes on the stack. What does not fit is left out, part by part.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    bytes: [u8; Self::CAPACITY],
    length: usize,
}

impl Default for Line {
    fn default() -> Self {
        Self::new()
    }
}

impl Line {
    const CAPACITY: usize = 128;

    /// An empty line.
    pub const fn new() -> Self {
        Self { bytes: [0; Self::CAPACITY], length: 0 }
    }

    /// The line with `part` at its end.
    pub fn text(&mut self, part: &str) -> &mut Self {
        self.push(part.as_bytes());
        self
    }

    /// The line with the ASCII letters and digits of `part` at its end, in lower case.
    pub fn plain(&mut self, part: &str) -> &mut Self {
        for character in part.bytes().filter(u8::is_ascii_alphanumeric) {
            if let Some(free) = self.bytes.get_mut(self.length) {
                *free = character.to_ascii_lowercase();
                self.length += 1;
            }
        }
        self
    }

    /// The line with a number at its end, with zeros before it up to `digits` digits.
    pub fn number(&mut self, number: u64, digits: usize) -> &mut Self {
        let mut decimal = [b'0'; 20];
        let mut rest = number;
        let mut needed = 0;
        for (place, digit) in decimal.iter_mut().rev().enumerate() {
            if rest == 0 && place >= digits.max(1) {
                break;
            }
            *digit = b'0' + u8::try_from(rest % 10).unwrap_or_default();
            rest /= 10;
            needed = place + 1;
        }
        let written = decimal.get(decimal.len() - needed..).unwrap_or_default();
        self.push(written);
        self
    }

    /// The line with what a value shows at its end, as far as it fits.
    pub fn display(&mut self, value: impl fmt::Display) -> &mut Self {
        // Writing to a line never fails, and a value that fails to show itself shows what it wrote.
        let _ = fmt::write(self, format_args!("{value}"));
        self
    }

    fn push(&mut self, part: &[u8]) {
        let end = self.length + part.len();
        if let Some(free) = self.bytes.get_mut(self.length..end) {
            free.copy_from_slice(part);
            self.length = end;
        }
    }

    /// The text so far.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.bytes.get(..self.length).unwrap_or_default()).unwrap_or_default()
    }

    /// The finished text.
    pub fn finish(&self) -> Text {
        Text::from(self.as_str())
    }
}

impl fmt::Write for Line {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        self.text(part);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_follow_each_other() {
        let mut line = Line::new();
        line.text("No. ").number(0, 0).text("/").number(42, 5).text(" ").plain("O'Hara");
        assert_eq!(line.as_str(), "No. 0/00042 ohara");
        assert_eq!(Line::new().number(u64::MAX, 3).as_str(), "18446744073709551615");
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let full = "é".repeat(63);
        assert_eq!(Line::new().text(&full).text("long").text("ok").as_str(), format!("{full}ok"));
    }
}
