//! The lines of a document that a finding is about, and nothing else: however long a document or a line of it is, what
//! is shown stays short.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::sources::Source;
use crate::Span;

/// Most characters of a line that are shown.
const LINE_MAX: usize = 240;
/// Characters that are shown before the first place of a longer line.
const LEAD: usize = 60;
/// Lines that are shown before and after a place.
const CONTEXT_LINES: usize = 1;
/// Stands where a line is cut.
const CUT: &str = "…";

/// Some lines of a document, joined.
#[derive(Debug)]
pub(super) struct Excerpt {
    name: String,
    text: String,
    lines: Vec<Line>,
}

/// A line of an excerpt.
#[derive(Debug)]
struct Line {
    /// Its number in the document, from one.
    number: usize,
    /// Where it begins in the excerpt.
    start: usize,
    /// The column at which what is shown of it begins, from zero.
    column: usize,
    /// Where what is shown of it begins in the document.
    origin: usize,
    /// Bytes of the mark that it is cut, in front.
    mark: usize,
    /// Bytes of the line that are shown.
    shown: usize,
}

impl Excerpt {
    /// The lines around these places.
    pub(super) fn new(source: &Source<'_>, places: &[Span]) -> Self {
        let mut numbers: Vec<(usize, Option<Span>)> = Vec::new();
        for place in places {
            let (first, last) = (source.line_of(place.start), source.line_of(place.end));
            for number in first.saturating_sub(CONTEXT_LINES)..=last.saturating_add(CONTEXT_LINES) {
                let marked = (first..=last).contains(&number).then_some(*place);
                numbers.push((number, marked));
            }
        }
        // Where a line has several places the first one counts.
        numbers.sort_by_key(|(number, place)| (*number, place.is_none(), place.map(|place| place.start)));
        numbers.dedup_by_key(|(number, _)| *number);
        let mut excerpt = Self { name: source.name.to_owned(), text: String::new(), lines: Vec::new() };
        for (number, place) in numbers {
            if let Some((start, line)) = source.line(number) {
                excerpt.push(number, start, line, place);
            }
        }
        excerpt
    }

    fn push(&mut self, number: usize, origin: usize, line: &str, place: Option<Span>) {
        let wanted = place.map_or(0, |place| place.start.saturating_sub(origin));
        let (from, shown) = window(line, wanted);
        let is_cut_after = from + shown.len() < line.len();
        let start = self.text.len();
        let mark = if from > 0 { CUT } else { "" };
        self.lines.push(Line {
            number,
            start,
            column: if from > 0 { line.get(..from).map_or(from, |before| before.chars().count()) } else { 0 },
            origin: origin + from,
            mark: mark.len(),
            shown: shown.len(),
        });
        self.text.push_str(mark);
        self.text.push_str(shown);
        self.text.push_str(if is_cut_after { CUT } else { "" });
        self.text.push('\n');
    }

    /// Where a place of the document stands in the excerpt, as far as it is shown.
    pub(super) fn place(&self, place: Span) -> Option<Span> {
        let at = |offset: usize| {
            let line = self.lines.partition_point(|line| line.origin <= offset).checked_sub(1)?;
            let line = self.lines.get(line)?;
            let inside = offset - line.origin;
            Some((line.start + line.mark + inside.min(line.shown), inside <= line.shown))
        };
        let (start, true) = at(place.start)? else { return None };
        let (end, _) = at(place.end)?;
        Some(Span::new(start, end.max(start)))
    }

    /// The line of the excerpt that a byte of it stands on.
    fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.start <= offset).saturating_sub(1)
    }

    /// Lines before or after this one, without a gap between them.
    fn reach(&self, from: usize, lines: usize, next: impl Fn(usize) -> Option<usize>) -> usize {
        let number = |line: usize| self.lines.get(line).map(|line| line.number);
        let mut at = from;
        for _ in 0..lines {
            match next(at) {
                Some(to) if number(to).zip(number(at)).is_some_and(|(to, at)| to.abs_diff(at) == 1) => {
                    at = to;
                }
                _ => break,
            }
        }
        at
    }
}

