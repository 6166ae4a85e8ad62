//! DOC-NAME-SHORTENED.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use smol_str::SmolStr;

use super::{placeholder_value::is_placeholder, rule};
use crate::{
    Member,
    corpus::Corpus,
    findings::{Draft, Findings},
    identifier::words,
    lenient_json::Reading,
    names::{ExamplePlace, Wanted},
    page::Page,
    spot::{Spot, Spots},
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Finds objects of one kind in which the same value stands once under a full name, and once under a part of it:
    /// `boatType` beside `boatId` in one object, `type` beside `boatId` in the other. The same for a number that is
    /// called `boatType` in one place and `boatTypeId` in another.
    ///
    /// ## Why is this bad?
    /// A client that reads both must know two names for one thing.
    ///
    /// ## Example
    /// `{"boatId": "7", "boatType": "sloop"}` and `{"boatId": "8", "type": "sloop"}`
    "DOC-NAME-SHORTENED", "shortened-name", Warning, Names, ShortenedNames
}

/// Where members with an id beside them show a text: each key once, in order.
type Shown = BTreeMap<(String, String), Vec<(SmolStr, Spot)>>;

/// Keys are noted with what all documents tell.
#[derive(Default)]
struct ShortenedNames;

impl Watch for ShortenedNames {
    fn look(&mut self, _: &Page<'_>, _: &mut Findings) {}

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        // What a contract has too is how the API is, and other rules compare examples with it.
        if corpus.contract.is_some() {
            return;
        }
        without_id(corpus, findings);
        let names = Shortened::find(corpus);
        let mut told = BTreeSet::new();
        for ((id, text), places) in &names.shown(corpus) {
            let places = places.get(..KEYS_MAX).unwrap_or(places);
            for (long, long_spot) in places {
                let short = places.iter().find(|(short, _)| is_short_for(short, long, id));
                let Some((short, short_spot)) = short else { continue };
                if !told.insert((id, long)) {
                    continue;
                }
                let message =
                    format!("`{text}` is the `{long}` of one `{id}Id`, and the `{short}` of another");
                let draft = Draft::new(format!("{long} {short}"), message, "use one name");
                let spots =
                    [(*short_spot, format!("`{short}` here")), (*long_spot, format!("`{long}` here"))];
                findings.report(&RULE, draft.at_all(spots));
            }
        }
    }
}

/// Keys that show one text and are compared with each other.
const KEYS_MAX: usize = 256;

/// For each word before `Id`, the keys of which one can be short for another: all others need not be looked at.
struct Shortened<'c>(BTreeMap<&'c str, BTreeSet<&'c str>>);

impl<'c> Shortened<'c> {
    fn find(corpus: &'c Corpus<'_>) -> Self {
        let certain = corpus.names.keys().filter(|(_, known)| known.certain);
        let keys: Vec<&str> = certain.map(|(key, _)| key).collect();
        let ids = keys.iter().filter_map(|key| id_of(key));
        let mut ids_by_words: BTreeMap<Vec<String>, Vec<&str>> = BTreeMap::new();
        ids.for_each(|id| ids_by_words.entry(words(id)).or_default().push(id));
        let mut keys_by_words: BTreeMap<Vec<String>, Vec<&str>> = BTreeMap::new();
        for key in &keys {
            keys_by_words.entry(words(key)).or_default().push(key);
        }
        let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (long, longs) in &keys_by_words {
            for (before, after) in (1..long.len()).filter_map(|at| long.split_at_checked(at)) {
                let (Some(ids), Some(shorts)) = (ids_by_words.get(before), keys_by_words.get(after)) else {
                    continue;
                };
                for id in ids {
                    found.entry(id).or_default().extend(longs.iter().chain(shorts));
                }
            }
        }
        Self(found)
    }

    /// What examples show beside such an id.
    fn shown(&self, corpus: &Corpus<'_>) -> Shown {
        let ids: Wanted = self.0.keys().filter_map(|id| corpus.names.find(&format!("{id}Id"))).collect();
        let mut examples: Vec<usize> =
            corpus.names.places(&ids).filter_map(|place| Some(place.shown?.example)).collect();
        examples.dedup();
        let examples = examples.into_iter().filter_map(|number| corpus.names.example(number));
        let examples: Vec<ExamplePlace> = examples.filter(|example| example.certain).collect();
        let mut shown = Shown::new();
        corpus.read_again(&examples, |page, example| collect(self, page, &example, &mut shown));
        shown
    }
}

fn id_of(key: &str) -> Option<&str> {
    key.strip_suffix("Id").filter(|id| !id.is_empty())
}

/// Notes what the members of an example show that has an id beside it and may have a name that is short for another.
fn collect(names: &Shortened<'_>, page: usize, example: &Reading, shown: &mut Shown) {
    let Some(value) = &example.value else { return };
    let mut objects: BTreeMap<&str, Vec<&Member>> = BTreeMap::new();
    for member in &example.members {
        let parent = member.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        objects.entry(parent).or_default().push(member);
    }
    for members in objects.into_values() {
        for id in members.iter().filter_map(|member| id_of(&member.key)) {
            let Some(keys) = names.0.get(id) else { continue };
            for member in members.iter().filter(|member| keys.contains(member.key.as_str())) {
                let text = value.pointer(&member.pointer).and_then(Value::as_str);
                let Some(text) = text.filter(|text| !text.is_empty() && !is_placeholder(text)) else {
                    continue;
                };
                let places = shown.entry((id.to_owned(), text.to_owned())).or_default();
                if !places.iter().any(|(key, _)| *key == member.key) {
                    places.push((member.key.clone(), Spot::new(page, member.key_span)));
                }
            }
        }
    }
}

/// Numbers that one object calls `boatType` and another `boatTypeId`: both are ids.
fn without_id(corpus: &Corpus<'_>, findings: &mut Findings) {
    let names = &corpus.names;
    let key = |name: &str| names.find(name).filter(|number| names.use_of(*number).is_key);
    let pairs = names.keys().filter_map(|(short, _)| Some((short, key(&format!("{short}Id"))?)));
    let wanted: Wanted = pairs.filter_map(|(short, long)| Some([key(short)?, long])).flatten().collect();
    let mut numbers: BTreeMap<&str, Spots> = BTreeMap::new();
    for place in names.places(&wanted).filter(|place| place.shown.is_some_and(|shown| shown.counts)) {
        numbers.entry(names.text(place.name)).or_default().push(place.spot);
    }
    for (short, spots) in &numbers {
        let Some((long, others)) = numbers.get_key_value(format!("{short}Id").as_str()) else { continue };
        let message = format!("an id is called `{short}` in one example and `{long}` in another");
        let places = |spots: &Spots, name: &str| -> Vec<(Spot, String)> {
            spots.iter().map(|spot| (spot, format!("`{name}` here"))).collect()
        };
        let draft = Draft::new(format!("{long} {short}"), message, "use one name");
        findings.report(&RULE, draft.at_all(places(spots, short)).at_all(places(others, long)));
    }
}

/// Whether the one name is the other without the word of the id in front.
fn is_short_for(short: &str, long: &str, id: &str) -> bool {
    let (short, mut full) = (words(short), words(id));
    full.extend(short.iter().cloned());
    !short.is_empty() && words(long) == full
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(short: &str, long: &str, expected: bool) {
        assert_eq!(is_short_for(short, long, "boat"), expected, "{short} {long}");
    }

    #[test]
    fn names_are_short_for_names() {
        check("type", "boatType", true);
        check("type", "shipType", false);
        check("boatType", "boatType", false);
        check("", "boat", false);
    }
}
