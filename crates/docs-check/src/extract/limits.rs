//! How large, long or many a value can be, as a description says.

use std::sync::LazyLock;

use regex::Regex;

use crate::{Limit, LimitKind, Span, Word};

static LIMIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)\b(?:
            (?P<most>max(?:imum)?|at\s+most|no\s+more\s+than|up\s+to|not?\s+(?:exceed|longer\s+than))
            |(?P<least>min(?:imum)?|at\s+least|no\s+(?:less|fewer)\s+than)
        )\b[^.\d\n]{0,30}?(?P<value>\d[\d,]*(?:\.\d+)?)\b\s*(?P<unit>characters?|chars?|letters|digits)?",
    )
    .ok()
});

pub(super) fn limits(description: &Word) -> Vec<Limit> {
    if !description.text.bytes().any(|byte| byte.is_ascii_digit()) && description.text.is_ascii() {
        return Vec::new();
    }
    let found = LIMIT.as_ref().into_iter().flat_map(|limit| limit.captures_iter(&description.text));
    let limits = found.filter_map(|captures| {
        let value = captures.name("value")?;
        let kind = match (captures.name("most").is_some(), captures.name("unit").is_some()) {
            (true, false) => LimitKind::Maximum,
            (true, true) => LimitKind::LengthMaximum,
            (false, false) => LimitKind::Minimum,
            (false, true) => LimitKind::LengthMinimum,
        };
        let span = Span::new(value.start(), value.end()).moved(description.span.start);
        Some(Limit { kind, value: Word { text: value.as_str().replace(',', "").into(), span } })
    });
    limits.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(description: &str, expected: &[(LimitKind, &str)]) {
        let word = Word { text: description.into(), span: Span::new(0, description.len()) };
        let found = limits(&word);
        let found: Vec<_> = found.iter().map(|limit| (limit.kind, limit.value.text.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn limits_are_read_out_of_descriptions() {
        check("Sets the size. Maximum is currently 500.", &[(LimitKind::Maximum, "500")]);
        check("Must be at least 3 characters long", &[(LimitKind::LengthMinimum, "3")]);
        check("At most 1,000 and at least 2", &[(LimitKind::Maximum, "1000"), (LimitKind::Minimum, "2")]);
        check("The maximum. There are 5.", &[]);
    }
}
