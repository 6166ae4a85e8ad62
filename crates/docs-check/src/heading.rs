//! Which lines are headings, and which headings open a part of an operation.

/// Headings that open a part of the operation around them, in lower case.
const PARTS: [&str; 35] = [
    "http request",
    "request",
    "request body",
    "body",
    "request parameters",
    "parameters",
    "url parameters",
    "path parameters",
    "query parameters",
    "body parameters",
    "request headers",
    "headers",
    "response",
    "responses",
    "response body",
    "http response",
    "reply",
    "replies",
    "reply body",
    "success",
    "refusal",
    "refusals",
    "error responses",
    "example",
    "examples",
    "example request",
    "example response",
    "example reply",
    "note",
    "notes",
    "query",
    "path",
    "returns",
    "url parameter",
    "arguments",
];

/// Whether this heading opens a part of the operation around it.
pub(crate) fn is_part(title: &str) -> bool {
    let title = title.trim().trim_end_matches(':').to_lowercase();
    PARTS.contains(&title.as_str())
}

/// Headings that open a part of a model or of an operation, where they are no subject of their own.
const DESCRIPTIONS: [&str; 8] = [
    "properties",
    "enumerated values",
    "allowed values",
    "possible values",
    "detailed descriptions",
    "response schema",
    "response headers",
    "callbacks",
];

/// Whether this heading, deep enough in a document, opens a part of what is described around it.
pub(crate) fn opens_description(title: &str) -> bool {
    DESCRIPTIONS.contains(&title.trim().trim_end_matches(':').to_lowercase().as_str())
}

/// Whether the line is a status code on its own, such as `STATUS 201`.
pub(crate) fn is_status(line: &str) -> bool {
    status(line).is_some()
}

/// The status code of a line that holds nothing else.
pub(crate) fn status(line: &str) -> Option<u16> {
    let line = line.trim().trim_matches(['*', '`', '>', ' ']);
    // Most lines begin otherwise, and are long.
    let begins = |word: &str| line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if !begins("http") && !begins("status") {
        return None;
    }
    let line = line.to_lowercase();
    let rest = line.strip_prefix("http").map_or(line.as_str(), str::trim_start);
    let rest = rest.strip_prefix("status")?.trim_start();
    let rest = rest.strip_prefix("code").map_or(rest, str::trim_start);
    let code = rest.trim_start_matches(':').trim_matches([' ', '*', '`']).get(..3)?;
    code.parse().ok().filter(|code| (100..600).contains(code))
}

/// Whether a line on its own reads like a heading: few words, no sentence, capitals on what matters.
pub(crate) fn is_title(line: &str) -> bool {
    if line.len() > 70 {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.len() > 9 || line.contains("://") || line.contains(": ") {
        return false;
    }
    if line.ends_with(['.', ':', ',', ';', '!', '?', '"', '}']) {
        return false;
    }
    match words.as_slice() {
        [] => false,
        [word] => is_kebab(word) || word.chars().next().is_some_and(char::is_uppercase),
        [.., last] if UNFINISHED.contains(last) => false,
        [first, ..] => {
            first.chars().next().is_some_and(char::is_uppercase) && words.iter().all(|word| is_capital(word))
        }
    }
}

/// Words that no heading ends with.
const UNFINISHED: [&str; 10] = ["the", "a", "an", "of", "in", "to", "for", "with", "and", "or"];

fn is_kebab(word: &str) -> bool {
    word.contains('-')
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Words of more than three letters begin with a capital in a heading.
fn is_capital(word: &str) -> bool {
    let letters = word.trim_start_matches(['(', '"', '\'', '“']);
    let begins = letters.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    begins
        || letters.ends_with(')')
        || letters.chars().count() <= 3
        || ["with", "from", "into", "your"].contains(&letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: (bool, bool, Option<u16>)) {
        assert_eq!((is_title(line), is_part(line), status(line)), expected, "{line}");
    }

    #[test]
    fn headings_are_told_from_sentences() {
        check("Fetch Boats", (true, false, None));
        check("Tie Up or Cast Off", (true, false, None));
        check("Sink Boats (Testing)", (true, false, None));
        check("boat-sunk", (true, false, None));
        check("URL Parameters", (true, true, None));
        check("This lists boats in ports", (false, false, None));
        check("Boats are fun.", (false, false, None));
        check("Example Reply:", (false, true, None));
        check("STATUS 201", (true, false, Some(201)));
        check("Status: 200", (false, false, Some(200)));
        check("Status Code **404**", (false, false, Some(404)));
        check("", (false, false, None));
    }
}
