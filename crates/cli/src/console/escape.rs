//! Characters that a terminal obeys, or that nobody sees.

use std::{
    borrow::Cow,
    fmt::{self, Write},
};

/// Whether a character moves, hides or reorders what stands around it: controls, separators of lines, bidirectional
/// controls, characters without width, tags, and those that Unicode keeps for use inside a process, which are
/// [styles](super::Styled) here.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{e0000}'..='\u{e007f}')
}

/// Whether a text holds a character that is escaped in one line.
pub(super) fn is_hiding(text: &str) -> bool {
    text.chars().any(|character| character != '\t' && is_hidden(character))
}

/// The text in one line: what would move, hide or reorder text is spelled out, such as `\u{1b}` or `\n`.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    escaped(text, |character| character != '\t' && is_hidden(character), spelled_out)
}

/// The same, where line breaks stand.
pub(crate) fn lines(text: &str) -> Cow<'_, str> {
    escaped(text, |character| !matches!(character, '\t' | '\n') && is_hidden(character), spelled_out)
}

/// JSON whose strings hold such characters as `\uXXXX`. Between strings there are none but line breaks.
pub(super) fn json(text: &str) -> Cow<'_, str> {
    let is_escaped = |character| character != '\n' && is_hidden(character);
    escaped(text, is_escaped, |character, out| {
        let mut units = [0; 2];
        character.encode_utf16(&mut units).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}"))
    })
}

/// The text with another character in place of each such one, as many bytes long: places in it stay where they are.
/// Line breaks of both kinds stand.
pub(crate) fn same_length(text: &str) -> Cow<'_, str> {
    let is_replaced = |character| !matches!(character, '\t' | '\n' | '\r') && is_hidden(character);
    let replaced = escaped(text, is_replaced, |character, out| {
        out.write_char(match character.len_utf8() {
            1 => '?',
            2 => '·',
            3 => '\u{fffd}',
            _ => '🛇',
        })
    });
    let breaks = replaced.matches("\r\n").count();
    if replaced.matches('\r').count() == breaks {
        return replaced;
    }
    // A carriage return that ends no line takes a terminal back to its beginning.
    let lines: Vec<String> = replaced.split("\r\n").map(|line| line.replace('\r', "?")).collect();
    Cow::Owned(lines.join("\r\n"))
}

fn spelled_out(character: char, out: &mut String) -> fmt::Result {
    match character {
        '\n' => out.write_str("\\n"),
        '\r' => out.write_str("\\r"),
        other => write!(out, "{}", other.escape_unicode()),
    }
}

fn escaped(
    text: &str,
    is_escaped: impl Fn(char) -> bool,
    write: impl Fn(char, &mut String) -> fmt::Result,
) -> Cow<'_, str> {
    if !text.chars().any(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_escaped(character) {
            // Writing to a text never fails.
            let _ = write(character, &mut out);
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(one_line(text), expected, "{text:?}");
    }

    #[test]
    fn what_a_terminal_obeys_is_spelled_out() {
        check("plain ä 漢 🚢\tend", "plain ä 漢 🚢\tend");
        check("\u{1b}[2J\u{7}\u{7f}\u{9b}31m", "\\u{1b}[2J\\u{7}\\u{7f}\\u{9b}31m");
        check("a\r\nb\u{2028}c", "a\\r\\nb\\u{2028}c");
        check("safe\u{202e}fdp.exe\u{2066}\u{200f}\u{61c}", "safe\\u{202e}fdp.exe\\u{2066}\\u{200f}\\u{61c}");
        check("a\u{200b}b\u{feff}\u{e0041}", "a\\u{200b}b\\u{feff}\\u{e0041}");
        assert_eq!(lines("a\nb\r\u{1b}"), "a\nb\\r\\u{1b}");
    }

    #[test]
    fn escaped_json_is_the_same_document() {
        let document = serde_json::json!({"a\u{9b}": "\u{202e}\u{e0041}\u{1b}\n"});
        let text = serde_json::to_string_pretty(&document).unwrap();
        let shown = json(&text);
        assert!(!is_hiding(&shown.replace('\n', "")), "{shown}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), document);
    }

    #[test]
    fn places_stay_where_they_are() {
        let text = "a\u{1b}b\u{9b}c\u{202e}d\u{e0041}e\r\nf\rg\r\n";
        assert_eq!(same_length(text), "a?b·c\u{fffd}d🛇e\r\nf?g\r\n");
        assert_eq!(same_length(text).len(), text.len());
    }
}
