//! Slips in the values of examples.

use std::collections::BTreeMap;

use estoppel_docs_check::Span;
use serde_json::{Value, json};

use super::{
    Kind, Places,
    json::{entries, texts},
};
use crate::{Mutant, Reference, example::Entry, reference::Shown};

const SCHEMA: &[&str] = &["DOC-EXAMPLE-SCHEMA"];
const WORD: &[&str] = &["DOC-EXAMPLE-SCHEMA", "DOC-WORD-OUTSIDE", "DOC-WORD-SPELLING"];

pub(super) const KINDS: &[Kind] = &[
    Kind::to_contract("example-number-as-text", SCHEMA, number_as_text),
    Kind::to_contract("example-text-as-number", SCHEMA, |r, p| {
        changed(r, p, |value| value.is_string().then(|| json!(17)));
    }),
    Kind::to_contract("example-null", SCHEMA, |r, p| {
        changed(r, p, |value| (!value.is_null()).then_some(Value::Null));
    }),
    Kind::to_contract("example-value-in-array", SCHEMA, |r, p| changed(r, p, |value| Some(json!([value])))),
    Kind::to_contract("example-date-form", SCHEMA, date_form),
    Kind::to_contract("example-negative", SCHEMA, |r, p| {
        changed(r, p, |value| value.as_u64().map(|_| json!(-7)));
    }),
    Kind::to_contract("example-word-outside-list", WORD, word_outside),
    Kind::to_contract("example-word-in-other-case", WORD, word_case),
    Kind::to_contract("example-word-misspelled", WORD, word_misspelled),
    Kind::to_itself("alone-number-as-text", &["DOC-KEY-TYPE"], key_type),
    Kind::to_itself("alone-date-form", &["DOC-DATE-FORMAT"], date_form_alone),
    Kind::to_itself("alone-white-space", &["DOC-VALUE-NOISE"], white_space),
    Kind::to_itself("alone-binary-noise", &["DOC-VALUE-NOISE"], binary_noise),
    Kind::to_itself("alone-dotted-word-case", &["DOC-WORD-CASE", "DOC-WORD-SPELLING"], dotted_case),
];

/// Puts another value in place of those on one line, where the contract does not take it.
fn changed(reference: &Reference<'_>, places: &mut Places, change: impl Fn(&Value) -> Option<Value>) {
    for (shown, entry) in entries(reference) {
        let Some(value) = entry.scalar(&reference.page) else { continue };
        if let Some(other) = change(&value) {
            put(reference, places, shown, entry, &other);
        }
    }
}

fn put(reference: &Reference<'_>, places: &mut Places, shown: &Shown<'_>, entry: &Entry, other: &Value) {
    let mut whole = shown.value.clone();
    let Some(value) = whole.pointer_mut(&entry.pointer) else { return };
    *value = other.clone();
    if reference.accepts(shown, &whole) {
        places.equivalent("the contract takes the other value");
    } else {
        // An item of an array has no place of its own.
        let around = entry.around.last().copied().filter(|_| entry.key.is_none());
        let mutant = Mutant::new().replace(entry.value, other.to_string());
        places.push(around.into_iter().fold(mutant, Mutant::near));
    }
}

fn number_as_text(reference: &Reference<'_>, places: &mut Places) {
    changed(reference, places, |value| {
        (value.is_number() || value.is_boolean()).then(|| Value::String(value.to_string()))
    });
}

/// A date with slashes for one that begins with its year.
fn slashed(text: &str) -> Option<String> {
    let (year, rest) = text.split_once('-')?;
    let (month, rest) = rest.split_once('-')?;
    let day = rest.get(..2)?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    (year.len() == 4 && month.len() == 2 && digits(year) && digits(month) && digits(day) && text.len() >= 10)
        .then(|| format!("{month}/{day}/{year}"))
        .filter(|_| text.len() == 10 || text.as_bytes().get(10).is_some_and(|byte| *byte == b'T'))
}

fn date_form(reference: &Reference<'_>, places: &mut Places) {
    changed(reference, places, |value| slashed(value.as_str()?).map(Value::String));
}

/// The words of the list that an entry is of.
fn words<'c>(shown: &Shown<'c>, entry: &Entry) -> Option<Vec<&'c str>> {
    shown.schema.inside(&entry.pointer)?.words()
}

