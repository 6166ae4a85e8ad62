//! DOC-WORD-CASE.

use std::collections::BTreeSet;

use super::rule;
use crate::{
    findings::{Draft, Findings},
    page::Page,
    spot::Spot,
};

rule! {
    /// ## What it does
    /// Finds dotted words that repeat their key in small letters, such as `boat.rigtype.1` under `rigType`, in examples
    /// where other words repeat theirs as it is written.
    ///
    /// ## Why is this bad?
    /// Clients that make the word out of the key get the capitals wrong, and servers compare letter by letter.
    ///
    /// ## Example
    /// `{"rigType": "boat.rigtype.1", "sailPlan": "boat.sailPlan.2"}`
    "DOC-WORD-CASE", "word-case", Info, Words
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    // What a contract has too is how the API is, and no slip of the document.
    if page.contract.is_some() {
        return;
    }
    let mut found: Vec<(Spot, String)> = Vec::new();
    for example in &page.facts.examples {
        let mut kept = false;
        let mut small = Vec::new();
        for member in &example.members {
            let text = page.text.slice(member.value_span).trim_matches('"');
            let mut parts = text.split('.');
            let (Some(_), Some(middle), Some(_), None) =
                (parts.next(), parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            if middle == member.key && middle.chars().any(char::is_uppercase) {
                kept = true;
            } else if middle != member.key && middle == member.key.to_lowercase() {
                small.push((page.spot(member.value_span), text.to_owned()));
            }
        }
        if kept {
            found.append(&mut small);
        }
    }
    if found.is_empty() {
        return;
    }
    findings.later(&RULE, move |corpus| {
        // Another spelling of a listed word is told as one.
        found.retain(|(_, text)| !corpus.is_word_variant(text));
        let words: BTreeSet<String> = found.iter().map(|(_, text)| format!("`{text}`")).collect();
        let told = words.into_iter().collect::<Vec<_>>().join(", ");
        let message = format!("{told}: the key stands in small letters, and with capitals in other words");
        let spots = found.into_iter().map(|(spot, _)| (spot, "small letters"));
        Some(Draft::new(&told, message, "write the words in one way").at_all(spots))
    });
}
