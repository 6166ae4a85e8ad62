//! DOC-FLAG.

use std::collections::BTreeMap;

use super::rule;
use crate::{
    Span,
    findings::{Draft, Findings},
    identifier::words,
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds documents whose examples write some flags as 0 and 1 and others as `true` and `false`. Only numbers under
    /// names of flags count, such as `isOpen`, `hasSail` or `sailFlag`.
    ///
    /// ## Why is this bad?
    /// A client cannot know which of the two another flag takes, and a strict server refuses one of them.
    ///
    /// ## Example
    /// `{"hasSail": 1, "isRigged": 0, "isAfloat": true}`
    "DOC-FLAG", "flag-values", Info, Types
}

/// Fewer numbers under names of flags can be counts.
const NUMBERS_MIN: usize = 2;
const NAMES_MAX: usize = 3;

fn check(page: &Page<'_>, findings: &mut Findings) {
    // What a contract has too is how the API is, and other rules compare examples with it.
    if page.contract.is_some() {
        return;
    }
    let mut numbers: BTreeMap<&str, Span> = BTreeMap::new();
    let mut booleans: BTreeMap<&str, Span> = BTreeMap::new();
    for member in page.facts.examples.iter().flat_map(|example| &example.members) {
        let kind = match page.text.slice(member.value_span) {
            "0" | "1" if is_flag(&member.key) => &mut numbers,
            "true" | "false" => &mut booleans,
            _ => continue,
        };
        kind.entry(&member.key).or_insert(member.value_span);
    }
    if numbers.len() < NUMBERS_MIN || booleans.is_empty() {
        return;
    }
    let message = format!(
        "flags are 0 and 1 in some places, such as {}, and true and false in others, such as {}",
        some(&numbers),
        some(&booleans)
    );
    let place = |(name, span): (&&str, &Span)| (page.spot(*span), format!("`{name}` here"));
    let mut spots: Vec<_> = booleans.iter().map(place).chain(numbers.iter().map(place)).collect();
    spots.sort_by_key(|(spot, _)| *spot);
    findings.report(
        &RULE,
        Draft::new("", message, "write all flags in one way, or say which take both").at_all(spots),
    );
}

/// The first names.
fn some(names: &BTreeMap<&str, Span>) -> String {
    names.keys().take(NAMES_MAX).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Whether a name asks a question that is answered by yes or no.
fn is_flag(name: &str) -> bool {
    let words = words(name);
    let first = words
        .first()
        .is_some_and(|word| ["is", "has", "can", "should", "allow", "use"].contains(&word.as_str()));
    let last = words
        .last()
        .is_some_and(|word| ["flag", "enabled", "disabled", "active", "valid"].contains(&word.as_str()));
    (first && words.len() > 1) || last
}
