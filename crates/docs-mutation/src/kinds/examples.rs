//! Slips in the members of examples: names and presence.

use serde_json::Value;

use super::{Kind, Places, json::entries};
use crate::{Mutant, Reference, example::Entry, page::Page, reference::Shown};

const UNKNOWN: &[&str] = &["DOC-EXAMPLE-SCHEMA", "DOC-NAME-VARIANT"];
const SCHEMA: &[&str] = &["DOC-EXAMPLE-SCHEMA"];

pub(super) const KINDS: &[Kind] = &[
    Kind::to_contract("example-key-misspelled", UNKNOWN, misspelled),
    Kind::to_contract("example-key-in-other-case", UNKNOWN, other_case),
    Kind::to_contract("example-key-of-another-member", UNKNOWN, renamed),
    Kind::to_contract("example-member-unheard-of", SCHEMA, unheard_of),
    Kind::to_contract("example-member-dropped", SCHEMA, dropped),
];

/// Changes the keys of all members that the contract names, where it makes another name of them.
fn rename(reference: &Reference<'_>, places: &mut Places, change: impl Fn(&str) -> Option<String>) {
    for (shown, entry) in entries(reference) {
        let (Some(key), Some(name)) = (entry.key, entry.name(&reference.page)) else { continue };
        let Some(other) = change(name) else { continue };
        match around(shown, entry) {
            None => places.equivalent("the object can have members of any name"),
            Some(names) if names.contains(&other.as_str()) => {
                places.equivalent("the object has a member of the other name");
            }
            Some(_) => {
                let mutant = Mutant::new().replace(key, format!("\"{other}\""));
                places.push(near_parents(mutant, entry, shown));
            }
        }
    }
}

/// The names that members of the object around an entry can have; `None` where they can have any.
fn around<'c>(shown: &Shown<'c>, entry: &Entry) -> Option<Vec<&'c str>> {
    let names: Vec<&str> = shown.schema.inside(entry.parent())?.names().into_iter().collect();
    (!names.is_empty() && names.contains(&entry.step())).then_some(names)
}

/// What is missing belongs to the object around it, or to what is around that.
fn near_parents(mutant: Mutant, entry: &Entry, shown: &Shown<'_>) -> Mutant {
    let first = shown.lines.entries.first().map(|first| first.line);
    entry.around.iter().copied().chain(first).fold(mutant, Mutant::near)
}

fn misspelled(reference: &Reference<'_>, places: &mut Places) {
    rename(reference, places, slip);
}

/// The name without one of its letters, not near its beginning.
pub(super) fn slip(name: &str) -> Option<String> {
    let at = name.char_indices().map(|(at, _)| at).nth(name.chars().count() / 2)?;
    let mut other = name.to_owned();
    other.remove(at);
    (name.len() > 3 && other != name).then_some(other)
}

fn other_case(reference: &Reference<'_>, places: &mut Places) {
    rename(reference, places, recased);
}

/// `boatId` as `boat_id`, and a name of one word with another first letter.
pub(super) fn recased(name: &str) -> Option<String> {
    if !name.chars().all(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let parted = name.chars().skip(1).any(|c| c.is_ascii_uppercase());
    let mut other = String::new();
    for (index, letter) in name.chars().enumerate() {
        match letter {
            upper if upper.is_ascii_uppercase() && parted && index > 0 => {
                other.extend(['_', upper.to_ascii_lowercase()]);
            }
            lower if index == 0 && !parted && lower.is_ascii_lowercase() => {
                other.push(lower.to_ascii_uppercase());
            }
            upper if index == 0 && !parted => other.push(upper.to_ascii_lowercase()),
            other_letter => other.push(other_letter),
        }
    }
    (other != name).then_some(other)
}

fn renamed(reference: &Reference<'_>, places: &mut Places) {
    rename(reference, places, |name| Some(format!("harbour{}", capital(name))));
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn unheard_of(reference: &Reference<'_>, places: &mut Places) {
    for (shown, entry) in entries(reference) {
        if entry.key.is_none() {
            continue;
        }
        if around(shown, entry).is_none() {
            places.equivalent("the object can have members of any name");
        } else {
            let indent = indent(&reference.page, entry);
            places
                .push(Mutant::new().insert(entry.line.start, format!("{indent}\"mastColour\": \"red\",\n")));
        }
    }
}

fn indent<'p>(page: &'p Page, entry: &Entry) -> &'p str {
    let line = page.slice(entry.line);
    line.get(..line.len() - line.trim_start().len()).unwrap_or_default()
}

/// Drops one member of one line, and the comma that is then too much.
fn dropped(reference: &Reference<'_>, places: &mut Places) {
    for shown in &reference.examples {
        for (index, entry) in shown.lines.entries.iter().enumerate() {
            if entry.key.is_none() || entry.scalar(&reference.page).is_none() {
                continue;
            }
            let mut value = shown.value.clone();
            let parent = value.pointer_mut(entry.parent()).and_then(Value::as_object_mut);
            let Some(parent) = parent else { continue };
            parent.shift_remove(entry.step());
            if reference.accepts(shown, &value) {
                places.equivalent("the contract lets the member be left out");
                continue;
            }
            let line = reference.page.with_end(entry.line);
            let mut mutant = Mutant::new().remove(line);
            if entry.last {
                let before = index.checked_sub(1).and_then(|index| shown.lines.entries.get(index));
                let Some(comma) =
                    before.filter(|before| before.parent() == entry.parent()).and_then(|b| b.comma)
                else {
                    places.equivalent("the comma before it stands elsewhere");
                    continue;
                };
                mutant = mutant.replace(comma, "");
            }
            places.push(near_parents(mutant, entry, shown));
        }
    }
}
