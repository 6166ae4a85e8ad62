//! DOC-PLACEHOLDER.

use std::collections::BTreeSet;

use super::rule;
use crate::{
    Example, Role, Word,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds texts in JSON examples that stand for a value instead of being one: `<UUID>`, `YYYY-MM-DD`,
    /// `...list of names`, `DONE | FAILED`, the name of a type, or the key again.
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
    for example in &page.facts.examples {
        let named = |word: &&Word| {
            let keys = || example.members.iter().filter(|member| member.value_span.contains(word.span));
            keys().any(|member| member.key == word.text && member.key.chars().any(char::is_uppercase))
        };
        let stands_in =
            |word: &&Word| (is_placeholder(&word.text) && !tells_type(example, word)) || named(word);
        let found: Vec<_> = example.texts.iter().filter(stands_in).collect();
        if found.is_empty() {
            continue;
        }
        let texts: BTreeSet<String> = found.iter().map(|word| format!("`{}`", word.text)).collect();
        let texts = texts.into_iter().collect::<Vec<_>>().join(", ");
        let name = super::name_of(page, example);
        let message = format!("{name} shows {texts} where the API gives a value");
        let spots = found.iter().map(|word| (page.spot(word.span), "stands for a value".to_owned()));
        let draft = Draft::new(format!("{name} {texts}"), message, "show values as the API gives them");
        findings.report(&RULE, draft.at_all(spots));
    }
}

/// Whether an error names the type that a value should have had, as validators do: `{"type": "string"}`.
fn tells_type(example: &Example, word: &Word) -> bool {
    let mut members = example.members.iter();
    example.role == Role::Refusal
        && TYPE_NAMES.iter().any(|name| word.text.eq_ignore_ascii_case(name))
        && members.any(|member| member.key == "type" && member.value_span.contains(word.span))
}

/// Whether a text of an example stands for a value.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let angled = text.starts_with('<') && text.ends_with('>') && text.len() > 2;
    let dots = (text.starts_with("...") || text.starts_with('…') || text.ends_with("...")) && text.len() < 80;
    let braces = text.starts_with('{') && text.ends_with('}') && !text.contains('"') && text.len() > 2;
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    let date = is(&["yyyy-mm-dd", "mm/dd/yyyy", "yyyy-mm-ddthh:mm:ssz"]);
    let choices = text.contains(" | ") && text.split(" | ").all(|word| !word.contains(' '));
    angled || choices || dots || braces || date || is(&TYPE_NAMES)
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
