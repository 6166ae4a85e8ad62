//! DOC-RUN-TOGETHER.

use std::collections::BTreeSet;

use super::rule;
use crate::{
    Span,
    corpus::Corpus,
    findings::{Draft, Findings},
    interner::Interner,
    page::Page,
    spot::Spot,
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Finds words of a sentence that have lost the space before a known key: `theboatId`.
    ///
    /// ## Why is this bad?
    /// A search for the key misses it, and a reader may take it for another key.
    ///
    /// ## Example
    /// “You can identify theboatId …”
    "DOC-RUN-TOGETHER", "words-run-together", Info, Form, RunTogether
}

/// Words that stand before a name.
const BEFORE: [&str; 12] =
    ["the", "and", "with", "within", "from", "into", "for", "each", "this", "your", "or", "an"];

/// Length of the shortest of them.
const BEFORE_LENGTH_MIN: usize = 2;

/// Keys shorter than this end other words by chance.
const KEY_LENGTH_MIN: usize = 6;

/// Words that may be two, in order.
#[derive(Default)]
struct RunTogether {
    words: Interner,
    /// The number of each, whether a full stop is all that comes after it, and its place.
    places: Vec<(usize, bool, Spot)>,
}

impl Watch for RunTogether {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        for prose in &page.prose {
            let text = page.text.slice(*prose);
            let mut at = 0;
            for piece in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
                let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
                let start = at;
                at += piece.len();
                let stopped = piece.get(word.len()..) == Some(".");
                if word.len() < BEFORE_LENGTH_MIN + KEY_LENGTH_MIN || !may_end_in_key(word, stopped) {
                    continue;
                }
                if BEFORE.iter().any(|before| key_in(word, before, stopped).is_some()) {
                    let span = Span::new(start, start + word.len()).moved(prose.start);
                    self.places.push((self.words.number(word), stopped, page.spot(span)));
                }
            }
        }
    }

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        let mut spots: Vec<(Spot, String)> = Vec::new();
        let mut told = BTreeSet::new();
        for (word, stopped, spot) in &self.places {
            let word = self.words.text(*word);
            // A word that is a key itself is none of two words.
            let known = |key: &str| key.len() >= KEY_LENGTH_MIN && corpus.names.find(key).is_some();
            let fused = |before: &&str| key_in(word, before, *stopped).filter(|key| known(key));
            let found = BEFORE.iter().find_map(|before| Some((before, fused(before)?)));
            let Some((before, key)) = found.filter(|_| !known(word)) else { continue };
            told.insert(format!("`{before} {key}`"));
            spots.push((*spot, format!("`{before} {key}` without its space")));
        }
        let told = told.into_iter().collect::<Vec<_>>().join(", ");
        let message = format!("{} run together: {told}", super::count(spots.len(), "pair of words"));
        let message = message
            .replace("pair of wordss", "pairs of words")
            .replace("1 pair of words run", "1 pair of words runs");
        findings.report(&RULE, Draft::new(&told, message, "restore the space").at_all(spots));
    }
}

/// A key in small letters may end a word of its own, unless a path goes on after it.
fn may_end_in_key(word: &str, stopped: bool) -> bool {
    stopped || word.chars().any(char::is_uppercase)
}

/// What may be a key, after a word that stands before a name.
fn key_in<'w>(word: &'w str, before: &str, stopped: bool) -> Option<&'w str> {
    word.strip_prefix(before).filter(|key| key.len() >= KEY_LENGTH_MIN && may_end_in_key(key, stopped))
}
