//! One page: its facts, the parts of it that stand in HTML comments, and a fence that is never closed.

use crate::{
    Facts, Markup, Span,
    edition::surface::At,
    extract::{self, Reading},
    text::Text,
};

/// A page, read.
#[derive(Debug)]
pub(super) struct PageRead {
    pub(super) facts: Facts,
    /// Where a fence opens that is never closed, though the page goes on after it.
    pub(super) open_fence: Option<Span>,
    /// Comments and what they would state.
    pub(super) comments: Vec<(Span, PageRead)>,
    text: Text<'static>,
    /// Where fences were closed for reading: offset and number of the bytes that were put in.
    closed: Vec<(usize, usize)>,
}

impl PageRead {
    /// A place of the facts in the page as it was written.
    pub(super) fn at(&self, file: usize, span: Span) -> At {
        let span = self.text.in_source(span);
        At { file, span: Span::new(self.back(span.start), self.back(span.end)), pointer: None }
    }

    fn back(&self, offset: usize) -> usize {
        let mut back = offset;
        for (start, length) in self.closed.iter().rev() {
            if back >= start + length {
                back -= length;
            } else if back > *start {
                back = *start;
            }
        }
        back
    }

    fn plain(bytes: &[u8]) -> Self {
        let Reading { text, facts, .. } = extract::read(bytes);
        Self { facts, open_fence: None, comments: Vec::new(), text: text.into_owned(), closed: Vec::new() }
    }
}

/// Reads a page.
pub(super) fn read(bytes: &[u8]) -> PageRead {
    let mut page = PageRead::plain(bytes);
    let source = page.text.source().to_owned();
    let lines = Lines::of(&source);
    let comments = lines.comments.iter().map(|(whole, inside)| {
        let inside = source.get(inside.start..inside.end).unwrap_or_default();
        (*whole, PageRead::plain(inside.as_bytes()))
    });
    page.comments = comments.collect();
    let (false, Markup::Markdown) = (lines.cuts.is_empty(), page.facts.markup) else { return page };
    let mut repaired = String::with_capacity(source.len() + 16);
    let mut closed = Vec::new();
    let mut done = 0;
    for cut in &lines.cuts {
        repaired.push_str(source.get(done..cut.at).unwrap_or_default());
        let closing = format!("{}\n", cut.fence);
        closed.push((repaired.len(), closing.len()));
        repaired.push_str(&closing);
        done = cut.at;
    }
    repaired.push_str(source.get(done..).unwrap_or_default());
    let open_fence = lines.cuts.first().map(|cut| cut.opening);
    PageRead { open_fence, closed, comments: page.comments, ..PageRead::plain(repaired.as_bytes()) }
}

/// Where a fence that is never closed must be closed.
#[derive(Debug)]
struct Cut {
    opening: Span,
    at: usize,
    fence: String,
}

/// What the lines of a page tell of fences and comments.
#[derive(Debug, Default)]
struct Lines {
    cuts: Vec<Cut>,
    /// Comments that begin a line: the whole, and what stands inside.
    comments: Vec<(Span, Span)>,
}

/// A fence that is open.
#[derive(Debug)]
struct Open {
    line: Span,
    mark: char,
    length: usize,
    /// Where its content begins.
    content: usize,
}

impl Lines {
    fn of(source: &str) -> Self {
        let mut found = Self::default();
        let mut open: Option<Open> = None;
        let mut at = 0;
        while at < source.len() {
            let rest = source.get(at..).unwrap_or_default();
            let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
            let line = rest.get(..length).unwrap_or_default();
            let (start, end) = (at, at + length);
            at = end;
            let fence = fence(line);
            match (&open, fence) {
                (None, Some((mark, count, _))) => {
                    let written = Span::new(start, start + line.trim_end().len());
                    open = Some(Open { line: written, mark, length: count, content: end });
                }
                (Some(known), Some((mark, count, told))) if mark == known.mark && count >= known.length => {
                    if told.is_empty() {
                        open = None;
                    } else if let Some(cut) = cut(source, known, start) {
                        // A fence inside a fence: the first was never closed.
                        at = cut.at;
                        found.cuts.push(cut);
                        open = None;
                    }
                }
                (None, None) if line.trim_start().starts_with("<!--") => {
                    let begin = start + (line.len() - line.trim_start().len());
                    let body = source.get(begin + 4..).unwrap_or_default();
                    let inside = body.find("-->").unwrap_or(body.len());
                    let close = (begin + 4 + inside + 3).min(source.len());
                    found.comments.push((Span::new(begin, close), Span::new(begin + 4, begin + 4 + inside)));
                    let after = source.get(close..).unwrap_or_default();
                    at = close + after.find('\n').map_or(after.len(), |end| end + 1);
                }
                _ => {}
            }
            if at >= source.len()
                && let Some(known) = open.take()
                && let Some(cut) = cut(source, &known, source.len())
            {
                at = cut.at;
                found.cuts.push(cut);
            }
        }
        found
    }
}

