//! Cells of a row whose borders are lost.

use std::sync::LazyLock;

use regex::Regex;

use crate::{Span, column::Column, identifier::is_name};

/// A last cell that says whether a field must be sent.
static REQUIRED_CELL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|\s)((?:Y|N|Yes|No)(?:\s+(?:\(.*\)|(?:if|when|unless)\s.*))?)\s*$").ok()
});

/// One span for each column, relative to the line; `None` where the line is no row.
pub(super) fn split(line: &str, columns: &[Column]) -> Option<Vec<Span>> {
    let (first, others) = columns.split_first()?;
    if line.is_empty() {
        return None;
    }
    let (middle, required) = match others.split_last() {
        Some((Column::Required, middle)) => (middle, true),
        _ => (others, false),
    };
    let mut rest = Span::new(0, line.len());
    let mut last = None;
    if required {
        let cell = REQUIRED_CELL.as_ref().and_then(|cell| cell.captures(line)?.get(1));
        let cell = cell.map_or(Span::new(line.len(), line.len()), |cell| Span::new(cell.start(), cell.end()));
        rest.end = cell.start;
        last = Some(cell);
    }
    let mut cells = Vec::new();
    if middle.is_empty() {
        cells.push(trimmed(line, rest));
    } else {
        let (word, tail) = split_word(line, rest);
        let text = line.get(word.start..word.end)?;
        let named = match first {
            Column::Code => text.chars().all(|c| c.is_ascii_digit()),
            column if column.is_name() => is_name(text),
            _ => true,
        };
        if !named {
            return None;
        }
        cells.push(word);
        rest = tail;
        split_middle(line, rest, middle, &mut cells);
    }
    cells.extend(last);
    Some(cells)
}

fn split_middle(line: &str, mut rest: Span, columns: &[Column], cells: &mut Vec<Span>) {
    for (index, column) in columns.iter().enumerate() {
        if index + 1 == columns.len() {
            cells.push(trimmed(line, rest));
            return;
        }
        let (cell, tail) = match column {
            Column::Default => split_default(line, rest),
            _ => split_word(line, rest),
        };
        cells.push(cell);
        rest = tail;
    }
}

fn trimmed(line: &str, span: Span) -> Span {
    let text = line.get(span.start..span.end).unwrap_or_default();
    let start = span.start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}

fn split_word(line: &str, span: Span) -> (Span, Span) {
    let span = trimmed(line, span);
    let text = line.get(span.start..span.end).unwrap_or_default();
    let length = text.find(char::is_whitespace).unwrap_or(text.len());
    let end = span.start + length;
    (Span::new(span.start, end), trimmed(line, Span::new(end, span.end)))
}

/// A default ends where the description begins: at the first word with a capital.
fn split_default(line: &str, span: Span) -> (Span, Span) {
    let span = trimmed(line, span);
    let text = line.get(span.start..span.end).unwrap_or_default();
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        if word.chars().next().is_some_and(char::is_uppercase) {
            let begin = span.start + at;
            return (trimmed(line, Span::new(span.start, begin)), trimmed(line, Span::new(begin, span.end)));
        }
        at += word.len();
    }
    split_word(line, span)
}
