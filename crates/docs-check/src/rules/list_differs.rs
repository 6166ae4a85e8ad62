//! DOC-LIST-DIFFERS.

use std::collections::{BTreeMap, BTreeSet};

use super::rule;
use crate::{
    corpus::Corpus,
    findings::{Draft, Findings},
    lists::ListedWords,
    page::Page,
    spot::Spot,
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Finds fields whose words are listed in several places, and not the same words everywhere. Spellings of one
    /// word are told by another rule; lists that share few words are of different fields with one name.
    ///
    /// ## Why is this bad?
    /// One of the lists is incomplete or out of date.
    ///
    /// ## Example
    /// `rig` is “sloop or yawl” where a boat is created, and “sloop, yawl or ketch” where it is updated.
    "DOC-LIST-DIFFERS", "list-differs", Error, Words, ListDiffers
}

/// The lists are noted with what all documents tell.
#[derive(Default)]
struct ListDiffers;

impl Watch for ListDiffers {
    fn look(&mut self, _: &Page<'_>, _: &mut Findings) {}

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        let mut lists: BTreeMap<&str, Vec<(Spot, BTreeSet<&str>)>> = BTreeMap::new();
        for list in corpus.lists.iter() {
            if let Some(subject) = list.subject {
                lists.entry(subject).or_default().push((list.spot, words(corpus, list)));
            }
        }
        for (subject, mut lists) in lists {
            // The longest list and those like it are of one field.
            lists.sort_by_key(|(spot, words)| (std::cmp::Reverse(words.len()), *spot));
            for _ in 0..GROUPS_MAX {
                let Some((_, whole)) = lists.first().cloned() else { break };
                let (alike, others): (Vec<_>, Vec<_>) =
                    lists.into_iter().partition(|(_, words)| are_alike(words, &whole));
                differ(subject, &alike, findings);
                lists = others;
            }
        }
    }
}

/// Fields of one name that are told apart by their words.
const GROUPS_MAX: usize = 256;

/// Lists of one field, the longest in front.
fn differ(subject: &str, lists: &[(Spot, BTreeSet<&str>)], findings: &mut Findings) {
    let Some((whole_spot, whole)) = lists.first() else { return };
    let others: Vec<_> = lists.iter().filter(|(_, words)| words != whole).collect();
    let Some((_, first)) = others.first() else { return };
    let difference = first.symmetric_difference(whole).map(|word| format!("`{word}`")).collect::<Vec<_>>();
    let difference = difference.join(", ");
    let message = format!("the lists of words for `{subject}` differ in {difference}");
    let places = others.iter().map(|(spot, _)| (*spot, "this list differs"));
    let draft = Draft::new(format!("{subject} {difference}"), message, "list the same words everywhere");
    findings.report(&RULE, draft.at_all(places).at(*whole_spot, "from this list"));
}

/// Whether half of the shorter list stands in the longer one.
fn are_alike(words: &BTreeSet<&str>, whole: &BTreeSet<&str>) -> bool {
    words.intersection(whole).count() * 2 >= words.len().min(whole.len())
}

/// The words of a list, each in its usual spelling.
fn words<'c>(corpus: &'c Corpus<'_>, list: ListedWords<'c>) -> BTreeSet<&'c str> {
    let usual = |word: &'c str| corpus.word_variants.listed_as(word).unwrap_or(word);
    list.words().map(|(word, _)| usual(word)).collect()
}
