//! The lines of a JSON example, as generated pages write it: one member or item on each.

use estoppel_docs_check::Span;
use serde_json::Value;

use crate::page::Page;

/// A line of an example that holds a member or an item.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The line, without its end.
    pub(crate) line: Span,
    /// The key, quotation marks included; absent in arrays and around all.
    pub(crate) key: Option<Span>,
    /// The value; of an object or array that goes on, its opening mark.
    pub(crate) value: Span,
    /// The comma after it, where it stands on this line.
    pub(crate) comma: Option<Span>,
    pub(crate) pointer: String,
    /// The lines of the objects and arrays around it, from the outermost.
    pub(crate) around: Vec<Span>,
    /// Whether nothing follows in the object or array around it.
    pub(crate) last: bool,
}

/// An example, line by line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines {
    pub(crate) entries: Vec<Entry>,
    /// The marks that close an object or array on a line of their own.
    pub(crate) closers: Vec<Span>,
}

struct Frame {
    pointer: String,
    line: Span,
    is_array: bool,
    items: usize,
    /// Place of the last entry inside.
    entry: Option<usize>,
}

impl Entry {
    /// The name of the member.
    pub(crate) fn name<'p>(&self, page: &'p Page) -> Option<&'p str> {
        let key = page.slice(self.key?);
        key.strip_prefix('"')?.strip_suffix('"')
    }

    /// The value, where it stands on one line.
    pub(crate) fn scalar(&self, page: &Page) -> Option<Value> {
        serde_json::from_str(page.slice(self.value)).ok()
    }

    /// The pointer of the object or array around it.
    pub(crate) fn parent(&self) -> &str {
        self.pointer.rsplit_once('/').map_or("", |(parent, _)| parent)
    }

    /// What a JSON pointer calls the member.
    pub(crate) fn step(&self) -> &str {
        self.pointer.rsplit_once('/').map_or("", |(_, step)| step)
    }
}

/// Reads the lines of an example; `None` where one of them is written in another way.
pub(crate) fn read(page: &Page, contents: Span) -> Option<Lines> {
    let mut lines = Lines::default();
    let mut open: Vec<Frame> = Vec::new();
    let mut at = contents.start;
    while at < contents.end {
        let line = page.line_at(at);
        at = line.end + 1;
        let text = page.slice(line).trim();
        let begins = line.end - page.slice(line).trim_start().len();
        if text.starts_with(['}', ']']) {
            lines.closers.push(Span::new(begins, begins + 1));
            let frame = open.pop()?;
            if let Some(entry) = frame.entry.and_then(|entry| lines.entries.get_mut(entry)) {
                entry.last = true;
            }
            continue;
        }
        let key = key_length(text);
        let after = text.get(key..)?;
        let value_at = begins + key + after.len() - after.trim_start_matches([':', ' ']).len();
        let whole = page.slice(Span::new(value_at, line.end));
        let value = whole.trim_end_matches(',');
        let span = Span::new(value_at, value_at + value.len());
        let comma = (value.len() < whole.len()).then(|| Span::new(span.end, span.end + 1));
        let pointer = match open.last_mut() {
            None => String::new(),
            Some(frame) if frame.is_array => {
                frame.items += 1;
                format!("{}/{}", frame.pointer, frame.items - 1)
            }
            Some(frame) => {
                let name = text.get(1..key.checked_sub(1)?)?;
                format!("{}/{}", frame.pointer, name.replace('~', "~0").replace('/', "~1"))
            }
        };
        let place = lines.entries.len();
        if let Some(frame) = open.last_mut() {
            frame.entry = Some(place);
        }
        lines.entries.push(Entry {
            line,
            key: (key > 0).then(|| Span::new(begins, begins + key)),
            value: span,
            comma,
            pointer: pointer.clone(),
            around: open.iter().map(|frame| frame.line).collect(),
            last: false,
        });
        if value == "{" || value == "[" {
            open.push(Frame { pointer, line, is_array: value == "[", items: 0, entry: None });
        }
    }
    open.is_empty().then_some(lines)
}

/// The length of a key at the start of a line, quotation marks included; zero where the line begins otherwise.
fn key_length(text: &str) -> usize {
    if !text.starts_with('"') {
        return 0;
    }
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => {
                let rest = text.get(at + 1..).unwrap_or_default();
                return if rest.starts_with(": ") { at + 1 } else { 0 };
            }
            _ => {}
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_examples_are_members_and_items() {
        let page = Page::new("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b:\\\"\": \"x, y\"\n}\n");
        let lines = read(&page, Span::new(0, page.text.len() - 1)).unwrap();
        let found: Vec<_> = lines
            .entries
            .iter()
            .map(|entry| (entry.pointer.as_str(), page.slice(entry.value), entry.comma.is_some(), entry.last))
            .collect();
        assert_eq!(
            found,
            [
                ("", "{", false, false),
                ("/a", "[", false, false),
                ("/a/0", "1", true, false),
                ("/a/1", "{}", false, true),
                ("/b:\\\"", "\"x, y\"", false, true),
            ]
        );
        assert_eq!(lines.closers.len(), 2);
    }
}
