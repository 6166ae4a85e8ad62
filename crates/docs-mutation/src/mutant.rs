//! One slip in a page, and where its finding belongs.

use estoppel_docs_check::Span;

use crate::page::{Page, line_starts};

/// What a page is held to when its slip is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// The contract that it was generated from.
    ToContract,
    /// Nothing but itself: the slip contradicts something else on the page.
    ToItself,
}

/// A page with one slip.
#[derive(Clone, Debug, Default)]
pub struct Mutant {
    /// Replacements, in any order; none reaches into another.
    edits: Vec<(Span, Vec<u8>)>,
    /// Where the finding belongs besides the lines that were edited.
    near: Vec<Span>,
    /// Whether the edited lines are no place for the finding, because nothing of the cause is left on them.
    gone: bool,
}

/// A page after its slip.
#[derive(Clone, Debug)]
pub(crate) struct Mutated {
    pub(crate) bytes: Vec<u8>,
    /// First and last line of each place where the finding belongs.
    lines: Vec<(usize, usize)>,
}

impl Mutant {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Puts a text in place of another.
    pub(crate) fn replace(mut self, span: Span, text: impl Into<String>) -> Self {
        self.edits.push((span, text.into().into_bytes()));
        self
    }

    /// Puts bytes in place of a text.
    pub(crate) fn replace_bytes(mut self, span: Span, bytes: &[u8]) -> Self {
        self.edits.push((span, bytes.to_owned()));
        self
    }

    pub(crate) fn insert(self, at: usize, text: impl Into<String>) -> Self {
        self.replace(Span::new(at, at), text)
    }

    /// Takes a text out; its finding belongs elsewhere.
    pub(crate) fn remove(mut self, span: Span) -> Self {
        self.gone = true;
        self.replace(span, "")
    }

    /// A place where the finding belongs.
    pub(crate) fn near(mut self, span: Span) -> Self {
        self.near.push(span);
        self
    }

    /// The first offset that is edited.
    pub(crate) fn start(&self) -> usize {
        self.edits.iter().map(|(span, _)| span.start).min().unwrap_or_default()
    }

    pub(crate) fn apply(&self, page: &Page) -> Mutated {
        let source = page.text.as_bytes();
        let mut edits: Vec<&(Span, Vec<u8>)> = self.edits.iter().collect();
        edits.sort_by_key(|(span, _)| *span);
        let mut bytes = Vec::with_capacity(source.len() + 1_000);
        let mut kept = 0;
        let mut edited = Vec::new();
        for (span, text) in &edits {
            bytes.extend_from_slice(source.get(kept..span.start).unwrap_or_default());
            edited.push((bytes.len(), bytes.len() + text.len()));
            bytes.extend_from_slice(text);
            kept = span.end.max(kept);
        }
        bytes.extend_from_slice(source.get(kept..).unwrap_or_default());
        let starts = line_starts(&bytes);
        let line = |offset: usize| starts.partition_point(|start| *start <= offset);
        let moved = |offset: usize| {
            let before = edits.iter().zip(&edited).rfind(|((span, _), _)| span.start <= offset);
            before.map_or(offset, |((span, _), (_, end))| {
                // What was replaced stands at the end of what replaces it.
                end + offset.saturating_sub(span.end)
            })
        };
        let of_edits = edited.iter().filter(|_| !self.gone);
        // A text that ends a line does not reach into the next one.
        let mut lines: Vec<(usize, usize)> =
            of_edits.map(|(start, end)| (line(*start), line(end.saturating_sub(1).max(*start)))).collect();
        lines.extend(
            self.near.iter().map(|span| {
                (line(moved(span.start)), line(moved(span.end.saturating_sub(1).max(span.start))))
            }),
        );
        Mutated { bytes, lines }
    }
}

impl Mutated {
    /// Whether a finding on this line is where it belongs.
    pub(crate) fn expects(&self, line: usize) -> bool {
        self.lines.iter().any(|(first, last)| (*first..=*last).contains(&line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(mutant: &Mutant, text: &str, lines: &[usize]) {
        let mutated = mutant.apply(&Page::new("one\ntwo\nthree\nfour\n"));
        assert_eq!(String::from_utf8(mutated.bytes.clone()).unwrap(), text);
        let expected: Vec<usize> = (1..9).filter(|line| mutated.expects(*line)).collect();
        assert_eq!(expected, lines);
    }

    #[test]
    fn places_move_with_what_is_put_in_front_of_them() {
        check(&Mutant::new().replace(Span::new(4, 7), "2"), "one\n2\nthree\nfour\n", &[2]);
        check(&Mutant::new().insert(0, "zero\n"), "zero\none\ntwo\nthree\nfour\n", &[1]);
        check(
            &Mutant::new().insert(0, "a\nb\n").near(Span::new(8, 13)),
            "a\nb\none\ntwo\nthree\nfour\n",
            &[1, 2, 5],
        );
        check(&Mutant::new().remove(Span::new(4, 8)).near(Span::new(8, 9)), "one\nthree\nfour\n", &[2]);
        check(
            &Mutant::new().replace(Span::new(0, 3), "1").replace(Span::new(8, 13), "3"),
            "1\ntwo\n3\nfour\n",
            &[1, 3],
        );
    }
}
