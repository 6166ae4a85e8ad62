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

/// Names for an operation, the best first: its heading, its heading with its method and path, and these with numbers.
pub(super) fn operation_ids(operation: &Operation) -> impl Iterator<Item = String> {
    let called = words(&operation.heading.as_deref().unwrap_or_default().replace("(s)", "s"));
    let call = words(&format!("{} {}", operation.method, operation.path));
    let both = camel(&[called.as_slice(), call.as_slice()].concat());
    let first = if called.is_empty() { camel(&call) } else { camel(&called) };
    let numbered = both.clone();
    [first, both].into_iter().chain((2_u32..).map(move |number| format!("{numbered}{number}")))
}

/// A name that can be a key of components: letters, digits, dots, hyphens and low lines.
pub(super) fn key(name: &str) -> String {
    let key: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c)).collect();
    if key.is_empty() { "Object".to_owned() } else { key }
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

    #[test]
    fn names_are_made_of_what_documents_say() {
        assert_eq!(camel(&words("Fetch Boats")), "fetchBoats");
        assert_eq!(key("Größe_2"), "Gre_2");
        assert_eq!(key("ß"), "Object");
    }
}