/// The mark of a fence, how often it stands, and what is told after it.
fn fence(line: &str) -> Option<(char, usize, &str)> {
    let inside = line.trim_end().trim_start_matches(' ');
    let mark = inside.chars().next().filter(|mark| ['`', '~'].contains(mark))?;
    let told = inside.trim_start_matches(mark);
    let count = inside.len() - told.len();
    (count >= 3 && !told.contains(mark)).then_some((mark, count, told.trim()))
}

/// Where the content of an open fence ends: after its braces, or before the next heading, at the latest at `limit`.
/// None where nothing comes after it.
fn cut(source: &str, open: &Open, limit: usize) -> Option<Cut> {
    let content = source.get(open.content..limit)?;
    let is_json = content.trim_start().starts_with(['{', '[']);
    let mut depth = 0_i64;
    let mut at = open.content;
    let mut end = limit;
    for line in content.split_inclusive('\n') {
        let heading = line.starts_with('#') && line.trim_start_matches('#').starts_with(' ');
        let blank = line.trim().is_empty();
        if heading || (blank && !is_json && at > open.content) {
            end = at;
            break;
        }
        at += line.len();
        depth += balance(line);
        if is_json && !blank && depth <= 0 {
            end = at;
            break;
        }
    }
    let swallowed = source.get(end..)?;
    let goes_on = !swallowed.trim().is_empty() && source.get(..end)?.ends_with('\n');
    let fence = open.mark.to_string().repeat(open.length);
    goes_on.then_some(Cut { opening: open.line, at: end, fence })
}

/// Opening minus closing braces and brackets, outside texts.
fn balance(line: &str) -> i64 {
    let mut depth = 0;
    let mut quoted = false;
    let mut escaped = false;
    for character in line.chars() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth -= 1,
            _ => {}
        }
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, open_fence: Option<&str>, operations: &[&str], comments: usize) {
        let read = read(page.as_bytes());
        let paths: Vec<_> = read
            .facts
            .operations
            .iter()
            .map(|operation| {
                let span = read.at(0, operation.span).span;
                assert!(page[span.start..span.end].ends_with(&operation.path), "{page}");
                operation.path.as_str()
            })
            .collect();
        assert_eq!(paths, operations, "{page}");
        assert_eq!(read.open_fence.map(|span| &page[span.start..span.end]), open_fence, "{page}");
        assert_eq!(read.comments.len(), comments, "{page}");
    }

    #[test]
    fn fences_and_comments_are_seen() {
        check("# A\n\n```json\n{}\n```\n\n`GET /a`\n", None, &["/a"], 0);
        check("# A\n\n```json\n{\n\"a\": 1\n}\n\n`GET /a`\n", Some("```json"), &["/a"], 0);
        check(
            "# A\n\n```json\n{}\n\n`GET /a`\n\n```json\n{}\n```\n\n`GET /b`\n",
            Some("```json"),
            &["/a", "/b"],
            0,
        );
        check("# A\n\n~~~\ntext\n\n## B\n\n`GET /a`\n", Some("~~~"), &["/a"], 0);
        check("# A\n\n`GET /a`\n\n```json\n{}\n", None, &["/a"], 0);
        check("````md\n```json\n{}\n```\n````\n\n`GET /a`\n", None, &["/a"], 0);
        check("<!--\n# A\n\n`GET /a`\n-->\n\n# B\n\n`GET /b`\n", None, &["/b"], 1);
        check("<!--\n# A\n\n`GET /a`\n", None, &[], 1);
        check("```html\n<!-- x -->\n```\n\n`GET /b`\n", None, &["/b"], 0);
    }
}
