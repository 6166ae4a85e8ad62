//! Where a JSON example begins and ends in text without fences.

use crate::{Span, text::Text};

/// Whether an example begins on this line.
pub(super) fn begins(text: &Text<'_>, lines: &[Span], index: usize) -> bool {
    let Some(line) = lines.get(index).map(|line| text.slice(*line)) else { return false };
    let inside = |rest: &str, starts: &[char]| rest.is_empty() || rest.starts_with(starts);
    if let Some(rest) = line.strip_prefix('{') {
        return inside(rest.trim_start(), &['"', '}', '/', '.', '{']);
    }
    if let Some(rest) = line.strip_prefix('[') {
        let rest = rest.trim_start();
        return inside(rest, &['{', '"', '[', ']']) && !rest.ends_with('.');
    }
    is_member(line)
}

/// `"key": …`
fn is_member(line: &str) -> bool {
    let Some((key, rest)) = line.strip_prefix('"').and_then(|rest| rest.split_once('"')) else {
        return false;
    };
    !key.is_empty() && rest.trim_start().starts_with(':')
}

/// The line after the example that begins on this line, if one does.
pub(super) fn end(text: &Text<'_>, lines: &[Span], index: usize) -> Option<usize> {
    if !begins(text, lines, index) {
        return None;
    }
    let mut depth = 0_i64;
    let mut next = index;
    let mut last = index + 1;
    while let Some(line) = lines.get(next) {
        let content = text.slice(*line);
        if content.is_empty() {
            // An example goes on after an empty line only while something is open.
            if depth <= 0 {
                break;
            }
        } else {
            if next > index && !continues(content, depth) {
                break;
            }
            depth += balance(content);
            last = next + 1;
        }
        next += 1;
    }
    Some(last)
}

/// Whether this line can go on with an example that has this many open braces.
fn continues(line: &str, depth: i64) -> bool {
    let marks = line.starts_with(['}', ']', ',']);
    if depth <= 0 {
        return marks || (depth < 0 && is_member(line)) || is_member(line);
    }
    marks
        || line.starts_with(['{', '[', '"', '<', '-', '…'])
        || line.starts_with("...")
        || line.starts_with("//")
        || line.starts_with(|c: char| c.is_ascii_digit())
        || ["true", "false", "null"].iter().any(|word| line.starts_with(word))
}

/// Opening minus closing braces and brackets, outside texts and comments.
fn balance(line: &str) -> i64 {
    let mut depth = 0;
    let mut quoted = false;
    let mut previous = ' ';
    for character in line.chars() {
        match character {
            '"' if previous != '\\' => quoted = !quoted,
            '/' if !quoted && previous == '/' => break,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth -= 1,
            _ => {}
        }
        previous = character;
    }
    depth
}
