//! Slips in the form of JSON examples.

use estoppel_docs_check::Span;

use super::{Kind, Places};
use crate::{Mutant, Reference, example::Entry, reference::Shown};

const INVALID: &[&str] = &["DOC-JSON-INVALID"];
const SHORTHAND: &[&str] = &["DOC-JSON-SHORTHAND"];
const PLACEHOLDER: &[&str] = &["DOC-PLACEHOLDER"];

pub(super) const KINDS: &[Kind] = &[
    Kind::to_contract("json-key-quote-before", INVALID, |reference, places| {
        key_quote(reference, places, Mark::Opening);
    }),
    Kind::to_contract("json-key-quote-after", INVALID, |reference, places| {
        key_quote(reference, places, Mark::Closing);
    }),
    Kind::to_contract("json-text-quote-before", INVALID, |reference, places| {
        text_quote(reference, places, Mark::Opening);
    }),
    Kind::to_contract("json-text-quote-after", INVALID, |reference, places| {
        text_quote(reference, places, Mark::Closing);
    }),
    Kind::to_contract("json-comma-dropped", INVALID, comma_dropped),
    Kind::to_contract("json-comma-trailing", INVALID, comma_trailing),
    Kind::to_contract("json-brace-never-closed", INVALID, never_closed),
    Kind::to_contract("json-brace-never-opened", INVALID, never_opened),
    Kind::to_contract("json-member-twice", INVALID, member_twice),
    Kind::to_contract("json-ellipsis", SHORTHAND, ellipsis),
    Kind::to_contract("json-comment", SHORTHAND, comment),
    Kind::to_contract("json-bare-word", SHORTHAND, bare_word),
    Kind::to_contract("placeholder-in-angles", PLACEHOLDER, in_angles),
    Kind::to_contract("placeholder-type-name", PLACEHOLDER, type_name),
    Kind::to_contract("placeholder-key-again", PLACEHOLDER, key_again),
];

/// One of the quotation marks around a text.
#[derive(Clone, Copy, Debug)]
enum Mark {
    Opening,
    Closing,
}

impl Mark {
    const fn of(self, text: Span) -> usize {
        match self {
            Self::Opening => text.start,
            Self::Closing => text.end - 1,
        }
    }
}

/// The entries of all examples.
pub(super) fn entries<'r, 'c>(
    reference: &'r Reference<'c>,
) -> impl Iterator<Item = (&'r Shown<'c>, &'r Entry)> {
    reference.examples.iter().flat_map(|shown| shown.lines.entries.iter().map(move |entry| (shown, entry)))
}

/// The texts of all examples: values in quotation marks.
pub(super) fn texts<'r, 'c>(
    reference: &'r Reference<'c>,
) -> impl Iterator<Item = (&'r Shown<'c>, &'r Entry, String)> {
    entries(reference).filter_map(|(shown, entry)| {
        let text = entry.scalar(&reference.page)?.as_str()?.to_owned();
        Some((shown, entry, text))
    })
}

fn key_quote(reference: &Reference<'_>, places: &mut Places, mark: Mark) {
    for (shown, entry) in entries(reference) {
        let Some(key) = entry.key else { continue };
        let quote = mark.of(key);
        places.push(broken(shown, entry).replace(Span::new(quote, quote + 1), ""));
    }
}

fn text_quote(reference: &Reference<'_>, places: &mut Places, mark: Mark) {
    for (shown, entry, _) in texts(reference) {
        let quote = mark.of(entry.value);
        places.push(broken(shown, entry).replace(Span::new(quote, quote + 1), ""));
    }
}

/// A slip of a line that parsers may notice only on the next one.
fn broken(shown: &Shown<'_>, entry: &Entry) -> Mutant {
    Mutant::new().near(Span::new(entry.line.start, (entry.line.end + 2).min(shown.contents.end)))
}

fn comma_dropped(reference: &Reference<'_>, places: &mut Places) {
    for (shown, entry) in entries(reference) {
        if let Some(comma) = entry.comma {
            places.push(broken(shown, entry).replace(comma, ""));
        }
    }
}

fn comma_trailing(reference: &Reference<'_>, places: &mut Places) {
    for (shown, entry) in entries(reference) {
        let ends = !reference.page.slice(entry.value).ends_with(['{', '[']);
        if entry.last && ends {
            places.push(broken(shown, entry).insert(entry.value.end, ","));
        }
    }
}

/// Where a brace is missing cannot be told from the text: any line of the example is the place.
fn never_closed(reference: &Reference<'_>, places: &mut Places) {
    for shown in &reference.examples {
        for closer in &shown.lines.closers {
            places.push(Mutant::new().replace(*closer, "").near(shown.contents));
        }
    }
}

fn never_opened(reference: &Reference<'_>, places: &mut Places) {
    for shown in &reference.examples {
        for entry in &shown.lines.entries {
            if !["{", "["].contains(&reference.page.slice(entry.value)) {
                continue;
            }
            // The key stays without a value, or the first brace of all is gone.
            places.push(Mutant::new().replace(entry.value, "").near(shown.contents));
        }
    }
}

fn member_twice(reference: &Reference<'_>, places: &mut Places) {
    for (_, entry) in entries(reference) {
        if entry.key.is_none() || entry.scalar(&reference.page).is_none() {
            continue;
        }
        let text = reference.page.slice(Span::new(entry.line.start, entry.value.end));
        places.push(Mutant::new().insert(entry.line.start, format!("{text},\n")).near(entry.line));
    }
}

fn ellipsis(reference: &Reference<'_>, places: &mut Places) {
    for (_, entry) in entries(reference) {
        if entry.comma.is_some() {
            places.push(Mutant::new().insert(entry.line.end, "\n  ..."));
        }
    }
}

fn comment(reference: &Reference<'_>, places: &mut Places) {
    for (_, entry) in entries(reference) {
        places.push(Mutant::new().insert(entry.line.end, " // as it was sent"));
    }
}

fn bare_word(reference: &Reference<'_>, places: &mut Places) {
    for (_, entry) in entries(reference) {
        if entry.key.is_some() && entry.scalar(&reference.page).is_some() {
            places.replace(entry.value, "undefined");
        }
    }
}

fn in_angles(reference: &Reference<'_>, places: &mut Places) {
    for (_, entry, _) in texts(reference) {
        let name = entry.name(&reference.page).unwrap_or("value").to_owned();
        places.replace(entry.value, format!("\"<{name}>\""));
    }
}

fn type_name(reference: &Reference<'_>, places: &mut Places) {
    for (_, entry, text) in texts(reference) {
        if text == "string" {
            places.equivalent("the value is the name of a type");
        } else if entry.name(&reference.page) == Some("type") {
            places.equivalent("a member called type can name a type");
        } else {
            places.replace(entry.value, "\"string\"");
        }
    }
}

fn key_again(reference: &Reference<'_>, places: &mut Places) {
    for (_, entry, _) in texts(reference) {
        let Some(name) = entry.name(&reference.page) else { continue };
        if name.chars().any(char::is_uppercase) {
            places.replace(entry.value, format!("\"{name}\""));
        } else {
            places.equivalent("a key of one word in small letters can be a value too");
        }
    }
}
