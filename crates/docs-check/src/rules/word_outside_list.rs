//! DOC-WORD-OUTSIDE.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{placeholder_value::is_placeholder, rule};
use crate::{
    FaultKind, Member,
    corpus::{Corpus, Draft, Findings, Spot},
};

rule! {
    /// ## What it does
    /// Finds example values of a field that are not among the words that a table lists for this field.
    ///
    /// ## Why is this bad?
    /// Either the list is incomplete or the example cannot occur.
    ///
    /// ## Example
    /// `rig | Either "sloop" or "yawl"` beside `{"rig": "ketch"}`.
    "DOC-WORD-OUTSIDE", "word-outside-list", Error, Words
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let mut listed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut lists: BTreeMap<&str, Spot> = BTreeMap::new();
    for (page, read) in corpus.pages() {
        for list in &read.facts.word_lists {
            let Some(subject) = &list.subject else { continue };
            listed.entry(subject).or_default().extend(list.words.iter().map(|word| word.text.as_str()));
            lists.entry(subject).or_insert(Spot { page, span: list.span });
        }
    }
    let mut outside: BTreeMap<(&str, String), Vec<Spot>> = BTreeMap::new();
    for (page, read) in corpus.pages() {
        for example in &read.facts.examples {
            let repeats = example.faults.iter().any(|fault| fault.kind == FaultKind::RepeatedKey);
            // Most examples show listed words only, and need not be read once more.
            let known = |member: &Member, words: &BTreeSet<&str>| {
                let text = read.text.slice(member.value_span).strip_prefix('"');
                !repeats
                    && text.and_then(|text| text.strip_suffix('"')).is_none_or(|text| words.contains(text))
            };
            let members = example
                .members
                .iter()
                .filter_map(|member| Some((member, listed.get(member.key.as_str())?)))
                .filter(|(member, words)| !known(member, words));
            let members: Vec<_> = members.collect();
            let value = if members.is_empty() { None } else { read.value_of(example) };
            let Some(value) = value else { continue };
            for (member, words) in members {
                let Some(text) = value.pointer(&member.pointer).and_then(Value::as_str) else { continue };
                if !words.contains(text) && !is_placeholder(text) && !corpus.is_word_variant(text) {
                    let spot = Spot { page, span: member.value_span };
                    outside.entry((&member.key, text.to_owned())).or_default().push(spot);
                }
            }
        }
    }
    for ((key, text), spots) in outside {
        let message = format!("`{text}` is none of the words that the document lists for `{key}`");
        let places = spots.into_iter().map(|spot| (spot, "not in the list".to_owned()));
        let list = lists.get(key).map(|spot| (*spot, "the list".to_owned()));
        let draft = Draft::new(format!("{key} {text}"), message, "correct the example, or complete the list");
        findings.report(&RULE, draft.at_all(places).at_all(list));
    }
}
