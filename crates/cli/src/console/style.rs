//! How our own words are styled.

use std::{borrow::Cow, fmt};

/// A style of our own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Names to look for.
    Bold,
    /// What breaks.
    Breaking,
    /// What may break.
    Dangerous,
    /// What is well.
    Safe,
    /// What matters least.
    Dimmed,
}

/// Something in a style.
///
/// It is written between two of the characters that Unicode keeps for use inside a process, and only the console turns
/// these into escape sequences. A text from outside that holds them gains a colour, and nothing else.
#[derive(Debug)]
pub(crate) struct Styled<T>(pub(crate) Style, pub(crate) T);

/// Ends a style.
const PLAIN: char = '\u{fdd0}';

/// Every style with its mark and its escape sequence.
const STYLES: [(Style, char, &str); 5] = [
    (Style::Bold, '\u{fdd1}', "\u{1b}[1m"),
    (Style::Breaking, '\u{fdd2}', "\u{1b}[1;31m"),
    (Style::Dangerous, '\u{fdd3}', "\u{1b}[1;33m"),
    (Style::Safe, '\u{fdd4}', "\u{1b}[32m"),
    (Style::Dimmed, '\u{fdd5}', "\u{1b}[2m"),
];

/// What ends a style.
const RESET: &str = "\u{1b}[0m";

impl<T: fmt::Display> fmt::Display for Styled<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = STYLES.iter().find(|(style, ..)| *style == self.0).map_or(PLAIN, |(_, mark, _)| *mark);
        fmt::Write::write_char(formatter, mark)?;
        // Width and the like are for what is styled.
        self.1.fmt(formatter)?;
        fmt::Write::write_char(formatter, PLAIN)
    }
}

/// The text with escape sequences in place of marks; none of them reaches beyond the text.
pub(super) fn resolved(text: &str) -> Cow<'_, str> {
    let is_mark = |character| ('\u{fdd0}'..='\u{fdef}').contains(&character);
    if !text.contains(is_mark) {
        return Cow::Borrowed(text);
    }
    let mut resolved = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_mark(character) {
            let sequence = STYLES.iter().find(|(_, mark, _)| *mark == character);
            resolved.push_str(sequence.map_or(RESET, |(.., sequence)| sequence));
        } else {
            resolved.push(character);
        }
    }
    resolved.push_str(RESET);
    Cow::Owned(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_ends_with_its_text() {
        let line = format!("{:<6}|", Styled(Style::Bold, "GET"));
        assert_eq!(resolved(&line), "\u{1b}[1mGET   \u{1b}[0m|\u{1b}[0m");
        assert_eq!(resolved("plain"), "plain");
        assert_eq!(resolved("from outside \u{fdd2}red"), "from outside \u{1b}[1;31mred\u{1b}[0m");
    }
}
