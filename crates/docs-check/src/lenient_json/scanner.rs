//! The words of JSON as documentation writes it.

/// One word and the range of bytes it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Open(Bracket),
    Close(Bracket),
    Colon,
    Comma,
    /// A quoted text, decoded; `None` where an escape is wrong.
    Text(Option<String>),
    /// A text that its line ends before its quotation mark.
    UnclosedText,
    /// Anything that is not quoted: a number, a constant or a word.
    Bare,
    Comment,
    Ellipsis,
}

/// What holds members or items together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Object,
    Array,
}

/// Cuts text into words.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The bytes of a token.
    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
        let rest = self.rest();
        let start = self.at;
        let (kind, length) = match rest.chars().next()? {
            '{' => (TokenKind::Open(Bracket::Object), 1),
            '[' => (TokenKind::Open(Bracket::Array), 1),
            '}' => (TokenKind::Close(Bracket::Object), 1),
            ']' => (TokenKind::Close(Bracket::Array), 1),
            ':' => (TokenKind::Colon, 1),
            ',' => (TokenKind::Comma, 1),
            '"' => quoted(rest),
            '/' if rest.starts_with("//") => (TokenKind::Comment, line(rest).trim_end().len()),
            '/' if rest.starts_with("/*") => (TokenKind::Comment, block_comment(rest)),
            '.' if rest.starts_with("...") => (TokenKind::Ellipsis, elided(rest)),
            '…' => (TokenKind::Ellipsis, elided(rest)),
            _ => (TokenKind::Bare, bare(rest)),
        };
        self.at = start + length.max(1);
        Some(Token { kind, start, end: self.at })
    }
}

fn line(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}

fn block_comment(text: &str) -> usize {
    text.find("*/").map_or(text.len(), |end| end + 2)
}

/// Dots and the words after them, up to the end of the line or the bracket around them.
fn elided(text: &str) -> usize {
    let inside = text.find([']', '}', '\n']).and_then(|end| text.get(..end)).unwrap_or(text);
    inside.trim_end().trim_end_matches(',').trim_end().len()
}

/// A bare word; one in angle brackets may hold anything but their end.
fn bare(text: &str) -> usize {
    let mut word_end = text.len();
    let mut previous = ' ';
    for (at, character) in text.char_indices() {
        match character {
            '>' if text.starts_with('<') => return at + 1,
            '{' | '}' | '[' | ']' | ',' | ':' | '"' | '\n' => word_end = at,
            '/' | '*' if previous == '/' => word_end = at - 1,
            _ => {
                previous = character;
                continue;
            }
        }
        break;
    }
    let word = text.get(..word_end).unwrap_or_default().trim_end();
    word.len().max(text.chars().next().map_or(1, char::len_utf8))
}

fn quoted(text: &str) -> (TokenKind, usize) {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            b'\n' => return (TokenKind::UnclosedText, text.get(..at).unwrap_or_default().trim_end().len()),
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => {
                let inside = text.get(1..at).unwrap_or_default();
                let plain = !inside.bytes().any(|byte| byte == b'\\' || byte < b' ');
                let decoded = if plain {
                    Some(inside.to_owned())
                } else {
                    text.get(..=at).and_then(|quoted| serde_json::from_str(quoted).ok())
                };
                return (TokenKind::Text(decoded), at + 1);
            }
            _ => {}
        }
    }
    (TokenKind::UnclosedText, text.len())
}
