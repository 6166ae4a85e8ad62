//! The lists of words of all documents.

use crate::{interner::Interner, page::Page, spot::Spot};

/// A list of the words that a field can hold.
#[derive(Clone, Copy, Debug)]
struct List {
    /// The number of the field, where the list stands in the row of one.
    subject: Option<usize>,
    spot: Spot,
    /// Place of its first word among the words of all lists.
    first: usize,
}

/// All lists, in the order of the documents.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    /// Words and fields.
    texts: Interner,
    all: Vec<List>,
    /// The words of all lists, each by its number and with its place.
    words: Vec<(u32, Spot)>,
}

/// A list as rules look at it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListedWords<'l> {
    lists: &'l Lists,
    pub(crate) subject: Option<&'l str>,
    pub(crate) spot: Spot,
    words: &'l [(u32, Spot)],
}

impl Lists {
    /// Notes the lists of the next page.
    pub(crate) fn look(&mut self, page: &Page<'_>) {
        // The words of a field in one operation or model say nothing of fields with its name elsewhere.
        for list in page.facts.word_lists.iter().filter(|list| list.part.is_none()) {
            let subject = list.subject.as_deref().map(|subject| self.texts.number(subject));
            self.all.push(List { subject, spot: page.spot(list.span), first: self.words.len() });
            for word in &list.words {
                let number = u32::try_from(self.texts.number(&word.text)).unwrap_or(u32::MAX);
                self.words.push((number, page.spot(word.span)));
            }
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = ListedWords<'_>> {
        let ends = self.all.iter().skip(1).map(|list| list.first).chain([self.words.len()]);
        self.all.iter().zip(ends).map(|(list, end)| ListedWords {
            lists: self,
            subject: list.subject.map(|subject| self.texts.text(subject)),
            spot: list.spot,
            words: self.words.get(list.first..end).unwrap_or_default(),
        })
    }
}

impl<'l> ListedWords<'l> {
    /// Its words, in order, with their places.
    pub(crate) fn words(self) -> impl Iterator<Item = (&'l str, Spot)> {
        self.words.iter().map(move |(number, spot)| (self.lists.texts.text(*number as usize), *spot))
    }
}
