//! DOC-WORD-OUTSIDE.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{placeholder_value::is_placeholder, rule};
use crate::{
    corpus::Corpus,
    findings::{Draft, Findings},
    names::{ExamplePlace, NamePlace, Wanted, are_of_one_kind},
    page::Page,
    spot::{Spot, Spots},
    text::Text,
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Finds example values of a field that are not among the words that a table lists for this field. A table of an
    /// object of another kind does not count.
    ///
    /// ## Why is this bad?
    /// Either the list is incomplete or the example cannot occur.
    ///
    /// ## Example
    /// `rig | Either "sloop" or "yawl"` beside `{"rig": "ketch"}`.
    "DOC-WORD-OUTSIDE", "word-outside-list", Error, Words, OutsideList
}

/// Lists and keys are noted with what all documents tell.
#[derive(Default)]
struct OutsideList;

/// The words of each field that has a list, and where the first list is.
type Listed<'c> = BTreeMap<&'c str, (BTreeSet<&'c str>, Spot)>;

impl Watch for OutsideList {
    fn look(&mut self, _: &Page<'_>, _: &mut Findings) {}

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        let mut listed = Listed::new();
        for list in corpus.lists.iter() {
            let Some(subject) = list.subject else { continue };
            let known = listed.entry(subject).or_insert_with(|| (BTreeSet::new(), list.spot));
            known.0.extend(list.words().map(|(word, _)| word));
        }
        let mut outside: BTreeMap<(&str, String), Spots> = BTreeMap::new();
        let (examples, keys) = suspects(corpus, &listed);
        corpus.read_again(&examples, |page, example| {
            let Some(value) = &example.value else { return };
            for member in &example.members {
                let Some((key, (words, _))) = listed.get_key_value(member.key.as_str()) else { continue };
                if !keys.contains(&Spot::new(page, member.key_span)) {
                    continue;
                }
                let Some(text) = value.pointer(&member.pointer).and_then(Value::as_str) else { continue };
                if !words.contains(text) && !is_placeholder(text) && !corpus.is_word_variant(text) {
                    let spot = Spot::new(page, member.value_span);
                    outside.entry((key, text.to_owned())).or_default().push(spot);
                }
            }
        });
        for ((key, text), spots) in outside {
            let message = format!("`{text}` is none of the words that the document lists for `{key}`");
            let places = spots.iter().map(|spot| (spot, "not in the list"));
            let list = listed.get(key).map(|(_, spot)| (*spot, "the list"));
            let cause = format!("{key} {text}");
            let draft = Draft::new(cause, message, "correct the example, or complete the list");
            findings.report(&RULE, draft.at_all(places).at_all(list));
        }
    }
}

/// Names that are compared in all: beyond this it is not told which of many models a word is of.
const COMPARISONS_MAX: usize = 20_000_000;

/// The examples that may show another word, and their keys that may. Most show listed words only, and need not be read
/// once more.
fn suspects(corpus: &Corpus<'_>, listed: &Listed<'_>) -> (Vec<ExamplePlace>, BTreeSet<Spot>) {
    let wanted: Wanted = listed.keys().filter_map(|key| corpus.names.find(key)).collect();
    let mut text: Option<(usize, Text<'_>)> = None;
    let mut rows: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut suspects: Vec<(NamePlace, usize)> = Vec::new();
    for place in corpus.names.places(&wanted) {
        let Some(shown) = place.shown else {
            rows.entry(place.name).or_default().push(place.group);
            continue;
        };
        let Some(example) = corpus.names.example(shown.example) else { continue };
        let page = place.spot.page();
        if text.as_ref().is_none_or(|(known, _)| *known != page) {
            text = corpus.text_again(page).map(|text| (page, text));
        }
        let source = text.as_ref().map_or("", |(_, text)| text.slice(shown.spot.span()));
        let word = source.strip_prefix('"').and_then(|source| source.strip_suffix('"'));
        let words = listed.get(corpus.names.text(place.name)).map(|(words, _)| words);
        let known = word.is_none_or(|word| words.is_some_and(|words| words.contains(word)));
        if example.repeats || !known {
            suspects.push((place, shown.example));
        }
    }
    if suspects.is_empty() {
        return (Vec::new(), BTreeSet::new());
    }
    let names: BTreeSet<usize> = suspects.iter().map(|(place, _)| place.name).collect();
    rows.retain(|name, _| names.contains(name));
    let groups = suspects.iter().map(|(place, _)| place.group);
    let members = corpus.names.members(&groups.chain(rows.values().flatten().copied()).collect());
    let mut comparisons = COMPARISONS_MAX;
    suspects.retain(|(place, _)| {
        let Some(own) = members.get(&place.group) else { return false };
        let tables = rows.get(&place.name).into_iter().flatten();
        let mut tables = tables.filter_map(|group| members.get(group)).peekable();
        tables.peek().is_none()
            || tables.any(|table| {
                let cost = own.len().saturating_add(table.len());
                comparisons = comparisons.saturating_sub(cost);
                comparisons > 0 && are_of_one_kind(own, table)
            })
    });
    let keys = suspects.iter().map(|(place, _)| place.spot).collect();
    let mut examples: Vec<usize> = suspects.into_iter().map(|(_, example)| example).collect();
    examples.dedup();
    (examples.into_iter().filter_map(|number| corpus.names.example(number)).collect(), keys)
}
