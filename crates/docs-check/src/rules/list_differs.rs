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
    /// word are told by another rule.
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
        for (subject, lists) in lists {
            let most = lists.iter().max_by_key(|(spot, words)| (words.len(), std::cmp::Reverse(*spot)));
            let Some((whole_spot, whole)) = most else { continue };
            let others: Vec<_> = lists.iter().filter(|(_, words)| words != whole).collect();
            let Some((_, first)) = others.first() else { continue };
            let difference =
                first.symmetric_difference(whole).map(|word| format!("`{word}`")).collect::<Vec<_>>();
            let difference = difference.join(", ");
            let message = format!("the lists of words for `{subject}` differ in {difference}");
            let places = others.iter().map(|(spot, _)| (*spot, "this list differs"));
            let cause = format!("{subject} {difference}");
            let draft = Draft::new(cause, message, "list the same words everywhere");
            findings.report(&RULE, draft.at_all(places).at(*whole_spot, "from this list"));
        }
    }
}

/// The words of a list, each in its usual spelling.
fn words<'c>(corpus: &'c Corpus<'_>, list: ListedWords<'c>) -> BTreeSet<&'c str> {
    let usual = |word: &'c str| corpus.word_variants.listed_as(word).unwrap_or(word);
    list.words().map(|(word, _)| usual(word)).collect()
}
