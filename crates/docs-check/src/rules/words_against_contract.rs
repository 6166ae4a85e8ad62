//! DOC-WORDS.

use std::collections::BTreeSet;

use super::rule;
use crate::{
    Word, WordList,
    findings::{Draft, Findings},
    page::Page,
    word_variants::resembles,
};

rule! {
    /// ## What it does
    /// Compares the words that a document says a field can hold with the contract's list. A list that stands in the
    /// row of a field is compared with that field; a table of words with the list of the contract that the heading
    /// names or, where it names none, that it is most like.
    ///
    /// ## Why is this bad?
    /// A word that only the document has is refused; a word that only the contract has surprises clients.
    ///
    /// ## Example
    /// “Either "sloop" or "yawl"” where the contract also has `ketch`.
    "DOC-WORDS", "words-against-contract", Error, Contract
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    let lists = page.models.iter().flat_map(|model| [model.schema.words().unwrap_or_default(), model.tags()]);
    let lists: Vec<Vec<String>> = lists.filter(|words| words.len() > 1).collect();
    for list in &page.facts.word_lists {
        let known = match &list.subject {
            Some(subject) => of_row(page, list, subject),
            None => of_heading(page, list).or_else(|| most_alike(&lists, list)),
        };
        if let Some(known) = known {
            compare(page, list, &known, findings);
        }
    }
}

fn of_row(page: &Page<'_>, list: &WordList, subject: &str) -> Option<Vec<String>> {
    let described = page.described.iter().find(|described| {
        let table = page.facts.tables.get(described.table);
        table.is_some_and(|table| table.span.contains(list.span))
    })?;
    let member = described.schema.member(subject)?;
    member.words().or_else(|| member.items()?.words())
}

/// The list of the model whose name is the heading above.
fn of_heading(page: &Page<'_>, list: &WordList) -> Option<Vec<String>> {
    let title = page.facts.heading_at(list.span)?.title.as_str();
    let model = page.models.iter().find(|model| model.name == title)?;
    model.schema.words().or_else(|| Some(model.tags())).filter(|words| !words.is_empty())
}

/// The list that shares most of its words, and at least two thirds, with the document's.
fn most_alike(lists: &[Vec<String>], list: &WordList) -> Option<Vec<String>> {
    let words: BTreeSet<&str> = list.words.iter().map(|word| word.text.as_str()).collect();
    let shared = |known: &Vec<String>| known.iter().filter(|word| words.contains(word.as_str())).count();
    let best = lists.iter().max_by_key(|known| (shared(known), std::cmp::Reverse(known.len())))?;
    (shared(best) * 3 >= best.len().max(words.len()) * 2).then(|| best.clone())
}

fn compare(page: &Page<'_>, list: &WordList, known: &[String], findings: &mut Findings) {
    let subject = list.subject.as_deref().unwrap_or("the list");
    let listed: BTreeSet<&str> = list.words.iter().map(|word| word.text.as_str()).collect();
    let mut missing: Vec<&String> = known.iter().filter(|word| !listed.contains(word.as_str())).collect();
    let unknown: Vec<&Word> =
        list.words.iter().filter(|word| !known.iter().any(|known| word.text == *known)).collect();
    for word in &unknown {
        let alike = |known: &String| resembles(&word.text, known) || known.eq_ignore_ascii_case(&word.text);
        // One word that nobody knows beside one that is missing: one is meant for the other.
        let paired = unknown.len() == 1 && missing.len() == 1;
        let near = missing.iter().position(|known| paired || alike(known)).map(|index| missing.remove(index));
        let message = format!("`{}` is none of the contract's words for {subject}", word.text);
        let is_meant = near.is_some();
        let help = near.map_or_else(
            || "correct the word, or add it to the contract".to_owned(),
            |near| format!("the contract has `{near}`"),
        );
        let draft = Draft::new(format!("{subject} {}", word.text), message, help);
        let draft = draft.at(page.spot(word.span), "not in the contract");
        let word = word.text.clone();
        findings.later(&RULE, move |corpus| (!is_meant || !corpus.is_word_variant(&word)).then_some(draft));
    }
    if !missing.is_empty() {
        let missing = missing.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        let message = format!("{subject} leaves out {missing}, which the contract has");
        let draft = Draft::new(format!("{subject} {missing}"), message, "add what is missing");
        findings.report(&RULE, draft.at(page.spot(list.span), "the list"));
    }
}
