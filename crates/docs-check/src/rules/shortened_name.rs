//! DOC-NAME-SHORTENED.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::rule;
use crate::{
    Example, Member,
    corpus::{Corpus, Draft, Findings, Page, Spot},
    identifier::words,
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
    "DOC-NAME-SHORTENED", "shortened-name", Warning, Names
}

/// Where members with an id beside them show a text: each key once, in order.
type Shown<'c> = BTreeMap<(&'c str, String), Vec<(&'c str, Spot)>>;

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    // What a contract has too is how the API is, and other rules compare examples with it.
    if corpus.contract.is_some() {
        return;
    }
    without_id(corpus, findings);
    let names = Shortened::find(corpus);
    let mut shown: Shown<'_> = BTreeMap::new();
    for (page, read) in corpus.pages() {
        for example in read.facts.examples.iter().filter(|example| example.is_certain()) {
            collect(&names, page, read, example, &mut shown);
        }
    }
    let mut told = BTreeSet::new();
    for ((id, text), places) in &shown {
        for (long, long_spot) in places {
            let short = places.iter().find(|(short, _)| is_short_for(short, long, id));
            let Some((short, short_spot)) = short else { continue };
            if !told.insert((*id, *long)) {
                continue;
            }
            let message = format!("`{text}` is the `{long}` of one `{id}Id`, and the `{short}` of another");
            let draft = Draft::new(format!("{long} {short}"), message, "use one name");
            let spots = [(*short_spot, format!("`{short}` here")), (*long_spot, format!("`{long}` here"))];
            findings.report(&RULE, draft.at_all(spots));
        }
    }
}

/// For each word before `Id`, the keys of which one can be short for another: all others need not be looked at.
struct Shortened<'c>(BTreeMap<&'c str, BTreeSet<&'c str>>);

impl<'c> Shortened<'c> {
    fn find(corpus: &'c Corpus<'_>) -> Self {
        let certain = corpus.key_uses.iter().filter(|(_, known)| known.certain);
        let keys: Vec<&str> = certain.map(|(key, _)| key.as_str()).collect();
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
}

fn id_of(key: &str) -> Option<&str> {
    key.strip_suffix("Id").filter(|id| !id.is_empty())
}

/// Notes what the members of an example show that has an id beside it and may have a name that is short for another.
fn collect<'c>(
    names: &Shortened<'c>,
    page: usize,
    read: &'c Page,
    example: &'c Example,
    shown: &mut Shown<'c>,
) {
    let beside_id = |member: &&Member| id_of(&member.key).is_some_and(|id| names.0.contains_key(id));
    if !example.members.iter().any(|member| beside_id(&member)) {
        return;
    }
    let Some(value) = read.value_of(example) else { return };
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
                let Some(text) = text.filter(|text| !text.is_empty()) else { continue };
                let places = shown.entry((id, text.to_owned())).or_default();
                if !places.iter().any(|(key, _)| *key == member.key) {
                    places.push((&member.key, Spot { page, span: member.key_span }));
                }
            }
        }
    }
}

/// Numbers that one object calls `boatType` and another `boatTypeId`: both are ids.
fn without_id(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let keys = &corpus.key_uses;
    let pairs = keys.keys().filter_map(|short| Some((short, keys.get_key_value(&format!("{short}Id"))?.0)));
    let mut numbers: BTreeMap<&str, Vec<Spot>> = pairs
        .flat_map(|(short, long)| [short.as_str(), long.as_str()])
        .map(|key| (key, Vec::new()))
        .collect();
    if numbers.is_empty() {
        return;
    }
    for (page, read) in corpus.pages() {
        for member in read.facts.examples.iter().flat_map(|example| &example.members) {
            let Some(spots) = numbers.get_mut(member.key.as_str()) else { continue };
            if read.text.slice(member.value_span).parse::<u64>().is_ok() {
                spots.push(Spot { page, span: member.key_span });
            }
        }
    }
    numbers.retain(|_, spots| !spots.is_empty());
    for (short, spots) in &numbers {
        let Some((long, others)) = numbers.get_key_value(format!("{short}Id").as_str()) else { continue };
        let message = format!("an id is called `{short}` in one example and `{long}` in another");
        let places = |spots: &[Spot], name: &str| -> Vec<(Spot, String)> {
            spots.iter().map(|spot| (*spot, format!("`{name}` here"))).collect()
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
