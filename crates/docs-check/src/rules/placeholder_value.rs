//! DOC-PLACEHOLDER.

use std::{
    cell::LazyCell,
    collections::{BTreeMap, BTreeSet},
};

use super::rule;
use crate::{
    Example, Member, Role, Word,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds texts in JSON examples that stand for a value instead of being one: `<UUID>`, `YYYY-MM-DD`,
    /// `...list of names`, `DONE | FAILED`, the name of a type, or the key again. Those of one form are one finding
    /// for a document, with all their places.
    ///
    /// ## Why is this bad?
    /// The example parses, so tools take the text for a value; readers do not see what a real one looks like.
    ///
    /// ## Example
    /// ```json
    /// {"boatId": "<boatId>"}
    /// ```
    "DOC-PLACEHOLDER", "placeholder-value", Info, Examples
}

const TYPE_NAMES: [&str; 10] =
    ["string", "number", "integer", "boolean", "uuid", "guid", "date", "timestamp", "object", "array"];

fn check(page: &Page<'_>, findings: &mut Findings) {
    let mut places: BTreeMap<Form, Vec<(&Example, &Word)>> = BTreeMap::new();
    for example in &page.facts.examples {
        let schema = LazyCell::new(|| is_schema(example));
        for word in &example.texts {
            if let Some(form) = stands_in(example, word, &schema) {
                places.entry(form).or_default().push((example, word));
            }
        }
    }
    for (form, places) in places {
        let Some((example, _)) = places.first() else { continue };
        let mut examples: Vec<_> = places.iter().map(|(example, _)| example.span.start).collect();
        examples.dedup();
        let more = super::and_more(examples.len() - 1);
        let texts: BTreeSet<&str> = places.iter().map(|(_, word)| word.text.as_str()).collect();
        let mut told: Vec<String> = texts.iter().take(TEXTS_MAX).map(|text| format!("`{text}`")).collect();
        if texts.len() > TEXTS_MAX {
            told.push(format!("{} others", texts.len() - TEXTS_MAX));
        }
        let (name, told) = (super::name_of(page, example), told.join(", "));
        let message = format!("{name} shows {told} where the API gives a value{more}");
        let spots = places.iter().map(|(_, word)| (page.spot(word.span), "stands for a value"));
        let draft = Draft::new(format!("{form:?}"), message, "show values as the API gives them");
        findings.report(&RULE, draft.at_all(spots));
    }
}

/// Texts that a message names at most.
const TEXTS_MAX: usize = 5;

/// How a text stands for a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// `<boatId>`, `{boatId}` or `...boats`.
    Marked,
    /// `DONE | FAILED`
    Choice,
    /// `YYYY-MM-DD`
    DatePattern,
    /// `string`
    TypeName,
    /// `boatId`, the key again.
    Key,
}

fn stands_in(example: &Example, word: &Word, schema: &LazyCell<bool, impl FnOnce() -> bool>) -> Option<Form> {
    if let Some(form) = form_of(&word.text).filter(|_| !tells_type(example, word, schema)) {
        return Some(form);
    }
    let mut keys = around(example, word);
    keys.any(|member| member.key == word.text && member.key.chars().any(char::is_uppercase))
        .then_some(Form::Key)
}

/// The members whose value a text is; of an object or array only the bracket counts as the value.
fn around<'e>(example: &'e Example, word: &Word) -> impl Iterator<Item = &'e Member> {
    let after = example.members.partition_point(|member| member.key_span.start <= word.span.start);
    let near = example.members.iter().take(after).rev().take(NEAR_MAX);
    let span = word.span;
    near.filter(move |member| member.value_span.contains(span))
}

/// Members right before a text of which one can have it as its value.
const NEAR_MAX: usize = 2;

/// Whether the text names the type of something else, as schemas and errors of validators do: `{"type": "string"}`.
fn tells_type(example: &Example, word: &Word, schema: &LazyCell<bool, impl FnOnce() -> bool>) -> bool {
    let mut members = around(example, word);
    TYPE_NAMES.iter().any(|name| word.text.eq_ignore_ascii_case(name))
        && members.any(|member| TYPE_KEYS.contains(&member.key.as_str()))
        && **schema
}

/// Keys whose values are names of types.
const TYPE_KEYS: [&str; 3] = ["type", "dataType", "format"];

/// Whether the example is a schema or the error of a validator, and no sample made of names of types.
fn is_schema(example: &Example) -> bool {
    let has = |names: &[&str]| example.members.iter().any(|member| names.contains(&member.key.as_str()));
    example.role == Role::Refusal || has(&["$schema", "properties", "$ref", "items"])
}

/// Whether a text of an example stands for a value.
pub(crate) fn is_placeholder(text: &str) -> bool {
    form_of(text).is_some()
}

fn form_of(text: &str) -> Option<Form> {
    let text = text.trim();
    let angled = text.starts_with('<') && text.ends_with('>') && text.len() > 2;
    let dots = (text.starts_with("...") || text.starts_with('…') || text.ends_with("...")) && text.len() < 80;
    let braces = text.starts_with('{') && text.ends_with('}') && !text.contains('"') && text.len() > 2;
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    let choices = || text.contains(" | ") && text.split(" | ").all(|word| !word.contains(' '));
    match text {
        _ if angled || dots || braces => Some(Form::Marked),
        _ if is(&["yyyy-mm-dd", "mm/dd/yyyy", "yyyy-mm-ddthh:mm:ssz"]) => Some(Form::DatePattern),
        _ if is(&TYPE_NAMES) => Some(Form::TypeName),
        _ => choices().then_some(Form::Choice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        assert_eq!(is_placeholder(text), expected, "{text}");
    }

    #[test]
    fn what_stands_for_a_value_is_told_from_a_value() {
        check("<UUID>", true);
        check("...array of things", true);
        check("string", true);
        check("DONE | FAILED", true);
        check("a || b", false);
        check("YYYY-MM-DD", true);
        check("{boatId}", true);
        check("", false);
        check("2021-01-08", false);
        check("{\"a\":1}", false);
        check("boat", false);
    }
}
