//! DOC-ITEM-TWICE.

use std::collections::BTreeMap;

use super::rule;
use crate::{
    Word,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds lists in which an item that opens a list of its own says the same as another item, but for the word before
    /// its colon.
    ///
    /// ## Why is this bad?
    /// Readers cannot tell whether the item is one of those that are listed, or only a heading for the ones inside it.
    ///
    /// ## Example
    /// ```text
    /// - The boat was refused because:
    ///   - it leaks
    /// - The boat was refused
    /// ```
    "DOC-ITEM-TWICE", "item-twice", Info, Words
}

/// Shorter items, such as `Errors:`, are labels.
const WORDS_MIN: usize = 3;
/// What joins an item to the list inside it.
const JOINTS: [&str; 8] = ["because", "because of", "if", "when", "as", "with", "such as", "for"];

fn check(page: &Page<'_>, findings: &mut Findings) {
    for list in &page.facts.bullets {
        let mut plain: BTreeMap<String, &Word> = BTreeMap::new();
        for item in list.items.iter().filter(|item| !item.text.trim_end().ends_with(':')) {
            plain.entry(said(&item.text)).or_insert(item);
        }
        for heading in list.items.iter().filter(|item| item.text.trim_end().ends_with(':')) {
            let told = said(&heading.text);
            let Some(item) = plain.get(&told).filter(|_| told.split(' ').count() >= WORDS_MIN) else {
                continue;
            };
            let message =
                format!("“{}” is an item of the list, and the heading of others in it", item.text.trim());
            let draft = Draft::new(told, message, "say whether the heading is an item too");
            let draft = draft.at(page.spot(heading.span), "the heading").at(page.spot(item.span), "the item");
            findings.report(&RULE, draft);
        }
    }
}

/// What an item says, in small letters, without what joins it to the list inside it.
fn said(item: &str) -> String {
    let words = item.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    let text = words.trim_end_matches([':', '.', ',', ';', ' ']);
    let joint = JOINTS.iter().find_map(|joint| text.strip_suffix(joint)?.strip_suffix(' '));
    joint.unwrap_or(text).to_owned()
}