fn word_outside(reference: &Reference<'_>, places: &mut Places) {
    for (shown, entry, _) in texts(reference) {
        if words(shown, entry).is_some() {
            put(reference, places, shown, entry, &json!("keelhauled"));
        }
    }
}

fn word_case(reference: &Reference<'_>, places: &mut Places) {
    for (shown, entry, text) in texts(reference) {
        if words(shown, entry).is_none() {
            continue;
        }
        let upper = text.to_uppercase();
        let other = if upper == text { text.to_lowercase() } else { upper };
        if other == text {
            places.equivalent("the word has no letters");
        } else {
            put(reference, places, shown, entry, &json!(other));
        }
    }
}

fn word_misspelled(reference: &Reference<'_>, places: &mut Places) {
    for (shown, entry, text) in texts(reference) {
        if words(shown, entry).is_some()
            && let Some(other) = super::examples::slip(&text)
        {
            put(reference, places, shown, entry, &json!(other));
        }
    }
}

/// How often each key of several words shows a value of the kind.
fn shown_by_key<'r>(
    reference: &'r Reference<'_>,
    wanted: impl Fn(&Value) -> bool,
) -> BTreeMap<&'r str, Vec<&'r Entry>> {
    let mut shown: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for (_, entry) in entries(reference) {
        let value = entry.scalar(&reference.page);
        if let (Some(name), Some(true)) = (entry.name(&reference.page), value.as_ref().map(&wanted)) {
            shown.entry(name).or_default().push(entry);
        }
    }
    // A key of one word means something else in every object.
    shown.retain(|name, _| name.chars().any(char::is_uppercase) || name.contains('_'));
    shown
}

fn key_type(reference: &Reference<'_>, places: &mut Places) {
    let numbers = shown_by_key(reference, |value| value.is_number() || value.is_boolean());
    let texts = shown_by_key(reference, Value::is_string);
    for (name, uses) in numbers {
        for entry in &uses {
            if uses.len() == 1 || texts.contains_key(name) {
                places.equivalent("nothing else on the page shows the key with another kind of value");
            } else {
                places.replace(entry.value, format!("\"{}\"", reference.page.slice(entry.value)));
            }
        }
    }
}

fn date_form_alone(reference: &Reference<'_>, places: &mut Places) {
    let is_date = |value: &Value| value.as_str().and_then(slashed).is_some();
    for (_, uses) in shown_by_key(reference, is_date) {
        for entry in &uses {
            let other = entry.scalar(&reference.page).as_ref().and_then(Value::as_str).and_then(slashed);
            match other {
                Some(other) if uses.len() > 1 => places.replace(entry.value, format!("\"{other}\"")),
                _ => places.equivalent("nothing else on the page shows the key with a date"),
            }
        }
    }
}

fn white_space(reference: &Reference<'_>, places: &mut Places) {
    for (_, entry, text) in texts(reference) {
        if !text.is_empty() && text.trim() == text {
            places.push(Mutant::new().insert(entry.value.start + 1, " "));
        }
    }
}

fn binary_noise(reference: &Reference<'_>, places: &mut Places) {
    for (_, entry) in entries(reference) {
        let text = reference.page.slice(entry.value);
        if entry.scalar(&reference.page).is_some_and(|value| value.is_f64()) && text.len() < 12 {
            let end = Span::new(entry.value.end, entry.value.end);
            places.push(Mutant::new().replace(end, "00000000000003"));
        }
    }
}

/// Words such as `boat.rigType.1` below the key `rigType`, where another member of the example keeps its capitals.
fn dotted_case(reference: &Reference<'_>, places: &mut Places) {
    for shown in &reference.examples {
        let dotted = shown.lines.entries.iter().filter_map(|entry| {
            let (value, name) = (entry.scalar(&reference.page)?, entry.name(&reference.page)?);
            let text = value.as_str()?.to_owned();
            let mut parts = text.split('.');
            let fits = parts.nth(1) == Some(name) && parts.count() == 1;
            (fits && name.chars().any(char::is_uppercase)).then_some((entry, text))
        });
        let dotted: Vec<_> = dotted.collect();
        for (entry, text) in &dotted {
            if dotted.len() < 2 {
                places.equivalent("no other word of the example repeats its key");
            } else {
                places.replace(entry.value, format!("\"{}\"", text.to_lowercase()));
            }
        }
    }
}
