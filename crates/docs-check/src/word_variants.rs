//! Words of documented lists that stand elsewhere in another spelling.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Word, WordList,
    corpus::{Page, Spot},
    identifier::{one_slip_apart, words},
};

/// A word and the listed word that it is another spelling of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WordVariant {
    pub(crate) variant: String,
    pub(crate) listed: String,
    pub(crate) spots: Vec<Spot>,
    pub(crate) listed_spot: Option<Spot>,
}

/// Words shorter than this resemble each other by chance.
const SLIP_LENGTH_MIN: usize = 6;

/// More words than this with one key share it by construction, not by mistake.
const BUCKET_MAX: usize = 8;

/// The words of all lists, by what their spellings share.
#[derive(Default)]
struct Vocabulary<'c> {
    exact: BTreeMap<&'c str, Spot>,
    by_words: BTreeMap<Vec<String>, Vec<&'c str>>,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct WordVariants {
    pub(crate) variants: Vec<WordVariant>,
    /// The listed word of each variant.
    listed: BTreeMap<String, String>,
}

impl WordVariants {
    /// The listed word that this one is another spelling of.
    pub(crate) fn listed_as(&self, word: &str) -> Option<&str> {
        self.listed.get(word).map(String::as_str)
    }
}

pub(crate) fn find(pages: &[Page]) -> WordVariants {
    let lists = || {
        let pages = pages.iter().enumerate();
        pages.flat_map(|(page, read)| read.facts.word_lists.iter().map(move |list| (page, list)))
    };
    let mut vocabulary = Vocabulary::default();
    for (page, list) in lists() {
        for word in &list.words {
            vocabulary.add(page, word);
        }
    }
    let mut variants: BTreeMap<(&str, &str), Vec<Spot>> = BTreeMap::new();
    for (page, read) in pages.iter().enumerate() {
        let values = read.facts.examples.iter().flat_map(|example| &example.texts);
        for word in values.chain(&read.facts.quotations) {
            if let Some(known) = vocabulary.variant_of(&word.text) {
                variants.entry((&word.text, known)).or_default().push(Spot { page, span: word.span });
            }
        }
    }
    for (page, list) in lists() {
        for word in &list.words {
            if let Some(known) = vocabulary.listed_otherwise(list, &word.text) {
                variants.entry((&word.text, known)).or_default().push(Spot { page, span: word.span });
            }
        }
    }
    let variants = variants.into_iter().map(|((variant, listed), spots)| WordVariant {
        variant: variant.to_owned(),
        listed: listed.to_owned(),
        spots,
        listed_spot: vocabulary.exact.get(listed).copied(),
    });
    let variants: Vec<WordVariant> = variants.collect();
    let mut listed = BTreeMap::new();
    for found in &variants {
        listed.entry(found.variant.clone()).or_insert_with(|| found.listed.clone());
    }
    WordVariants { variants, listed }
}

impl<'c> Vocabulary<'c> {
    fn add(&mut self, page: usize, word: &'c Word) {
        if self.exact.contains_key(word.text.as_str()) || word.text.chars().count() < 4 {
            return;
        }
        self.exact.insert(&word.text, Spot { page, span: word.span });
        for key in keys(&word.text) {
            self.by_words.entry(key).or_default().push(&word.text);
        }
    }

    /// The listed word that this one is another spelling of; `None` where it is listed itself.
    fn variant_of(&self, word: &str) -> Option<&'c str> {
        if self.exact.contains_key(word) {
            return None;
        }
        self.resembling(word).next()
    }

    /// For a word that is listed: a word of the same field's other lists that it is another spelling of.
    fn listed_otherwise(&self, list: &WordList, word: &str) -> Option<&'c str> {
        let own: BTreeSet<&str> = list.words.iter().map(|word| word.text.as_str()).collect();
        let first = self.exact.get(word)?;
        let other = self.resembling(word).find(|known| *known != word && !own.contains(known))?;
        // Of two listed spellings the one that is listed first stands.
        (self.exact.get(other)? < first).then_some(other)
    }

    fn resembling(&self, word: &str) -> impl Iterator<Item = &'c str> {
        let known: BTreeSet<&'c str> = keys(word)
            .iter()
            .filter_map(|key| self.by_words.get(key))
            .filter(|bucket| bucket.len() <= BUCKET_MAX)
            .flatten()
            .copied()
            .filter(|known| *known != word && resembles(word, known))
            .collect();
        known.into_iter()
    }
}

/// Words that may be spellings of one word share a key.
fn keys(word: &str) -> Vec<Vec<String>> {
    if word.len() > 80 {
        return Vec::new();
    }
    let lower = word.to_lowercase();
    let mut sorted = words(&lower);
    sorted.sort();
    let mut keys = vec![sorted];
    // Words that differ in a number are different words.
    if lower.chars().any(char::is_numeric) {
        keys.push(vec![lower]);
        return keys;
    }
    for (at, letter) in lower.char_indices() {
        let before = lower.get(..at).unwrap_or_default();
        let after = lower.get(at + letter.len_utf8()..).unwrap_or_default();
        keys.push(vec![format!("{before}{after}")]);
    }
    keys.push(vec![lower]);
    keys
}

/// Whether one of the words is the other in another spelling.
pub(crate) fn resembles(word: &str, known: &str) -> bool {
    let (lower, known_lower) = (word.to_lowercase(), known.to_lowercase());
    if lower == known_lower {
        // A capital at the start of one word is how sentences begin.
        return word.contains([' ', '-', '_']) || word.chars().skip(1).ne(known.chars().skip(1));
    }
    let sorted = |text: &str| {
        let mut words = words(text);
        words.sort();
        words
    };
    let (left, right) = (sorted(&lower), sorted(&known_lower));
    if left == right {
        return left.len() > 1;
    }
    let long = lower.chars().count().min(known_lower.chars().count()) >= SLIP_LENGTH_MIN;
    let numbered = |text: &str| text.chars().any(char::is_numeric);
    let plural = lower.trim_end_matches('s') == known_lower.trim_end_matches('s');
    let inflected = lower.trim_end_matches('d') == known_lower.trim_end_matches('d');
    let same_start = lower.chars().next() == known_lower.chars().next();
    long && same_start
        && !plural
        && !inflected
        && !numbered(word)
        && !numbered(known)
        && one_slip_apart(&lower, &known_lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, known: &str, expected: bool) {
        assert_eq!(resembles(word, known), expected, "{word} {known}");
    }

    #[test]
    fn spellings_of_one_word_are_seen() {
        check("sails & hull", "hull & sails", true);
        check("Log Book", "log book", true);
        check("boat-addde", "boat-added", true);
        check("Fire", "fire", false);
        check("FIRE", "fire", true);
        check("boats", "boat", false);
        check("order-1", "order-2", false);
    }
}
