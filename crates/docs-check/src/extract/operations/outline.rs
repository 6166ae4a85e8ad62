//! Which heading a place stands under, and how far its part of the document reaches.

use crate::{Heading, Span};

/// The headings of a document, each with the subject that it belongs to and where that ends.
#[derive(Debug)]
pub(super) struct Outline<'h> {
    headings: &'h [Heading],
    /// For each heading the last one up to it that is no part of an operation.
    owners: Vec<Option<usize>>,
    /// For each heading where the next one of its level or a higher one begins.
    ends: Vec<usize>,
    length: usize,
}

impl<'h> Outline<'h> {
    /// Of the headings of a document of this length.
    pub(super) fn new(headings: &'h [Heading], length: usize) -> Self {
        let mut owner = None;
        let owners = headings.iter().enumerate().map(|(index, heading)| {
            owner = if heading.part { owner } else { Some(index) };
            owner
        });
        let owners = owners.collect();
        // From the last heading to the first: those after it that no lower one hides.
        let mut after: Vec<&Heading> = Vec::new();
        let mut ends: Vec<usize> = headings
            .iter()
            .rev()
            .map(|heading| {
                while after.pop_if(|next| next.level > heading.level).is_some() {}
                let end = after.last().map_or(length, |next| next.span.start);
                after.push(heading);
                end
            })
            .collect();
        ends.reverse();
        Self { headings, owners, ends, length }
    }

    /// The title that a place stands under, and the part of the document below it.
    pub(super) fn scope(&self, span: Span) -> (Option<String>, Span) {
        let before = self.headings.partition_point(|heading| heading.span.start <= span.start);
        let owner = before.checked_sub(1).and_then(|last| self.owners.get(last).copied().flatten());
        let found = owner.and_then(|index| Some((self.headings.get(index)?, *self.ends.get(index)?)));
        let Some((owner, end)) = found else { return (None, Span::new(0, self.length)) };
        (Some(owner.title.clone()), Span::new(owner.span.start, end))
    }
}
