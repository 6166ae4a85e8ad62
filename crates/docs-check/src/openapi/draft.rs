//! Names and texts of a draft.

use serde_json::Value;

use crate::{Operation, identifier::words};

/// Adds a member that says something.
pub(super) fn merge(object: &mut Value, name: &str, value: Value) {
    let says = match &value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty() || name == "paths" || name == "schema",
        _ => true,
    };
    if let Some(object) = object.as_object_mut().filter(|_| says) {
        object.insert(name.to_owned(), value);
    }
}

/// A path whose parameters stand in braces.
pub(super) fn path_template(path: &str) -> String {
    let segments = path.split('/').map(|segment| match segment.strip_prefix(':') {
        Some(name) => format!("{{{name}}}"),
        None => segment.replace('<', "{").replace('>', "}"),
    });
    segments.collect::<Vec<_>>().join("/")
}

/// A name for an operation: its heading, or its method and path.
pub(super) fn operation_id(operation: &Operation) -> String {
    let heading = operation.heading.as_deref().map(|heading| words(&heading.replace("(s)", "s")));
    let heading = heading.filter(|words| !words.is_empty());
    camel(&heading.unwrap_or_else(|| words(&format!("{} {}", operation.method, operation.path))))
}

/// Words as one word, with capitals inside.
pub(super) fn camel(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if !name.is_empty() => name.extend(first.to_uppercase()),
            Some(first) => name.push(first),
            None => {}
        }
        name.push_str(letters.as_str());
    }
    name
}

/// Text on one line.
pub(super) fn sentence(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: &str) {
        assert_eq!(path_template(path), expected);
    }

    #[test]
    fn parameters_stand_in_braces() {
        check("/boats/:id/sails", "/boats/{id}/sails");
        check("/boats/<ID>", "/boats/{ID}");
        check("/boats/{id}", "/boats/{id}");
        assert_eq!(camel(&words("Fetch Boats")), "fetchBoats");
    }
}
