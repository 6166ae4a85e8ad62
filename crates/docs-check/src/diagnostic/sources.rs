//! The documents that findings are shown in.

use std::collections::BTreeMap;

use crate::{Document, text::Text};

/// Documents as text, each read once for all findings that are shown.
#[derive(Debug)]
pub struct Sources<'d> {
    sources: Vec<Source<'d>>,
    places: BTreeMap<&'d str, usize>,
}

/// A document as text.
#[derive(Debug)]
pub(super) struct Source<'d> {
    pub(super) name: &'d str,
    text: Text<'d>,
}

impl<'d> Sources<'d> {
    /// The documents that were checked.
    pub fn new(documents: &[Document<'d>]) -> Self {
        let sources = documents.iter().map(|document| Source::new(document.name, document.bytes));
        let mut places = BTreeMap::new();
        for (place, document) in documents.iter().enumerate() {
            places.entry(document.name).or_insert(place);
        }
        Self { sources: sources.collect(), places }
    }

    pub(super) fn find(&self, name: &str) -> Option<&Source<'d>> {
        self.sources.get(*self.places.get(name)?)
    }
}

impl<'d> Source<'d> {
    pub(super) fn new(name: &'d str, bytes: &'d [u8]) -> Self {
        Self { name, text: Text::new(bytes) }
    }

    /// The line that a byte stands on, from one.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.text.source_line_of(offset)
    }

    /// Where a line begins, and its text without its break.
    pub(super) fn line(&self, number: usize) -> Option<(usize, &str)> {
        Some((self.text.source_line_start(number)?, self.text.source_line(number)))
    }
}