/// What is shown of a line: where it begins, and the text. `wanted` is the byte that has to be seen.
fn window(line: &str, wanted: usize) -> (usize, &str) {
    if line.len() <= LINE_MAX {
        return (0, line);
    }
    let floor = |offset: usize| {
        let mut offset = offset.min(line.len());
        while !line.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    let from = if wanted + LEAD <= LINE_MAX { 0 } else { floor(wanted - LEAD) };
    let shown = line.get(from..).unwrap_or_default();
    let end = shown.char_indices().nth(LINE_MAX).map_or(shown.len(), |(at, _)| at);
    (from, shown.get(..end).unwrap_or(shown))
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_lines_before: usize,
        context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset().saturating_add(span.len());
        let first = self.line_at(span.offset());
        let last = self.line_at(end.saturating_sub(1).max(span.offset()));
        let first = self.reach(first, context_lines_before, |line| line.checked_sub(1));
        let last = self.reach(last, context_lines_after, |line| Some(line + 1));
        let line = self.lines.get(first).ok_or(MietteError::OutOfBounds)?;
        let (from, column) = if context_lines_before == 0 {
            let before = self.text.get(line.start + line.mark..span.offset()).unwrap_or_default();
            (span.offset(), line.column + before.chars().count())
        } else {
            (line.start, 0)
        };
        let to = match context_lines_after {
            0 => end,
            _ => self.lines.get(last + 1).map_or(self.text.len(), |next| next.start),
        };
        let data = self.text.get(from..to).ok_or(MietteError::OutOfBounds)?;
        let span = SourceSpan::from((from, data.len()));
        let lines = last + 1 - first;
        let name = self.name.clone();
        Ok(Box::new(MietteSpanContents::new_named(
            name,
            data.as_bytes(),
            span,
            line.number - 1,
            column,
            lines,
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines that are shown around places, with the number of each from one, and the column of the first place.
    fn check(page: &str, places: &[Span], expected: &[&str], column: usize) {
        let source = Source::new("page.md", page.as_bytes());
        let excerpt = Excerpt::new(&source, places);
        let shown: Vec<String> = excerpt
            .lines
            .iter()
            .zip(excerpt.text.lines())
            .map(|(line, text)| format!("{} {text}", line.number))
            .collect();
        assert_eq!(shown, expected);
        let place = excerpt.place(places[0]).unwrap();
        assert_eq!(excerpt.text[place.start..place.end], page[places[0].start..places[0].end]);
        let contents = excerpt.read_span(&(place.start, place.end - place.start).into(), 0, 0).unwrap();
        assert_eq!(contents.column() + 1, column);
    }

    #[test]
    fn only_lines_around_places_are_shown() {
        let page = "a\nb\nc\nd\ne\nf\ng\n";
        check(page, &[Span::new(2, 3)], &["1 a", "2 b", "3 c"], 1);
        check(page, &[Span::new(12, 13), Span::new(0, 1)], &["1 a", "2 b", "6 f", "7 g", "8 "], 1);
        check("é é", &[Span::new(3, 5)], &["1 é é"], 3);
    }

    #[test]
    fn long_lines_are_cut_around_their_first_place() {
        let line = "x".repeat(1_000);
        let page = format!("{line}boat{line}");
        let shown = format!("1 …{}boat{}…", "x".repeat(60), "x".repeat(176));
        check(&page, &[Span::new(1_000, 1_004)], &[&shown], 1_001);
        let source = Source::new("page.md", page.as_bytes());
        let excerpt = Excerpt::new(&source, &[Span::new(1_000, 1_004)]);
        assert_eq!(excerpt.place(Span::new(3, 4)), None);
        assert_eq!(excerpt.place(Span::new(2_000, 2_001)), None);
    }
}
