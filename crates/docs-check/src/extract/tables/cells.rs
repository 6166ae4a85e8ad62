//! What the cells of a row say.

use std::sync::LazyLock;

use regex::Regex;

use crate::{Requiredness, Span, Word};

static STATED_TYPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)\((?P<inside>boolean|string|integer|number|decimal|array|object|uuid|guid)\)
        |^(?:an?\s+)?(?P<first>boolean|string|integer|number|array|object|uuid|guid)\b",
    )
    .ok()
});
static STATED_DEFAULT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?i)\bdefaults?\s+(?:to|is|value\s+is)\s+[`"']?(?P<value>[\w.-]*\w)"#).ok()
});

pub(super) fn requiredness(cell: &str) -> Option<Requiredness> {
    let lower = cell.trim().to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let first = words.next().unwrap_or_default();
    let alone = words.all(str::is_empty);
    match (first, alone) {
        ("y" | "yes" | "required" | "true" | "always", true) => Some(Requiredness::Required),
        ("n" | "no" | "optional" | "false" | "never", _) => Some(Requiredness::Optional),
        ("y" | "yes" | "required" | "conditional" | "if" | "when", _) => {
            Some(Requiredness::Conditional(cell.trim().to_owned()))
        }
        _ => None,
    }
}

pub(super) fn stated_type(description: &Word) -> Option<Word> {
    let captures = STATED_TYPE.as_ref()?.captures(&description.text)?;
    let found = captures.name("inside").or_else(|| captures.name("first"))?;
    let span = Span::new(found.start(), found.end()).moved(description.span.start);
    Some(Word { text: found.as_str().to_lowercase().into(), span })
}

/// Where a description says that a field should not be used any more.
pub(super) fn deprecation(description: &Word) -> Option<Span> {
    let lower = description.text.to_ascii_lowercase();
    let at = lower.find("deprecated")?;
    let before = lower.get(..at)?.trim_end();
    let announced = ["be", "is", "been", "are"].iter().any(|word| before.ends_with(word));
    let stands_alone = before.is_empty() || before.ends_with(['(', '.', '-', '—']);
    let place = Span::new(at, at + "deprecated".len()).moved(description.span.start);
    (announced || stands_alone).then_some(place)
}

pub(super) fn stated_default(description: &Word) -> Option<Word> {
    let told = description.text.as_bytes().windows(6).any(|word| word.eq_ignore_ascii_case(b"efault"));
    let found = STATED_DEFAULT.as_ref().filter(|_| told)?.captures(&description.text)?.name("value")?;
    let span = Span::new(found.start(), found.end()).moved(description.span.start);
    Some(Word { text: found.as_str().into(), span })
}
