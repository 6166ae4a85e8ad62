//! DOC-RUN-TOGETHER.

use std::collections::BTreeSet;

use super::rule;
use crate::{
    Span,
    corpus::{Corpus, Draft, Findings, Spot},
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
    "DOC-RUN-TOGETHER", "words-run-together", Info, Form
}

/// Words that stand before a name.
const BEFORE: [&str; 12] =
    ["the", "and", "with", "within", "from", "into", "for", "each", "this", "your", "or", "an"];

/// Length of the shortest of them.
const BEFORE_LENGTH_MIN: usize = 2;

/// Keys shorter than this end other words by chance.
const KEY_LENGTH_MIN: usize = 6;

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let keys = keys(corpus);
    let mut spots: Vec<(Spot, String)> = Vec::new();
    let mut told = BTreeSet::new();
    for (page, read) in corpus.pages() {
        for prose in &read.prose {
            let text = read.text.slice(*prose);
            let mut at = 0;
            for piece in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
                let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
                let start = at;
                at += piece.len();
                let after = piece.get(word.len()..).unwrap_or_default();
                if word.len() < BEFORE_LENGTH_MIN + KEY_LENGTH_MIN || !may_end_in_key(word, after) {
                    continue;
                }
                let Some(before) = BEFORE.iter().find(|before| fused(word, before, after, &keys)) else {
                    continue;
                };
                let key = word.strip_prefix(before).unwrap_or(word);
                told.insert(format!("`{before} {key}`"));
                let span = Span::new(start, start + word.len()).moved(prose.start);
                spots.push((Spot { page, span }, format!("`{before} {key}` without its space")));
            }
        }
    }
    let told = told.into_iter().collect::<Vec<_>>().join(", ");
    let message = format!("{} run together: {told}", super::count(spots.len(), "pair of words"));
    let message = message
        .replace("pair of wordss", "pairs of words")
        .replace("1 pair of words run", "1 pair of words runs");
    findings.report(&RULE, Draft::new(&told, message, "restore the space").at_all(spots));
}

/// Names of members with a capital inside, or that begin a path of members.
fn keys<'c>(corpus: &'c Corpus<'_>) -> BTreeSet<&'c str> {
    let rows = corpus.pages.iter().flat_map(|page| &page.facts.tables).flat_map(|table| &table.rows);
    let keys = corpus.key_uses.keys().map(String::as_str).chain(rows.map(|row| row.name.text.as_str()));
    // One by one: nearly all are known already, and a list of all would be long.
    let mut known = BTreeSet::new();
    keys.filter(|key| key.len() >= KEY_LENGTH_MIN).for_each(|key| {
        known.insert(key);
    });
    known
}

/// A key in small letters may end a word of its own, unless a path goes on after it.
fn may_end_in_key(word: &str, after: &str) -> bool {
    after == "." || word.chars().any(char::is_uppercase)
}

fn fused(word: &str, before: &str, after: &str, keys: &BTreeSet<&str>) -> bool {
    let Some(key) = word.strip_prefix(before) else { return false };
    may_end_in_key(key, after) && keys.contains(key) && !keys.contains(word)
}
