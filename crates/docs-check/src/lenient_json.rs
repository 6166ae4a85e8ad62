//! Reads JSON as documentation writes it: with comments, ellipses, stand-ins and lost braces.
//!
//! Nothing is guessed: where the intention is certain the value is repaired and the fault is recorded, otherwise
//! the fault alone is. The reader keeps its own stack, so that nesting costs memory and never the call stack.

mod reader;
mod scanner;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{Member, Span, Word, limits::EXAMPLE_BYTES_MAX};

/// One thing that keeps an example from being JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fault {
    /// What it is.
    pub kind: FaultKind,
    /// Where it stands.
    pub span: Span,
}

/// What keeps an example from being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// A comment.
    Comment,
    /// Dots that stand for what is left out.
    Ellipsis,
    /// A bare word that stands for a value.
    BareWord,
    /// A comma before a closing brace or bracket.
    TrailingComma,
    /// No comma between two members or items.
    MissingComma,
    /// A brace or bracket that is never closed.
    Unclosed,
    /// A closing brace or bracket that closes nothing, or something else.
    Unopened,
    /// Members without an object around them.
    Fragment,
    /// Members in an array, without the brace that opens their object.
    LostOpening,
    /// A text whose quotation mark is never closed.
    UnclosedText,
    /// A key that the object already has.
    RepeatedKey,
    /// Objects in objects beyond every use.
    TooDeep,
    /// More bytes than are parsed, in the example or in all of its document.
    TooLarge,
    /// Something else that JSON does not know.
    Unreadable,
}

impl FaultKind {
    /// Whether it is a way of writing that readers understand, and not a slip.
    pub const fn is_shorthand(self) -> bool {
        matches!(self, Self::Comment | Self::Ellipsis | Self::BareWord)
    }

    /// A few words that name it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Ellipsis => "ellipsis",
            Self::BareWord => "bare word in place of a value",
            Self::TrailingComma => "trailing comma",
            Self::MissingComma => "missing comma",
            Self::Unclosed => "brace or bracket that is never closed",
            Self::Unopened => "closing brace or bracket that closes nothing",
            Self::Fragment => "fragment without the object around it",
            Self::LostOpening => "members in an array without the brace that opens their object",
            Self::UnclosedText => "text whose quotation mark is never closed",
            Self::RepeatedKey => "repeated key",
            Self::TooDeep => "nesting that is too deep to read",
            Self::TooLarge => "more bytes than are parsed",
            Self::Unreadable => "unreadable text",
        }
    }
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reading {
    pub(crate) value: Option<Value>,
    pub(crate) members: Vec<Member>,
    pub(crate) texts: Vec<Word>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) open: Vec<String>,
}

/// Reads `text`, which stands at `offset` in its document.
pub(crate) fn read(text: &str, offset: usize) -> Reading {
    if text.len() > EXAMPLE_BYTES_MAX {
        return too_large(text, offset);
    }
    reader::Reader::new(text, offset).read()
}

