//! The documents that findings are shown in.

use crate::{Document, source_text};

/// Documents as text, each read once for all findings that are shown.
#[derive(Debug)]
pub struct Sources {
    sources: Vec<Source>,
}

/// A document as text.
#[derive(Debug)]
pub(super) struct Source {
    name: String,
    text: String,
    /// Where each line begins.
    line_starts: Vec<usize>,
}

impl Sources {
    /// The documents that were checked.
    pub fn new(documents: &[Document<'_>]) -> Self {
        let sources = documents.iter().map(|document| Source::new(document.name, document.bytes));
        Self { sources: sources.collect() }
    }

    pub(super) fn find(&self, name: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.name == name)
    }
}

impl Source {
    pub(super) fn new(name: &str, bytes: &[u8]) -> Self {
        let text = source_text(&Document { name, bytes });
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(breaks).collect();
        Self { name: name.to_owned(), text, line_starts }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The line that a byte stands on, from zero.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Where a line begins, and its text without its break.
    pub(super) fn line(&self, number: usize) -> Option<(usize, &str)> {
        let start = *self.line_starts.get(number)?;
        let end = self.line_starts.get(number + 1).copied().unwrap_or(self.text.len());
        Some((start, self.text.get(start..end)?.trim_end_matches(['\n', '\r'])))
    }
}
