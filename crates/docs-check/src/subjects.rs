//! What the parts of documents are about, for those who ask where a finding stands.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::{Announced, Place, Span, described, facts::SCOPES_MAX, page::Page};

/// The operations of documents and what their sentences announce, by where they stand in the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Subjects {
    files: Vec<File>,
    places: BTreeMap<SmolStr, usize>,
}

/// The same of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
struct File {
    /// The part of the document that describes an operation, and which of the contract it is.
    operations: Vec<(Range, Option<&'static str>)>,
    /// Sentences that announce what does not follow.
    announcements: Vec<(Range, Announced)>,
}

/// Where something begins and ends; there can be many.
type Range = (u32, u32);

impl Subjects {
    /// Notes the parts of the next document.
    pub(crate) fn look(&mut self, name: &str, page: &Page<'_>) {
        let place = |span: Span| {
            let span = page.text.in_source(span);
            (narrow(span.start), narrow(span.end))
        };
        let operations = page.facts.operations.iter().map(|operation| {
            let known = page.contract.and_then(|contract| described::operation(contract, operation));
            (place(operation.scope), known.map(|known| known.spec.id))
        });
        let broken = page.facts.announcements.iter().filter(|announcement| !announcement.kept);
        let announcements = broken.map(|announcement| (place(announcement.span), announcement.announced));
        self.places.entry(name.into()).or_insert(self.files.len());
        self.files.push(File { operations: operations.collect(), announcements: announcements.collect() });
    }

    /// The operation of the contract that is described where a place is.
    pub(crate) fn operation_at(&self, place: &Place) -> Option<&'static str> {
        let file = self.file_of(place)?;
        // Parts are in order, and the innermost around a place begins last.
        let before = file.operations.partition_point(|((start, _), _)| *start as usize <= place.span.start);
        let mut near = file.operations.iter().take(before).rev().take(SCOPES_MAX);
        near.find(|(range, _)| is_around(*range, place))?.1
    }

    /// What the sentence at a place announces.
    pub(crate) fn announced_at(&self, place: &Place) -> Option<Announced> {
        let announcements = &self.file_of(place)?.announcements;
        let before = announcements.partition_point(|((start, _), _)| *start as usize <= place.span.start);
        let (range, announced) = before.checked_sub(1).and_then(|index| announcements.get(index))?;
        is_around(*range, place).then_some(*announced)
    }

    fn file_of(&self, place: &Place) -> Option<&File> {
        self.files.get(*self.places.get(&place.file)?)
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

const fn is_around((start, end): Range, place: &Place) -> bool {
    start as usize <= place.span.start && place.span.end <= end as usize
}
