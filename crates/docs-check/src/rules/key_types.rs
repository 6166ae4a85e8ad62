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
pub(crate) enum Kind {
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

/// Several kinds, a bit each.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Kinds(u8);

impl Extend<Kind> for Kinds {
    fn extend<I: IntoIterator<Item = Kind>>(&mut self, kinds: I) {
        kinds.into_iter().for_each(|kind| self.0 |= 1 << kind as u8);
    }
}

impl Kinds {
    fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }

    fn contradict(self) -> bool {
        const ALL: [Kind; 6] =
            [Kind::Text, Kind::Number, Kind::Unquoted, Kind::Boolean, Kind::Array, Kind::Object];
        let has = |kind: &Kind| self.has(*kind);
        ALL.into_iter()
            .filter(has)
            .any(|left| ALL.iter().filter(|right| has(right)).any(|right| left.contradicts(*right)))
    }
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    // What a contract has too is how the API is, and other rules compare examples with it.
    if corpus.contract.is_some() {
        return;
    }
    // Nearly all keys have one kind of value, and need no list of places.
    let several = corpus.key_uses.iter().filter(|(key, known)| known.kinds.contradict() && !is_general(key));
    let mut kinds: BTreeMap<&str, BTreeMap<Kind, Vec<Spot>>> =
        several.map(|(key, _)| (key.as_str(), BTreeMap::new())).collect();
    if kinds.is_empty() {
        return;
    }
    for (page, read) in corpus.pages() {
        for example in &read.facts.examples {
            for member in &example.members {
                let Some(kinds) = kinds.get_mut(member.key.as_str()) else { continue };
                if let Some(kind) = kind(read, example, member) {
                    kinds.entry(kind).or_default().push(Spot { page, span: member.value_span });
                }
            }
        }
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

fn is_general(key: &str) -> bool {
    GENERAL.contains(&key)
}

/// What stands where the value does; `None` where it stands for any.
pub(crate) fn kind(read: &Page, example: &Example, member: &Member) -> Option<Kind> {
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
            || !example.open.iter().any(|open| member.pointer == *open)
            || source.len() == 1
    })
}
