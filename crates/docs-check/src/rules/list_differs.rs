//! DOC-LIST-DIFFERS.

use std::collections::{BTreeMap, BTreeSet};

use super::rule;
use crate::{
    WordList,
    corpus::{Corpus, Draft, Findings, Spot},
};

rule! {
    /// ## What it does
    /// Finds fields whose words are listed in several places, and not the same words everywhere. Spellings of one
    /// word are told by another rule.
    ///
    /// ## Why is this bad?
    /// One of the lists is incomplete or out of date.
    ///
    /// ## Example
    /// `rig` is “sloop or yawl” where a boat is created, and “sloop, yawl or ketch” where it is updated.
    "DOC-LIST-DIFFERS", "list-differs", Error, Words
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let mut lists: BTreeMap<&str, Vec<(Spot, BTreeSet<&str>)>> = BTreeMap::new();
    for (page, read) in corpus.pages() {
        for list in &read.facts.word_lists {
            if let Some(subject) = &list.subject {
                let place = Spot { page, span: list.span };
                lists.entry(subject).or_default().push((place, words(corpus, list)));
            }
        }
    }
    for (subject, lists) in lists {
        let most = lists.iter().max_by_key(|(spot, words)| (words.len(), std::cmp::Reverse(*spot)));
        let Some((whole_spot, whole)) = most else { continue };
        let others: Vec<_> = lists.iter().filter(|(_, words)| words != whole).collect();
        let Some((_, first)) = others.first() else { continue };
        let difference =
            first.symmetric_difference(whole).map(|word| format!("`{word}`")).collect::<Vec<_>>();
        let difference = difference.join(", ");
        let message = format!("the lists of words for `{subject}` differ in {difference}");
        let places = others.iter().map(|(spot, _)| (*spot, "this list differs".to_owned()));
        let draft = Draft::new(format!("{subject} {difference}"), message, "list the same words everywhere");
        findings.report(&RULE, draft.at_all(places).at_all([(*whole_spot, "from this list".to_owned())]));
    }
}

/// The words of a list, each in its usual spelling.
fn words<'c>(corpus: &'c Corpus<'_>, list: &'c WordList) -> BTreeSet<&'c str> {
    let usual = |word: &'c str| corpus.word_variants.listed_as(word).unwrap_or(word);
    list.words.iter().map(|word| usual(&word.text)).collect()
}
