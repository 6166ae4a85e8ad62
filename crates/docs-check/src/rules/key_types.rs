//! DOC-KEY-TYPE.

use std::collections::BTreeMap;

use serde_json::Value;

use super::rule;
use crate::{
    Example, Member,
    corpus::{Corpus, Draft, Findings, Page, Spot},
};

rule! {
    /// ## What it does
    /// Finds keys whose value is a text in one example and a number or an unquoted stand-in in another, or an array in
    /// one and an object in another. Keys that mean something else in every object, such as `data`, are left alone.
    ///
    /// ## Why is this bad?
    /// A client with one type for the key fails on one of the two.
    ///
    /// ## Example
    /// `{"userId": "7"}` in one reply, `{"userId": 7}` in another.
    "DOC-KEY-TYPE", "key-types", Warning, Types
}

/// Keys that every object uses in its own way.
const GENERAL: [&str; 24] = [
    "data", "result", "results", "item", "items", "value", "values", "type", "id", "name", "key", "status",
    "code", "content", "payload", "error", "errors", "message", "body", "path", "default", "details", "meta",
    "uri",
];

/// What kind of value a member shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Text,
    Number,
    Unquoted,
    Boolean,
    Array,
    Object,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Unquoted => "unquoted",
            Self::Boolean => "a boolean",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }

    /// Whether no client can read both with one type.
    const fn contradicts(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Text, Self::Number | Self::Unquoted | Self::Boolean)
                | (Self::Number, Self::Boolean)
                | (Self::Array, Self::Object)
        )
    }
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    // What a contract has too is how the API is, and other rules compare examples with it.
    if corpus.contract.is_some() {
        return;
    }
    // Nearly all keys have one kind of value, and need no list of places.
    let mut kinds: BTreeMap<&str, BTreeMap<Kind, Vec<Spot>>> = BTreeMap::new();
    each_kind(corpus, |key, kind, _| {
        kinds.entry(key).or_default().entry(kind).or_default();
    });
    kinds.retain(|_, kinds| kinds.len() > 1);
    if !kinds.is_empty() {
        each_kind(corpus, |key, kind, spot| {
            if let Some(spots) = kinds.get_mut(key).and_then(|kinds| kinds.get_mut(&kind)) {
                spots.push(spot);
            }
        });
    }
    for (key, kinds) in kinds {
        let mut pairs = kinds.iter().flat_map(|left| kinds.iter().map(move |right| (left, right)));
        let found = pairs.find(|((left, _), (right, _))| left.contradicts(**right));
        let Some(((left, left_spots), (right, right_spots))) = found else { continue };
        let message =
            format!("`{key}` is {} in one example and {} in another", left.as_str(), right.as_str());
        let draft = Draft::new(key, message, "show one type, or say when it is which");
        let label = |spots: &[Spot], kind: &Kind| -> Vec<(Spot, String)> {
            spots.iter().map(|spot| (*spot, format!("{} here", kind.as_str()))).collect()
        };
        findings.report(&RULE, draft.at_all(label(right_spots, right)).at_all(label(left_spots, left)));
    }
}

/// Tells of each member what kind of value it shows, and where.
fn each_kind<'c>(corpus: &'c Corpus<'_>, mut tell: impl FnMut(&'c str, Kind, Spot)) {
    for (page, read) in corpus.pages() {
        for example in &read.facts.examples {
            for member in example.members.iter().filter(|member| !GENERAL.contains(&member.key.as_str())) {
                if let Some(kind) = kind(read, example, member) {
                    tell(&member.key, kind, Spot { page, span: member.value_span });
                }
            }
        }
    }
}

/// What stands where the value does; `None` where it stands for any.
fn kind(read: &Page, example: &Example, member: &Member) -> Option<Kind> {
    let source = read.text.slice(member.value_span);
    // A value that was lost has the place of its key.
    if member.value_span == member.key_span {
        return None;
    }
    match source.chars().next()? {
        '"' => Some(Kind::Text),
        '[' => Some(Kind::Array),
        '{' => Some(Kind::Object),
        '<' => Some(Kind::Unquoted),
        _ => match serde_json::from_str(source).ok()? {
            Value::Number(_) => Some(Kind::Number),
            Value::Bool(_) => Some(Kind::Boolean),
            _ => None,
        },
    }
    .filter(|kind| {
        !matches!(kind, Kind::Array | Kind::Object)
            || !example.open.contains(&member.pointer)
            || source.len() == 1
    })
}
