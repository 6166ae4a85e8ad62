//! Types as documents write them.

use std::collections::BTreeSet;

use crate::edition::surface::Type;

/// A type that a document states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct StatedType {
    pub(super) types: BTreeSet<Type>,
    pub(super) format: Option<String>,
    /// Of an array: the type of its items.
    pub(super) items: Option<Box<StatedType>>,
}

/// Words for types, in lower case, with the form that they imply.
const WORDS: [(&str, Type, Option<&str>); 21] = [
    ("string", Type::String, None),
    ("text", Type::String, None),
    ("uuid", Type::String, Some("uuid")),
    ("guid", Type::String, Some("uuid")),
    ("date", Type::String, Some("date")),
    ("datetime", Type::String, Some("date-time")),
    ("timestamp", Type::String, Some("date-time")),
    ("url", Type::String, Some("uri")),
    ("email", Type::String, Some("email")),
    ("integer", Type::Integer, None),
    ("int", Type::Integer, None),
    ("number", Type::Number, None),
    ("decimal", Type::Number, None),
    ("float", Type::Number, None),
    ("double", Type::Number, None),
    ("boolean", Type::Boolean, None),
    ("bool", Type::Boolean, None),
    ("array", Type::Array, None),
    ("list", Type::Array, None),
    ("object", Type::Object, None),
    ("null", Type::Null, None),
];

/// Forms that stand in brackets after a type.
const FORMATS: [&str; 12] = [
    "date",
    "date-time",
    "time",
    "uuid",
    "uri",
    "email",
    "int32",
    "int64",
    "float",
    "double",
    "byte",
    "binary",
];

/// Reads a type; nothing where no word of it is known.
pub(super) fn read(text: &str) -> StatedType {
    let lower = text.to_lowercase();
    let (first, items) = match lower.split_once(" of ") {
        Some((first, items)) if first.contains("array") || first.contains("list") => (first, Some(items)),
        _ => (lower.as_str(), None),
    };
    let mut stated = StatedType::default();
    // Alternatives are parted by bars and `or`; what stands after a comma says more about the first.
    let head = first.split(',').next().unwrap_or_default();
    for alternative in head.split(['|', '/']).flat_map(|part| part.split(" or ")) {
        let mut words = alternative.split(|c: char| !c.is_alphanumeric());
        let known = words.find_map(|word| WORDS.iter().find(|(name, ..)| *name == word));
        if let Some((_, kind, format)) = known {
            stated.types.insert(*kind);
            stated.format = stated.format.take().or_else(|| format.map(str::to_owned));
        }
    }
    let brackets =
        first.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inside, _)| inside.trim());
    if let Some(format) = brackets.filter(|inside| FORMATS.contains(inside)) {
        stated.format = Some(format.to_owned());
    }
    if stated.types.contains(&Type::Array) {
        let inside = items.map(read).filter(|items| !items.types.is_empty());
        stated.items = inside.map(Box::new);
    }
    stated
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, types: &[Type], format: Option<&str>, items: &[Type]) {
        let stated = read(text);
        assert_eq!(stated.types, types.iter().copied().collect(), "{text}");
        assert_eq!(stated.format.as_deref(), format, "{text}");
        let found = stated.items.map(|items| items.types).unwrap_or_default();
        assert_eq!(found, items.iter().copied().collect(), "{text}");
    }

    #[test]
    fn types_are_read_as_documents_write_them() {
        check("string", &[Type::String], None, &[]);
        check("String (date-time)", &[Type::String], Some("date-time"), &[]);
        check("An integer", &[Type::Integer], None, &[]);
        check("uuid", &[Type::String], Some("uuid"), &[]);
        check("array of strings", &[Type::Array], None, &[]);
        check("array of string (uuid)", &[Type::Array], None, &[Type::String]);
        check("object, [Pagination](#pagination)", &[Type::Object], None, &[]);
        check("string or null", &[Type::Null, Type::String], None, &[]);
        check("number|string", &[Type::Number, Type::String], None, &[]);
        check("whatever", &[], None, &[]);
        check("", &[], None, &[]);
    }
}
