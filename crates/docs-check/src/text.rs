//! The text of a document, with places that survive whatever bytes it was made of.

use schemars::JsonSchema;
use serde::Serialize;

/// A range of bytes in a document, end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte.
    pub end: usize,
}

impl Span {
    /// The range from `start` to before `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `other` lies inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The same range, further into the document.
    pub(crate) const fn moved(self, offset: usize) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }
}

/// A line and column, both from one; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// Further right in a line than this, columns count bytes: a page of one endless line must not cost its square.
const CHARACTERS_COUNTED_MAX: usize = 10_000;

/// A document as text. Bytes that are not UTF-8 become question marks, one each, so that offsets stay true.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    content: String,
    line_starts: Vec<usize>,
    invalid: Vec<Span>,
}

impl Text {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let mut content = String::with_capacity(bytes.len());
        let mut invalid = Vec::new();
        for chunk in bytes.utf8_chunks() {
            content.push_str(chunk.valid());
            let start = content.len();
            content.extend(std::iter::repeat_n('?', chunk.invalid().len()));
            if !chunk.invalid().is_empty() {
                invalid.push(Span::new(start, content.len()));
            }
        }
        let breaks = content.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(breaks).collect();
        Self { content, line_starts, invalid }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.content
    }

    /// Where bytes were not UTF-8.
    pub(crate) fn invalid(&self) -> &[Span] {
        &self.invalid
    }

    /// The text in a span; empty where the span cuts a character.
    pub(crate) fn slice(&self, span: Span) -> &str {
        self.content.get(span.start..span.end).unwrap_or_default()
    }

    /// The span without white space at its ends.
    pub(crate) fn trim(&self, span: Span) -> Span {
        let text = self.slice(span);
        let start = span.start + (text.len() - text.trim_start().len());
        Span::new(start, start + text.trim().len())
    }

    /// Line and column of a byte.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let line = self.line_starts.partition_point(|start| *start <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or_default();
        let column = match offset.saturating_sub(start) {
            bytes if bytes > CHARACTERS_COUNTED_MAX => bytes + 1,
            _ => self.slice(Span::new(start, offset)).chars().count() + 1,
        };
        Position { line, column }
    }

    /// Every line without its line break.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Span> {
        self.line_starts.iter().enumerate().map(|(index, start)| {
            let next = self.line_starts.get(index + 1).copied().unwrap_or(self.content.len());
            let line = self.slice(Span::new(*start, next));
            Span::new(*start, start + line.trim_end_matches(['\n', '\r']).len())
        })
    }

    /// The whole line that a byte stands on.
    pub(crate) fn line_at(&self, offset: usize) -> &str {
        let line = self.line_starts.partition_point(|start| *start <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or_default();
        let end = self.line_starts.get(line).copied().unwrap_or(self.content.len());
        self.slice(Span::new(start, end)).trim_end_matches(['\n', '\r'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], offset: usize, expected: (usize, usize, &str)) {
        let text = Text::new(bytes);
        assert_eq!(text.as_str().len(), bytes.len());
        let position = text.position(offset);
        assert_eq!((position.line, position.column, text.line_at(offset)), expected);
    }

    #[test]
    fn places_are_told_by_line_and_character() {
        check(b"", 0, (1, 1, ""));
        check(b"a\nbc", 3, (2, 2, "bc"));
        check(b"a\r\nbc\r\n", 4, (2, 2, "bc"));
        check("é=x".as_bytes(), 2, (1, 2, "é=x"));
        check(b"a\xff\xfe\nb", 4, (2, 1, "b"));
    }

    #[test]
    fn bytes_that_are_no_text_are_remembered() {
        assert_eq!(Text::new(b"a\xff\xfeb").invalid(), [Span::new(1, 2), Span::new(2, 3)]);
        assert_eq!(Text::new("à".as_bytes()).invalid(), []);
    }
}
