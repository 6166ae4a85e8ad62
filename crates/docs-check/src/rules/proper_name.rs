//! DOC-PROPER-NAME.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

use super::rule;
use crate::{
    Span,
    corpus::{Corpus, Draft, Findings, Spot},
};

rule! {
    /// ## What it does
    /// Finds names of two words that sentences write in one word, with a capital inside, at other places.
    ///
    /// ## Why is this bad?
    /// Readers and searches miss one of the spellings.
    ///
    /// ## Example
    /// `BoatWorks` beside `Boat Works`
    "DOC-PROPER-NAME", "proper-name", Info, Names
}

static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?P<whole>[A-Z][a-z]+[A-Z][a-z]+)\b|\b(?P<first>[A-Z][a-z]+) (?P<second>[A-Z][a-z]+)\b")
        .ok()
});

/// A name stands at least so often in one word.
const WHOLE_MIN: usize = 5;

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let mut whole: BTreeMap<String, Vec<Spot>> = BTreeMap::new();
    let mut parted: BTreeMap<String, Vec<Spot>> = BTreeMap::new();
    for (page, read) in corpus.pages() {
        for prose in &read.prose {
            let text = read.text.slice(*prose);
            // Both kinds of name have two capitals.
            if text.bytes().filter(u8::is_ascii_uppercase).nth(1).is_none() {
                continue;
            }
            for captures in NAME.as_ref().into_iter().flat_map(|name| name.captures_iter(text)) {
                let Some(found) = captures.get(0) else { continue };
                let span = Span::new(found.start(), found.end()).moved(prose.start);
                // Names inside code, paths and URLs are not the sentence's.
                let before = text.get(..found.start()).and_then(|before| before.chars().next_back());
                if before.is_some_and(|before| "`/.-_\"".contains(before)) {
                    continue;
                }
                let (list, name) = match (captures.name("first"), captures.name("second")) {
                    (Some(first), Some(second)) => {
                        (&mut parted, format!("{}{}", first.as_str(), second.as_str()))
                    }
                    _ => (&mut whole, found.as_str().to_owned()),
                };
                list.entry(name).or_default().push(Spot { page, span });
            }
        }
    }
    for (name, spots) in parted {
        // A name of a type that a sentence also says in plain words stands about as often in each way.
        let usual = |others: &&Vec<Spot>| others.len() >= WHOLE_MIN && others.len() >= spots.len() * 3;
        let Some(others) = whole.get(&name).filter(usual) else { continue };
        let split = spots
            .first()
            .and_then(|spot| corpus.pages.get(spot.page).map(|page| page.text.slice(spot.span).to_owned()));
        let split = split.unwrap_or_default();
        let message = format!(
            "“{split}” ({}) is written “{name}” elsewhere ({})",
            super::count(spots.len(), "place"),
            super::count(others.len(), "place")
        );
        let places = spots.into_iter().map(|spot| (spot, format!("“{split}” here")));
        let other = others.first().map(|spot| (*spot, format!("“{name}” here")));
        let draft = Draft::new(&name, message, "write the name in one way");
        findings.report(&RULE, draft.at_all(places).at_all(other));
    }
}
