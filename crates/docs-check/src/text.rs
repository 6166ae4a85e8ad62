//! The text of a document, with places that survive whatever bytes it was made of.

mod encoding;
mod origin;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

pub(crate) use encoding::Encoding;
pub(crate) use origin::Origin;

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

/// Lines of a text, by where they begin.
#[derive(Clone, Debug, Default)]
struct Layer<'t> {
    content: Cow<'t, str>,
    line_starts: Vec<usize>,
}

/// A document as text.
///
/// Readers see its content; places are told in its source. They are one and the same, unless the document is HTML or
/// begins with a mark of its encoding: then the content is made from the source, and the origin tells what from where.
#[derive(Clone, Debug)]
pub(crate) struct Text<'t> {
    source: Layer<'t>,
    content: Option<(Layer<'t>, Origin)>,
    encoding: Encoding,
    invalid: Vec<Span>,
}

impl<'t> Layer<'t> {
    fn new(content: impl Into<Cow<'t, str>>) -> Self {
        let content = content.into();
        let breaks = content.match_indices('\n').map(|(at, _)| at + 1);
        let mut line_starts: Vec<usize> = std::iter::once(0).chain(breaks).collect();
        line_starts.shrink_to_fit();
        Self { content, line_starts }
    }

    fn slice(&self, span: Span) -> &str {
        self.content.get(span.start..span.end).unwrap_or_default()
    }

    /// Place and beginning of the line that a byte stands on; lines count from zero.
    fn line(&self, offset: usize) -> (usize, usize) {
        let line = self.line_starts.partition_point(|start| *start <= offset).saturating_sub(1);
        (line, self.line_starts.get(line).copied().unwrap_or_default())
    }

    fn line_text(&self, line: usize) -> &str {
        let start = self.line_starts.get(line).copied().unwrap_or(self.content.len());
        let end = self.line_starts.get(line + 1).copied().unwrap_or(self.content.len());
        self.slice(Span::new(start, end)).trim_end_matches(['\n', '\r'])
    }
}

impl<'t> Text<'t> {
    /// Clean UTF-8 is not copied.
    pub(crate) fn new(bytes: &'t [u8]) -> Self {
        let decoded = encoding::decode(bytes);
        let text = Self {
            source: Layer::new(decoded.text),
            content: None,
            encoding: decoded.encoding,
            invalid: decoded.invalid,
        };
        match text.source.content.strip_prefix('\u{feff}') {
            Some(rest) => {
                let rest = rest.to_owned();
                text.read_as(rest, Origin::shifted('\u{feff}'.len_utf8()))
            }
            None => text,
        }
    }

    /// The same document, with a content that was made from what was its content.
    pub(crate) fn read_as(self, content: String, origin: Origin) -> Self {
        let origin = match &self.content {
            Some((_, before)) => origin.after(before),
            None => origin,
        };
        Self { content: Some((Layer::new(content), origin)), ..self }
    }

    /// The same text, for longer than the bytes that it was made of.
    pub(crate) fn into_owned(self) -> Text<'static> {
        let owned = |layer: Layer<'t>| Layer {
            content: Cow::Owned(layer.content.into_owned()),
            line_starts: layer.line_starts,
        };
        Text {
            source: owned(self.source),
            content: self.content.map(|(layer, origin)| (owned(layer), origin)),
            encoding: self.encoding,
            invalid: self.invalid,
        }
    }

    fn layer(&self) -> &Layer<'t> {
        self.content.as_ref().map_or(&self.source, |(layer, _)| layer)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.layer().content
    }

    /// The document as it was read, for those who show places in it.
    pub(crate) fn source(&self) -> &str {
        &self.source.content
    }

    /// How its bytes were written.
    pub(crate) const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Where bytes were no text, in the source.
    pub(crate) fn invalid(&self) -> &[Span] {
        &self.invalid
    }

    /// The text in a span; empty where the span cuts a character.
    pub(crate) fn slice(&self, span: Span) -> &str {
        self.layer().slice(span)
    }

    /// The span without white space at its ends.
    pub(crate) fn trim(&self, span: Span) -> Span {
        let text = self.slice(span);
        let start = span.start + (text.len() - text.trim_start().len());
        Span::new(start, start + text.trim().len())
    }

    /// Where a span of the content stands in the source.
    pub(crate) fn in_source(&self, span: Span) -> Span {
        let Some((_, origin)) = &self.content else { return span };
        let length = self.source.content.len();
        let floor = |mut offset: usize| {
            offset = offset.min(length);
            while !self.source.content.is_char_boundary(offset) {
                offset -= 1;
            }
            offset
        };
        let start = floor(origin.of(span.start));
        // The end is where the last character's origin ends, not where the next one's begins.
        let end = match span.end.checked_sub(1).filter(|last| *last >= span.start) {
            Some(last) => floor(origin.of(last) + 1),
            None => start,
        };
        Span::new(start, end.max(start))
    }

    /// Line and column of a byte of the source.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let (line, start) = self.source.line(offset);
        let column = match offset.saturating_sub(start) {
            bytes if bytes > CHARACTERS_COUNTED_MAX => bytes + 1,
            _ => self.source.slice(Span::new(start, offset)).chars().count() + 1,
        };
        Position { line: line + 1, column }
    }

    /// Line and column of a byte of the content.
    pub(crate) fn position_of(&self, offset: usize) -> Position {
        self.position(self.in_source(Span::new(offset, offset)).start)
    }

    /// Every line of the content without its line break.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Span> {
        let layer = self.layer();
        layer
            .line_starts
            .iter()
            .enumerate()
            .map(|(line, start)| Span::new(*start, start + layer.line_text(line).len()))
    }

    /// The whole line of the content that a byte of it stands on.
    pub(crate) fn line_at(&self, offset: usize) -> &str {
        let layer = self.layer();
        layer.line_text(layer.line(offset).0)
    }

    /// The number of the line of the source that a byte of it stands on, from one.
    pub(crate) fn source_line_of(&self, offset: usize) -> usize {
        self.source.line(offset).0 + 1
    }

    /// Where a line of the source begins, by its number from one.
    pub(crate) fn source_line_start(&self, number: usize) -> Option<usize> {
        self.source.line_starts.get(number.checked_sub(1)?).copied()
    }

    /// A line of the source by its number, which counts from one.
    pub(crate) fn source_line(&self, number: usize) -> &str {
        self.source.line_text(number.saturating_sub(1))
    }

    /// How many lines the source has.
    pub(crate) fn source_lines(&self) -> usize {
        self.source.line_starts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], offset: usize, expected: (usize, usize, &str)) {
        let text = Text::new(bytes);
        assert_eq!(text.as_str().len(), bytes.len());
        let position = text.position_of(offset);
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

    #[test]
    fn marks_of_an_encoding_are_no_content() {
        let text = Text::new("\u{feff}# A".as_bytes());
        assert_eq!((text.as_str(), text.in_source(Span::new(2, 3))), ("# A", Span::new(5, 6)));
    }
}
