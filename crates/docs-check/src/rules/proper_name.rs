//! DOC-PROPER-NAME.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

use super::rule;
use crate::{
    Span,
    corpus::Corpus,
    findings::{Draft, Findings},
    page::Page,
    spot::{Spot, Spots},
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Finds names of two words that sentences write in one word, with a capital inside, at other places. What also
    /// names a type or a field is left alone.
    ///
    /// ## Why is this bad?
    /// Readers and searches miss one of the spellings.
    ///
    /// ## Example
    /// `BoatWorks` beside `Boat Works`
    "DOC-PROPER-NAME", "proper-name", Info, Names, ProperNames
}

static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?P<whole>[A-Z][a-z]+[A-Z][a-z]+)\b|\b(?P<first>[A-Z][a-z]+) (?P<second>[A-Z][a-z]+)\b")
        .ok()
});

/// A name stands at least so often in one word.
const WHOLE_MIN: usize = 5;

/// Names in one word, each with its number and first place, and names in two words.
#[derive(Default)]
struct ProperNames {
    whole: BTreeMap<String, Whole>,
    parted: BTreeMap<String, (String, Spots)>,
}

/// A name in one word.
#[derive(Default)]
struct Whole {
    count: usize,
    first: Option<Spot>,
    /// How often it names a type, a field or a part of an address.
    identifiers: usize,
}

impl Watch for ProperNames {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        for prose in &page.prose {
            let text = page.text.slice(*prose);
            // Both kinds of name have two capitals.
            if text.bytes().filter(u8::is_ascii_uppercase).nth(1).is_none() {
                continue;
            }
            let mut from = 0;
            while let Some(captures) = NAME.as_ref().and_then(|name| name.captures_at(text, from)) {
                let Some(found) = captures.get(0) else { break };
                // The second of two words can be the first of the next two.
                from = captures.name("second").map_or(found.end(), |second| second.start());
                // Names inside code, paths and URLs are not the sentence's.
                let before = text.get(..found.start()).and_then(|before| before.chars().next_back());
                let alone = text.trim().len() == found.len();
                if alone || before.is_some_and(|before| "`/.-_\"#[".contains(before)) {
                    if captures.name("whole").is_some() {
                        self.whole.entry(found.as_str().to_owned()).or_default().identifiers += 1;
                    }
                    continue;
                }
                let spot = page.spot(Span::new(found.start(), found.end()).moved(prose.start));
                if let (Some(first), Some(second)) = (captures.name("first"), captures.name("second")) {
                    let name = format!("{}{}", first.as_str(), second.as_str());
                    let known = self.parted.entry(name);
                    known.or_insert_with(|| (found.as_str().to_owned(), Spots::default())).1.push(spot);
                } else {
                    let known = self.whole.entry(found.as_str().to_owned()).or_default();
                    known.count += 1;
                    known.first.get_or_insert(spot);
                }
            }
        }
    }

    fn conclude(self: Box<Self>, _: &Corpus<'_>, findings: &mut Findings) {
        for (name, (split, spots)) in self.parted {
            // A name of a type that a sentence also says in plain words stands about as often in each way.
            let usual = |whole: &&Whole| {
                whole.count >= WHOLE_MIN
                    && whole.count >= spots.len() * 3
                    && whole.identifiers * 4 <= whole.count
            };
            let Some(whole) = self.whole.get(&name).filter(usual) else { continue };
            let message = format!(
                "“{split}” ({}) is written “{name}” elsewhere ({})",
                super::count(spots.len(), "place"),
                super::count(whole.count, "place")
            );
            let places = spots.iter().map(|spot| (spot, format!("“{split}” here")));
            let other = whole.first.map(|spot| (spot, format!("“{name}” here")));
            let draft = Draft::new(&name, message, "write the name in one way");
            findings.report(&RULE, draft.at_all(places).at_all(other));
        }
    }
}
