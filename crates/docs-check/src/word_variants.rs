//! Words of documented lists that stand elsewhere in another spelling.

use std::collections::{BTreeMap, BTreeSet};

use rapidhash::v3::rapidhash_v3;

use crate::{
    Span,
    identifier::{one_slip_apart, words},
    interner::Interner,
    lists::{ListedWords, Lists},
    page::Page,
    spot::{Distances, Spot, Spots},
};

/// A word and the listed word that it is another spelling of.
#[derive(Clone, Debug)]
pub(crate) struct WordVariant {
    pub(crate) variant: String,
    pub(crate) listed: String,
    pub(crate) spots: Spots,
    pub(crate) listed_spot: Option<Spot>,
}

/// Words shorter than this resemble each other by chance.
const SLIP_LENGTH_MIN: usize = 6;
/// Longer texts, in bytes, are no words.
const LENGTH_MAX: usize = 80;

/// More words than this with one key share it by construction, not by mistake.
const BUCKET_MAX: usize = 8;

/// The words of all lists, by what their spellings share.
#[derive(Default)]
struct Vocabulary<'c> {
    exact: BTreeMap<&'c str, Spot>,
    by_key: BTreeMap<u64, Vec<&'c str>>,
    /// A bit for the lowest bits of each key: most keys of other words have none, and are not searched for.
    seen: Vec<u64>,
    /// Whether a word has a number: if none has, no word with a number is a spelling of one.
    numbered: bool,
    /// How many bytes of letters the shortest and the longest word have.
    letters: (usize, usize),
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

/// The words that examples show and prose quotes, and a log of their places: which of them matter is known when all
/// lists are.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    words: Interner,
    log: Distances,
    pages: Vec<usize>,
    /// How many places the log has.
    places: usize,
    last: i64,
}

impl Texts {
    /// Notes the words of the next page.
    pub(crate) fn look(&mut self, page: &Page<'_>) {
        self.pages.push(self.places);
        let values = page.facts.examples.iter().flat_map(|example| &example.texts);
        let words = values.chain(&page.facts.quotations);
        for word in words.filter(|word| word.text.len() <= LENGTH_MAX) {
            let spot = page.spot(word.span).span();
            let start = i64::try_from(spot.start).unwrap_or(i64::MAX);
            self.log.push(self.words.number(&word.text) as u64);
            self.log.push_signed(start - self.last);
            self.log.push((spot.end - spot.start) as u64);
            self.last = start;
            self.places += 1;
        }
    }

    /// Every word with its place, in order.
    fn places(&self) -> impl Iterator<Item = (usize, Spot)> {
        let mut log = self.log.read();
        let (mut page, mut start) = (0, 0_i64);
        (0..).map_while(move |place| {
            while self.pages.get(page + 1).is_some_and(|first| *first <= place) {
                page += 1;
            }
            let narrow = |number: u64| usize::try_from(number).unwrap_or_default();
            let text = narrow(log.number()?);
            start += log.signed()?;
            let begin = narrow(start.cast_unsigned());
            Some((text, Spot::new(page, Span::new(begin, begin + narrow(log.number()?)))))
        })
    }
}

