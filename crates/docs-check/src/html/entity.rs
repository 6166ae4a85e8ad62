//! Character references such as `&amp;`.

use html5gum::{Token, Tokenizer};

/// The longest reference that HTML knows has 33 bytes.
const LENGTH_MAX: usize = 40;

/// Pieces of raw text: as it stands, or a reference with what it stands for; each with its offset.
pub(super) fn pieces(raw: &str) -> impl Iterator<Item = (&str, usize, Option<String>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = raw.get(at..).filter(|rest| !rest.is_empty())?;
        let start = at;
        if let Some((length, decoded)) = reference(rest) {
            at += length;
            return Some((rest.get(..length)?, start, Some(decoded)));
        }
        let skip = rest.chars().next().map_or(1, char::len_utf8);
        let next = rest.get(skip..).and_then(|tail| tail.find('&')).map_or(rest.len(), |found| found + skip);
        at += next;
        Some((rest.get(..next)?, start, None))
    })
}

fn reference(text: &str) -> Option<(usize, String)> {
    if !text.starts_with('&') {
        return None;
    }
    let bytes = text.as_bytes();
    let end = bytes.iter().take(LENGTH_MAX).position(|byte| *byte == b';')?;
    let source = text.get(..=end)?;
    let mut decoded = String::new();
    for token in Tokenizer::new(source).flatten() {
        if let Token::String(piece) = token {
            decoded.push_str(&String::from_utf8_lossy(&piece));
        }
    }
    (decoded != source).then_some((end + 1, decoded))
}
