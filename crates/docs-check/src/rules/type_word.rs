//! DOC-TYPE-WORD.

use std::collections::BTreeMap;

use super::rule;
use crate::{
    Span,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds examples that name the type of a value where the value should stand, in capitals in one place and in small
    /// letters in another.
    ///
    /// ## Why is this bad?
    /// Readers ask whether the two words mean two things, such as an object and a plain number.
    ///
    /// ## Example
    /// `{"oars": Number}` beside `{"sails": number}`
    "DOC-TYPE-WORD", "type-word", Info, Examples
}

/// Words that are types, in small letters.
const TYPES: [&str; 8] = ["number", "string", "integer", "boolean", "object", "array", "float", "date"];

fn check(page: &Page<'_>, findings: &mut Findings) {
    let mut written: BTreeMap<String, BTreeMap<&str, Vec<Span>>> = BTreeMap::new();
    for member in page.facts.examples.iter().flat_map(|example| &example.members) {
        let word = page.text.slice(member.value_span);
        let lower = word.to_ascii_lowercase();
        if member.value_span != member.key_span && TYPES.contains(&lower.as_str()) {
            written.entry(lower).or_default().entry(word).or_default().push(member.value_span);
        }
    }
    for (word, forms) in written.into_iter().filter(|(_, forms)| forms.len() > 1) {
        let told: Vec<String> = forms
            .iter()
            .map(|(form, spans)| format!("`{form}` ({})", super::count(spans.len(), "place")))
            .collect();
        let message = format!("one type is written {}", told.join(" and "));
        // The rarer form is the one to look at.
        let mut forms: Vec<_> = forms.into_iter().collect();
        forms.sort_by_key(|(_, spans)| spans.len());
        let spots = forms.into_iter().flat_map(|(form, spans)| {
            spans.into_iter().map(move |span| (page.spot(span), format!("`{form}` here")))
        });
        findings.report(
            &RULE,
            Draft::new(word, message, "write types in one way, or show a value").at_all(spots),
        );
    }
}