pub(crate) fn find(lists: &Lists, texts: &Texts) -> WordVariants {
    let mut vocabulary = Vocabulary::default();
    for (word, spot) in lists.iter().flat_map(ListedWords::words) {
        vocabulary.add(word, spot);
    }
    let mut variants: BTreeMap<(&str, &str), Spots> = BTreeMap::new();
    let known: Vec<Option<&str>> = texts.words.texts().map(|text| vocabulary.variant_of(text)).collect();
    if known.iter().any(Option::is_some) {
        for (text, spot) in texts.places() {
            if let Some(known) = known.get(text).copied().flatten() {
                variants.entry((texts.words.text(text), known)).or_default().push(spot);
            }
        }
    }
    for list in lists.iter() {
        let own: BTreeSet<&str> = list.words().map(|(word, _)| word).collect();
        for (word, spot) in list.words() {
            if let Some(known) = vocabulary.listed_otherwise(&own, word) {
                variants.entry((word, known)).or_default().push(spot);
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
    fn add(&mut self, word: &'c str, spot: Spot) {
        if self.exact.contains_key(word) || word.chars().count() < 4 {
            return;
        }
        self.exact.insert(word, spot);
        let letters = letters(word);
        self.letters = if self.exact.len() == 1 {
            (letters, letters)
        } else {
            (self.letters.0.min(letters), self.letters.1.max(letters))
        };
        self.numbered |= word.chars().any(char::is_numeric);
        let mut own = Vec::new();
        keys(word, |key| own.push(key));
        self.seen.resize(SEEN_WORDS, 0);
        for key in own {
            let (place, bit) = bit_of(key);
            self.seen.iter_mut().skip(place).take(1).for_each(|bits| *bits |= bit);
            self.by_key.entry(key).or_default().push(word);
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
    fn listed_otherwise(&self, own: &BTreeSet<&str>, word: &str) -> Option<&'c str> {
        let first = self.exact.get(word)?;
        let other = self.resembling(word).find(|known| *known != word && !own.contains(known))?;
        // Of two listed spellings the one that is listed first stands.
        (self.exact.get(other)? < first).then_some(other)
    }

    fn resembling(&self, word: &str) -> impl Iterator<Item = &'c str> {
        let mut known: BTreeSet<&'c str> = BTreeSet::new();
        if self.can_know(word) {
            keys(word, |key| {
                let (place, bit) = bit_of(key);
                if self.seen.get(place).is_none_or(|bits| bits & bit == 0) {
                    return;
                }
                let bucket = self.by_key.get(&key).filter(|bucket| bucket.len() <= BUCKET_MAX);
                let near = bucket.into_iter().flatten().copied();
                known.extend(near.filter(|known| *known != word && resembles(word, known)));
            });
        }
        known.into_iter()
    }

    /// Whether a listed word has about as many letters. Lower case of a few letters is longer or shorter.
    fn can_know(&self, word: &str) -> bool {
        if !word.is_ascii() {
            return true;
        }
        let letters = letters(word);
        (self.numbered || !word.bytes().any(|byte| byte.is_ascii_digit()))
            && letters * 3 + 1 >= self.letters.0
            && letters <= self.letters.1 * 3 + 1
    }
}

/// So many words of 64 bits each.
const SEEN_WORDS: usize = 1 << 12;

/// Place of the word, and the bit in it, that stand for a key.
fn bit_of(key: u64) -> (usize, u64) {
    let word = usize::try_from((key >> 6) & (SEEN_WORDS as u64 - 1)).unwrap_or_default();
    (word, 1 << (key & 63))
}

/// How many bytes of a word are no separators.
fn letters(word: &str) -> usize {
    word.chars().filter(|c| c.is_alphanumeric()).map(char::len_utf8).sum()
}

/// Words that may be spellings of one word share a key: a hash of what they have in common.
fn keys(word: &str, mut take: impl FnMut(u64)) {
    if word.len() > LENGTH_MAX {
        return;
    }
    let lower = word.to_lowercase();
    let mut sorted = words(&lower);
    sorted.sort();
    // Of two words between which the separator is lost the key is another than that of one.
    let in_order = rapidhash_v3(sorted.join("\u{1f}").as_bytes());
    take(in_order);
    let alone = |key: &str, take: &mut dyn FnMut(u64)| {
        let key = rapidhash_v3(key.as_bytes());
        if key != in_order {
            take(key);
        }
    };
    // Words that differ in a number are different words.
    if lower.chars().any(char::is_numeric) {
        alone(&lower, &mut take);
        return;
    }
    let mut shorter = String::with_capacity(lower.len());
    let mut before = None;
    for (at, letter) in lower.char_indices() {
        // One letter less of two that are the same leaves the same.
        if before.replace(letter) == Some(letter) {
            continue;
        }
        shorter.clear();
        shorter.push_str(lower.get(..at).unwrap_or_default());
        shorter.push_str(lower.get(at + letter.len_utf8()..).unwrap_or_default());
        alone(&shorter, &mut take);
    }
    alone(&lower, &mut take);
}

/// Whether one of the words is the other in another spelling.
pub(crate) fn resembles(word: &str, known: &str) -> bool {
    // White space at an edge is noise in the value, and no spelling.
    if word.trim() == known.trim() {
        return false;
    }
    // Signs of a language or a pattern are no spelling: `boat*`, `&boat`, `boat()`.
    if signs(word) != signs(known) {
        return false;
    }
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

/// The signs in a word that do not part words.
fn signs(word: &str) -> Vec<char> {
    let parts = |sign: char| sign.is_alphanumeric() || sign.is_whitespace() || "-_&/,.'’".contains(sign);
    let leads = word.chars().next().filter(|sign| "&./-".contains(*sign));
    leads.into_iter().chain(word.chars().filter(|sign| !parts(*sign))).collect()
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
        check("fire-alarm-*", "fire-alarm", false);
        check("[log book]", "log book", false);
    }
}
