//! What the parts of documents are about, for those who ask where a finding stands.

use smol_str::SmolStr;

use crate::{Place, interner::Interner, page::Page};

/// The headings of documents that open no part of an operation, by where they begin in the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Subjects {
    titles: Interner,
    /// Of each document its name, and for each heading its place and the number of its title.
    files: Vec<(SmolStr, Vec<(u32, u32)>)>,
}

impl Subjects {
    /// Notes the headings of the next document.
    pub(crate) fn look(&mut self, name: &str, page: &Page<'_>) {
        let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let headings = page.facts.headings.iter().filter(|heading| !heading.part);
        let subjects = headings.map(|heading| {
            let start = page.text.in_source(heading.span).start;
            (narrow(start), narrow(self.titles.number(&heading.title)))
        });
        let subjects: Vec<(u32, u32)> = subjects.collect();
        self.files.push((name.into(), subjects));
    }

    /// The title of the last subject before a place.
    pub(crate) fn at(&self, place: &Place) -> Option<&str> {
        let (_, subjects) = self.files.iter().find(|(name, _)| *name == place.file)?;
        let after = subjects.partition_point(|(start, _)| *start as usize <= place.span.start);
        let (_, title) = after.checked_sub(1).and_then(|index| subjects.get(index))?;
        Some(self.titles.text(*title as usize))
    }
}
