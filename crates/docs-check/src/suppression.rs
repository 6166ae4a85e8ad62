//! Comments that allow a finding: `<!-- estoppel: allow DOC-HOST -->`.
//!
//! At the end of a line a comment speaks for its line. Alone on a line it speaks for the paragraph, table or example
//! after it, up to the next empty line. `allow-file` speaks for the whole document.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

use crate::{Span, text::Text};

static COMMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"<!--\s*estoppel:\s*(?P<verb>allow-file|allow)\s+(?P<rules>DOC-[A-Z0-9-]+(?:[\s,]+DOC-[A-Z0-9-]+)*)[^\n]*?-->").ok()
});
static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"DOC-[A-Z0-9-]+").ok());

/// One rule that a comment allows on some lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Suppression {
    pub(crate) rule: String,
    /// The first and the last line, from one.
    pub(crate) lines: (usize, usize),
    /// Where the comment stands in the source.
    pub(crate) span: Span,
}

/// The comments of all documents, so that each finding is compared with few of them.
#[derive(Debug)]
pub(crate) struct Index {
    /// Those that speak for a whole document.
    files: Comments<(usize, String)>,
    /// Those that speak for their line.
    lines: Comments<(usize, String, usize)>,
    /// Those that speak for what follows: where each begins, and where its paragraph ends. Later ones never end before.
    paragraphs: Paragraphs,
    used: Vec<bool>,
}

/// Numbers of comments.
type Comments<K> = BTreeMap<K, Vec<usize>>;

/// Of each page and rule, where what a comment speaks for begins and ends, and the comment's number.
type Paragraphs = BTreeMap<(usize, String), Vec<(usize, usize, usize)>>;

impl Index {
    /// `page_of` gives the first page of the same name.
    pub(crate) fn new(comments: &[(usize, Suppression)], page_of: impl Fn(usize) -> Option<usize>) -> Self {
        let mut index = Self {
            files: BTreeMap::new(),
            lines: BTreeMap::new(),
            paragraphs: BTreeMap::new(),
            used: vec![false; comments.len()],
        };
        for (number, (page, comment)) in comments.iter().enumerate() {
            let Some(page) = page_of(*page) else { continue };
            let (rule, (first, last)) = (comment.rule.clone(), comment.lines);
            if last == usize::MAX {
                index.files.entry((page, rule)).or_default().push(number);
            } else if first == last {
                index.lines.entry((page, rule, first)).or_default().push(number);
            } else {
                index.paragraphs.entry((page, rule)).or_default().push((first, last, number));
            }
        }
        index.paragraphs.values_mut().for_each(|ranges| ranges.sort_unstable());
        index
    }

    /// Whether a comment allows the rule on this line; those that do are used.
    pub(crate) fn hides(&mut self, page: usize, rule: &'static str, line: usize) -> bool {
        let of_page = (page, rule.to_owned());
        let ranges = self.paragraphs.get(&of_page).map_or(&[][..], Vec::as_slice);
        let before = ranges.partition_point(|(first, ..)| *first <= line);
        let here = ranges.iter().take(before).rev().take_while(|(_, last, _)| *last >= line);
        let files = self.files.get(&of_page).into_iter().flatten().copied();
        let lines = self.lines.get(&(page, of_page.1.clone(), line)).into_iter().flatten().copied();
        let found = files.take(COMMENTS_MAX).chain(lines.take(COMMENTS_MAX));
        let mut hidden = false;
        for comment in found.chain(here.map(|(.., comment)| *comment).take(COMMENTS_MAX)) {
            hidden = true;
            self.used.iter_mut().skip(comment).take(1).for_each(|used| *used = true);
        }
        hidden
    }

    /// For each comment whether it allowed something.
    pub(crate) fn used(self) -> Vec<bool> {
        self.used
    }
}

/// Comments of one kind that allow one finding; more of them allow nothing more.
const COMMENTS_MAX: usize = 64;

/// The suppressions of a document.
pub(crate) fn find(text: &Text<'_>) -> Vec<Suppression> {
    let source = text.source();
    if !source.contains("estoppel:") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut ends = (0, 0);
    for captures in COMMENT.as_ref().into_iter().flat_map(|comment| comment.captures_iter(source)) {
        let (Some(whole), Some(verb), Some(rules)) =
            (captures.get(0), captures.name("verb"), captures.name("rules"))
        else {
            continue;
        };
        let line = text.position(whole.start()).line;
        let lines = if verb.as_str() == "allow-file" {
            (1, usize::MAX)
        } else {
            reach(text, line, whole.as_str(), &mut ends)
        };
        let span = Span::new(whole.start(), whole.end());
        let names = RULE.as_ref().into_iter().flat_map(|rule| rule.find_iter(rules.as_str()));
        found.extend(names.map(|rule| Suppression { rule: rule.as_str().to_owned(), lines, span }));
    }
    found
}

/// The lines that a comment on this line speaks for. Comments of one paragraph end with it: `known` is the last line of
/// one and where it ends.
fn reach(text: &Text<'_>, line: usize, comment: &str, known: &mut (usize, usize)) -> (usize, usize) {
    if text.source_line(line).trim() != comment {
        return (line, line);
    }
    if line > known.0 && line < known.1 {
        return (line, known.1);
    }
    let empty = |line: usize| text.source_line(line).trim().is_empty();
    let last = text.source_lines();
    let mut end = line + 1;
    while end <= last && empty(end) {
        end += 1;
    }
    while end < last && !empty(end + 1) {
        end += 1;
    }
    *known = (line, end);
    (line, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: &[(&str, (usize, usize))]) {
        let found = find(&Text::new(page.as_bytes()));
        let found: Vec<_> = found.iter().map(|known| (known.rule.as_str(), known.lines)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn comments_speak_for_lines() {
        check("a\nb <!-- estoppel: allow DOC-HOST -->\nc\n", &[("DOC-HOST", (2, 2))]);
        check(
            "<!-- estoppel: allow DOC-HOST, DOC-LINK: old -->\n\na\nb\n\nc\n",
            &[("DOC-HOST", (1, 4)), ("DOC-LINK", (1, 4))],
        );
        check("a\n<!-- estoppel: allow-file DOC-HOST -->\n", &[("DOC-HOST", (1, usize::MAX))]);
        check("<!-- estoppel: allow everything -->\n<!-- allow DOC-HOST -->\n", &[]);
    }
}
