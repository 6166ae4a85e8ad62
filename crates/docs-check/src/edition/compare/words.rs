//! Closed lists of words.

use std::collections::BTreeMap;

use super::{drafts::Drafts, renames::respellings, values::Task};
use crate::edition::{
    rules,
    surface::{At, Node},
};

/// Compares the words that a value can be.
pub(super) fn compare(drafts: &mut Drafts<'_>, old: &Node, new: &Node, task: &Task) {
    match (&old.words, &new.words) {
        (Some(old_words), Some(new_words)) => listed(drafts, (old, old_words), (new, new_words), task),
        (None, Some(words)) => {
            let message = format!("it must be one of {}", list(words));
            let at = words.values().next().unwrap_or(&new.at);
            drafts.add(task.draft(&rules::WORDS_CLOSED, message).at(Some(old.at.clone()), Some(at.clone())));
        }
        (Some(words), None) => {
            let message = format!("it is no longer said to be one of {}", list(words));
            let at = words.values().next().unwrap_or(&old.at);
            drafts.add(task.draft(&rules::WORDS_OPENED, message).at(Some(at.clone()), Some(new.at.clone())));
        }
        (None, None) => {}
    }
}

fn list(words: &BTreeMap<String, At>) -> String {
    words.keys().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn listed(
    drafts: &mut Drafts<'_>,
    (old, old_words): (&Node, &BTreeMap<String, At>),
    (new, new_words): (&Node, &BTreeMap<String, At>),
    task: &Task,
) {
    let removed: Vec<(&str, &At)> = missing(old_words, new_words);
    let added: Vec<(&str, &At)> = missing(new_words, old_words);
    let names =
        |words: &[(&'_ str, &At)]| words.iter().map(|(word, _)| (*word).to_owned()).collect::<Vec<_>>();
    let pairs = respellings(&names(&removed), &names(&added));
    for (before, after) in &pairs {
        let (Some((old_word, old_at)), Some((new_word, new_at))) = (removed.get(*before), added.get(*after))
        else {
            continue;
        };
        let message = format!("the word `{old_word}` is now spelled `{new_word}`");
        let draft = task.draft(&rules::WORD_RENAMED, message);
        drafts.add(draft.at(Some((*old_at).clone()), Some((*new_at).clone())));
    }
    for (place, (word, at)) in removed.into_iter().enumerate() {
        if pairs.iter().any(|(before, _)| *before == place) {
            continue;
        }
        let draft = task.draft(&rules::WORD_REMOVED, format!("the word `{word}` is gone"));
        drafts.add(draft.at(Some(at.clone()), Some(new.at.clone())));
    }
    for (place, (word, at)) in added.into_iter().enumerate() {
        if pairs.iter().any(|(_, after)| *after == place) {
            continue;
        }
        let draft = task.draft(&rules::WORD_ADDED, format!("the word `{word}` is new"));
        drafts.add(draft.at(Some(old.at.clone()), Some(at.clone())));
    }
}

fn missing<'w>(words: &'w BTreeMap<String, At>, others: &BTreeMap<String, At>) -> Vec<(&'w str, &'w At)> {
    let gone = words.iter().filter(|(word, _)| !others.contains_key(*word));
    gone.map(|(word, at)| (word.as_str(), at)).collect()
}
