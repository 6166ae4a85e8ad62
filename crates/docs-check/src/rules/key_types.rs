//! DOC-KEY-TYPE.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::rule;
use crate::{
    Example, Member,
    corpus::Corpus,
    findings::{Draft, Findings},
    names::{NamePlace, Wanted, are_of_one_kind},
    page::Page,
    spot::{Spot, Spots},
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Finds keys whose value is a text in one example and a number or an unquoted stand-in in another, or an array in
    /// one and an object in another of the same kind. Keys that mean something else in every object, such as `data`,
    /// are left alone.
    ///
    /// ## Why is this bad?
    /// A client with one type for the key fails on one of the two.
    ///
    /// ## Example
    /// `{"userId": "7"}` in one reply, `{"userId": 7}` in another.
    "DOC-KEY-TYPE", "key-types", Warning, Types, KeyTypes
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

const KINDS: [Kind; 6] = [Kind::Text, Kind::Number, Kind::Unquoted, Kind::Boolean, Kind::Array, Kind::Object];

impl Kind {
    /// The kind that has this number among all.
    pub(crate) fn numbered(number: u64) -> Option<Self> {
        KINDS.into_iter().find(|kind| *kind as u64 == number)
    }

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
        let has = |kind: &Kind| self.has(*kind);
        KINDS
            .into_iter()
            .filter(has)
            .any(|left| KINDS.iter().filter(|right| has(right)).any(|right| left.contradicts(*right)))
    }
}

/// What examples show is noted with the names of all documents: see [`crate::names`].
#[derive(Default)]
struct KeyTypes;

impl Watch for KeyTypes {
    fn look(&mut self, _: &Page<'_>, _: &mut Findings) {}

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        // What a contract has too is how the API is, and other rules compare examples with it.
        if corpus.contract.is_some() {
            return;
        }
        // Nearly all keys have one kind of value, and need no list of places.
        let several = corpus.names.keys().filter(|(key, known)| known.kinds.contradict() && !is_general(key));
        let wanted: Wanted = several.filter_map(|(key, _)| corpus.names.find(key)).collect();
        let places: Vec<NamePlace> = corpus.names.places(&wanted).collect();
        let objects = Objects::new(corpus, &places);
        let mut keys: BTreeMap<&str, BTreeMap<Kind, Spots>> = BTreeMap::new();
        for place in places {
            if objects.are_all_others(&place) {
                continue;
            }
            let Some((kind, spot)) = place.shown.and_then(|shown| Some((shown.kind?, shown.spot))) else {
                continue;
            };
            keys.entry(corpus.names.text(place.name)).or_default().entry(kind).or_default().push(spot);
        }
        for (key, kinds) in keys {
            let mut pairs = kinds.iter().flat_map(|left| kinds.iter().map(move |right| (left, right)));
            let found = pairs.find(|((left, _), (right, _))| left.contradicts(**right));
            let Some(((left, left_spots), (right, right_spots))) = found else { continue };
            let message =
                format!("`{key}` is {} in one example and {} in another", left.as_str(), right.as_str());
            let draft = Draft::new(key, message, "show one type, or say when it is which");
            let label = |spots: &Spots, kind: Kind| -> Vec<(Spot, String)> {
                spots.iter().map(|spot| (spot, format!("{} here", kind.as_str()))).collect()
            };
            findings.report(&RULE, draft.at_all(label(right_spots, *right)).at_all(label(left_spots, *left)));
        }
    }
}

/// The objects that show an array or an object for a key.
struct Objects {
    members: BTreeMap<usize, BTreeSet<usize>>,
    /// For each key, the objects that show an array, and those that show an object.
    shown: BTreeMap<usize, [BTreeSet<usize>; 2]>,
    /// Objects of which it is not certain what else they hold.
    open: BTreeSet<usize>,
}

impl Objects {
    fn new(corpus: &Corpus<'_>, places: &[NamePlace]) -> Self {
        let mut shown: BTreeMap<usize, [BTreeSet<usize>; 2]> = BTreeMap::new();
        let mut open = BTreeSet::new();
        for place in places {
            let Some((side, example)) =
                place.shown.and_then(|shown| Some((side(shown.kind?)?, shown.example)))
            else {
                continue;
            };
            if corpus.names.example(example).is_some_and(|example| !example.certain) {
                open.insert(place.group);
            }
            let sides = shown.entry(place.name).or_default();
            if let Some(groups) = sides.get_mut(side) {
                groups.insert(place.group);
            }
        }
        shown.retain(|_, [arrays, objects]| !arrays.is_empty() && !objects.is_empty());
        let groups = shown.values().flatten().flatten().copied().collect();
        Self { members: corpus.names.members(&groups), shown, open }
    }

    /// Whether the place shows an array or an object, and no object of the same kind shows the other.
    fn are_all_others(&self, place: &NamePlace) -> bool {
        let Some(side) = place.shown.and_then(|shown| side(shown.kind?)) else { return false };
        let Some(others) = self.shown.get(&place.name).and_then(|sides| sides.get(1 - side)) else {
            return false;
        };
        let Some(own) = self.members.get(&place.group) else { return false };
        let alone =
            |members: &BTreeSet<usize>, group: usize| members.len() == 1 && !self.open.contains(&group);
        // Too many to compare each with each are told as they are.
        !others.iter().take(OBJECTS_MAX).any(|group| {
            self.members.get(group).is_some_and(|other| {
                are_of_one_kind(own, other)
                    && (own.len() == other.len() || !(alone(own, place.group) || alone(other, *group)))
            })
        })
    }
}

/// Objects that each one is compared with at most.
const OBJECTS_MAX: usize = 64;

/// Whether a kind is an array, or an object.
const fn side(kind: Kind) -> Option<usize> {
    match kind {
        Kind::Array => Some(0),
        Kind::Object => Some(1),
        _ => None,
    }
}

fn is_general(key: &str) -> bool {
    GENERAL.contains(&key)
}

/// What stands where the value does; `None` where it stands for any.
pub(crate) fn kind(page: &Page<'_>, example: &Example, member: &Member) -> Option<Kind> {
    let source = page.text.slice(member.value_span);
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