/// What is known of an example that is not parsed.
pub(crate) fn too_large(text: &str, offset: usize) -> Reading {
    let first = text.chars().next().map_or(0, char::len_utf8);
    let fault = Fault { kind: FaultKind::TooLarge, span: Span::new(offset, offset + first) };
    Reading { faults: vec![fault], ..Reading::default() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(text: &str, value: &Value, faults: &[(FaultKind, &str)]) {
        let reading = read(text, 0);
        let found: Vec<_> = reading
            .faults
            .iter()
            .map(|fault| (fault.kind, &text[fault.span.start..fault.span.end]))
            .collect();
        assert_eq!(found, faults, "{text}");
        assert_eq!(reading.value.unwrap_or_default(), *value, "{text}");
    }

    #[test]
    fn dots_stand_for_entries_with_their_commas() {
        check("{\"a\": 1,\n...\n\"b\": 2}", &json!({"a": 1, "b": 2}), &[(FaultKind::Ellipsis, "...")]);
        check("[1, ...\n2]", &json!([1, 2]), &[(FaultKind::Ellipsis, "...")]);
    }

    #[test]
    fn json_has_no_faults() {
        for text in ["{}", "[]", r#"{"a": [1, -2.5e3, true, null, "x\"\u0041"], "b": {"c": {}}}"#, "[[], {}]"]
        {
            check(text, &serde_json::from_str(text).unwrap(), &[]);
        }
    }

    #[test]
    fn slips_are_named_and_repaired() {
        use FaultKind::{Fragment, MissingComma, RepeatedKey, TrailingComma, Unclosed, Unopened};
        check(r#"{"a": 1,}"#, &json!({"a": 1}), &[(TrailingComma, ",")]);
        check(r#"{"a": [1,], }"#, &json!({"a": [1]}), &[(TrailingComma, ","), (TrailingComma, ",")]);
        check(r#"{"a": {"b": 1}"#, &json!({"a": {"b": 1}}), &[(Unclosed, "{")]);
        check(r#""a": {"b": 1}"#, &json!({"a": {"b": 1}}), &[(Fragment, r#""a""#)]);
        check(
            r#"{"a": ["b": 1, "c": 2]}"#,
            &json!({"a": [{"b": 1, "c": 2}]}),
            &[(FaultKind::LostOpening, r#""b""#)],
        );
        check(r#"{"a": 1 "b": 2}"#, &json!({"a": 1, "b": 2}), &[(MissingComma, r#""b""#)]);
        check(r#"{"a": 1}}"#, &json!({"a": 1}), &[(Unopened, "}")]);
        check(r#"{"a": 1, "a": 2}"#, &json!({"a": 2}), &[(RepeatedKey, r#""a""#)]);
    }

    #[test]
    fn shorthand_is_named_and_left_open() {
        use FaultKind::{BareWord, Comment, Ellipsis, TrailingComma};
        check("{\"a\": 1 // why\n}", &json!({"a": 1}), &[(Comment, "// why")]);
        check("{ // why\n\"a\": 1 /* x */ }", &json!({"a": 1}), &[(Comment, "// why"), (Comment, "/* x */")]);
        check(
            "{\"a\": [\n...things\n],\n}",
            &json!({"a": []}),
            &[(Ellipsis, "...things"), (TrailingComma, ",")],
        );
        check("{\"a\": ...a thing,\n\"b\": 1}", &json!({"a": null, "b": 1}), &[(Ellipsis, "...a thing")]);
        check("{\"a\": 1,\n...more (of it)\n}", &json!({"a": 1}), &[(Ellipsis, "...more (of it)")]);
        check(
            "{\"a\": { ... }, \"b\": <userId>}",
            &json!({"a": {}, "b": null}),
            &[(Ellipsis, "..."), (BareWord, "<userId>")],
        );
        check("{\"a\": number}", &json!({"a": null}), &[(BareWord, "number")]);
        assert_eq!(read("{\"a\": ...thing,\n\"b\": [ ... ]}", 0).open, ["/a", "/b"]);
    }

    #[test]
    fn whatever_it_is_the_reader_ends() {
        for text in [
            "",
            "{",
            "}",
            "{\"",
            "{\"a",
            "{\"a\":",
            "{,}",
            "[,]",
            "{:}",
            "{]",
            "[}",
            "nope",
            "{\"a\" 1}",
            "\u{feff}{}",
            "/*",
            "{\"\\",
        ] {
            read(text, 0);
        }
        let deep = read(&"[".repeat(200_000), 0);
        assert_eq!((deep.value, deep.faults.len()), (None, 1));
        read(&"{\"a\":".repeat(100_000), 0);
        read(&"...".repeat(100_000), 0);
    }

    #[test]
    fn what_is_too_large_is_not_parsed() {
        let large = format!("[{}]", " ".repeat(EXAMPLE_BYTES_MAX - 1));
        let reading = read(&large, 7);
        assert_eq!((reading.value, reading.faults.len()), (None, 1));
        let fault = Fault { kind: FaultKind::TooLarge, span: Span::new(7, 8) };
        assert_eq!(reading.faults, [fault]);
    }

    #[test]
    fn pointers_cost_no_more_than_some_times_the_text() {
        // Sixty objects around many members, each with a long key: every member would repeat all the keys.
        let key = "k".repeat(1_000);
        let outer = format!("{{\"{key}\": ").repeat(60);
        let text = format!("{outer}{{{}", "\"a\": 1, ".repeat(10_000));
        let reading = read(&text, 0);
        let pointers: usize = reading.members.iter().map(|member| member.pointer.len()).sum();
        assert!(pointers < text.len() * 20, "{pointers}");
        assert_eq!(reading.faults.last().map(|fault| fault.kind), Some(FaultKind::TooDeep));
    }

    #[test]
    fn members_know_their_places() {
        let text = r#"{"a": {"b/c": "x"}, "d": [{"e": 1}]}"#;
        let pointers: Vec<_> = read(text, 0)
            .members
            .into_iter()
            .map(|member| (member.pointer, &text[member.value_span.start..member.value_span.end]))
            .collect();
        let expected = [("/a", "{"), ("/a/b~1c", r#""x""#), ("/d", "["), ("/d/0/e", "1")];
        assert_eq!(pointers, expected.map(|(pointer, value)| (pointer.into(), value)));
    }
}
