//! Comments that allow a finding: `<!-- estoppel: allow DOC-HOST -->`.
//!
//! At the end of a line a comment speaks for its line. Alone on a line it speaks for the paragraph, table or example
//! after it, up to the next empty line. `allow-file` speaks for the whole document.

use std::sync::LazyLock;

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

impl Suppression {
    pub(crate) fn covers(&self, rule: &str, line: usize) -> bool {
        self.rule == rule && (self.lines.0..=self.lines.1).contains(&line)
    }
}

/// The suppressions of a document.
pub(crate) fn find(text: &Text<'_>) -> Vec<Suppression> {
    let source = text.source();
    if !source.contains("estoppel:") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for captures in COMMENT.as_ref().into_iter().flat_map(|comment| comment.captures_iter(source)) {
        let (Some(whole), Some(verb), Some(rules)) =
            (captures.get(0), captures.name("verb"), captures.name("rules"))
        else {
            continue;
        };
        let line = text.position(whole.start()).line;
        let lines =
            if verb.as_str() == "allow-file" { (1, usize::MAX) } else { reach(text, line, whole.as_str()) };
        let span = Span::new(whole.start(), whole.end());
        let names = RULE.as_ref().into_iter().flat_map(|rule| rule.find_iter(rules.as_str()));
        found.extend(names.map(|rule| Suppression { rule: rule.as_str().to_owned(), lines, span }));
    }
    found
}

/// The lines that a comment on this line speaks for.
fn reach(text: &Text<'_>, line: usize, comment: &str) -> (usize, usize) {
    if text.source_line(line).trim() != comment {
        return (line, line);
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
