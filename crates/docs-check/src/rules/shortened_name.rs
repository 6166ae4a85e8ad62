//! DOC-NAME-SHORTENED.

use std::collections::BTreeMap;

use serde_json::Value;

use super::rule;
use crate::{
    Span,
    corpus::{Corpus, Draft, Findings, Spot},
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

/// A member's key, its text and where the key stands.
type Seen<'c> = (&'c str, Option<&'c str>, Span);

/// Where members with an id beside them show a text.
type Shown<'c> = BTreeMap<(String, &'c str), Vec<(&'c str, Spot)>>;

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    without_id(corpus, findings);
    let mut shown: Shown<'_> = BTreeMap::new();
    for (page, read) in corpus.pages() {
        for example in read.facts.examples.iter().filter(|example| example.is_certain()) {
            let Some(value) = &example.value else { continue };
            let mut objects: BTreeMap<&str, Vec<Seen<'_>>> = BTreeMap::new();
            for member in &example.members {
                let parent = member.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
                let text = value.pointer(&member.pointer).and_then(Value::as_str);
                objects.entry(parent).or_default().push((&member.key, text, member.key_span));
            }
            for members in objects.into_values() {
                let ids =
                    members.iter().filter_map(|(key, ..)| key.strip_suffix("Id").filter(|id| !id.is_empty()));
                for id in ids {
                    for (key, text, span) in &members {
                        let Some(text) = text.filter(|text| !text.is_empty()) else { continue };
                        let place = (*key, Spot { page, span: *span });
                        shown.entry((id.to_owned(), text)).or_default().push(place);
                    }
                }
            }
        }
    }
    let mut told = Vec::new();
    for ((id, text), places) in &shown {
        for (long, long_spot) in places {
            let short = places.iter().find(|(short, _)| is_short_for(short, long, id));
            let Some((short, short_spot)) = short else { continue };
            if told.contains(&(id.clone(), *long)) {
                continue;
            }
            told.push((id.clone(), long));
            let message = format!("`{text}` is the `{long}` of one `{id}Id`, and the `{short}` of another");
            let draft = Draft::new(format!("{long} {short}"), message, "use one name");
            let spots = [(*short_spot, format!("`{short}` here")), (*long_spot, format!("`{long}` here"))];
            findings.report(&RULE, draft.at_all(spots));
        }
    }
}

/// Numbers that one object calls `boatType` and another `boatTypeId`: both are ids.
fn without_id(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let mut numbers: BTreeMap<&str, Vec<Spot>> = BTreeMap::new();
    for (page, read) in corpus.pages() {
        for member in read.facts.examples.iter().flat_map(|example| &example.members) {
            if read.text.slice(member.value_span).parse::<u64>().is_ok() {
                numbers.entry(&member.key).or_default().push(Spot { page, span: member.key_span });
            }
        }
    }
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
