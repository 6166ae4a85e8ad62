//! Names of fields and parameters that look like one name in two spellings.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    corpus::{Page, Spot},
    identifier::{is_name, one_slip_apart, words},
};

/// Names shorter than this resemble each other by chance.
const LENGTH_MIN: usize = 5;
const LENGTH_MAX: usize = 64;
/// Words in which one wrong letter is a slip rather than another word.
const WORD_LENGTH_MIN: usize = 5;
/// More names than this with one key share it by construction, not by mistake.
const BUCKET_MAX: usize = 8;

/// How two names resemble each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Resemblance {
    /// They differ in capitals and separators.
    Case,
    /// They have the same words in another order.
    Order,
    /// One word is singular in one and plural in the other.
    Number,
    /// One letter differs.
    Letter,
}

/// Two names that look like one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NameVariant {
    /// The rarer name.
    pub(crate) left: String,
    /// The other.
    pub(crate) right: String,
    pub(crate) resemblance: Resemblance,
    pub(crate) left_spots: Vec<Spot>,
    pub(crate) right_spots: Vec<Spot>,
}

/// Where each name stands, and which names stand together in one table or object.
#[derive(Debug, Default)]
struct Names {
    spots: BTreeMap<String, Vec<Spot>>,
    groups: BTreeMap<String, BTreeSet<usize>>,
    /// The table or object that names are added to.
    group: usize,
    groups_made: usize,
}

impl Names {
    fn add(&mut self, name: &str, spot: Spot) {
        if is_name(name) && (LENGTH_MIN..=LENGTH_MAX).contains(&name.len()) {
            self.spots.entry(name.to_owned()).or_default().push(spot);
            self.groups.entry(name.to_owned()).or_default().insert(self.group);
        }
    }

    /// Whether both names stand in one table or object: then they are two names.
    fn coexist(&self, left: &str, right: &str) -> bool {
        match (self.groups.get(left), self.groups.get(right)) {
            (Some(left), Some(right)) => !left.is_disjoint(right),
            _ => false,
        }
    }
}

pub(crate) fn find(pages: &[Page]) -> Vec<NameVariant> {
    let names = collect(pages);
    let mut buckets: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in names.spots.keys() {
        for key in keys(name) {
            buckets.entry(key).or_default().push(name);
        }
    }
    let mut pairs = BTreeSet::new();
    for bucket in buckets.values().filter(|bucket| bucket.len() <= BUCKET_MAX) {
        for (index, left) in bucket.iter().enumerate() {
            pairs.extend(bucket.iter().skip(index + 1).map(|right| (*left, *right)));
        }
    }
    let variants = pairs.into_iter().filter_map(|(left, right)| {
        let resemblance = resemblance(left, right).filter(|_| !names.coexist(left, right))?;
        let spots = |name: &str| names.spots.get(name).cloned().unwrap_or_default();
        let (mut left, mut right) = ((left, spots(left)), (right, spots(right)));
        if left.1.len() > right.1.len() {
            std::mem::swap(&mut left, &mut right);
        }
        Some(NameVariant {
            left: left.0.to_owned(),
            right: right.0.to_owned(),
            resemblance,
            left_spots: left.1,
            right_spots: right.1,
        })
    });
    variants.collect()
}

fn collect(pages: &[Page]) -> Names {
    let mut names = Names::default();
    for (page, read) in pages.iter().enumerate() {
        for table in &read.facts.tables {
            names.group = names.groups_made;
            names.groups_made += 1;
            for row in &table.rows {
                names.add(&row.name.text, Spot { page, span: row.name.span });
            }
        }
        for example in &read.facts.examples {
            // Members of one object have one parent.
            let mut objects: BTreeMap<&str, usize> = BTreeMap::new();
            for member in &example.members {
                let parent = member.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
                let fresh = names.groups_made + objects.len();
                names.group = *objects.entry(parent).or_insert(fresh);
                names.add(&member.key, Spot { page, span: member.key_span });
            }
            names.groups_made += objects.len();
        }
    }
    names
}

/// Names that may resemble each other share a key.
fn keys(name: &str) -> BTreeSet<String> {
    let words = words(name);
    let mut keys = BTreeSet::new();
    let joined = words.concat();
    let mut sorted = words.clone();
    sorted.sort();
    keys.insert(sorted.join(" "));
    keys.insert(words.iter().map(|word| singular(word)).collect::<Vec<_>>().join("-"));
    for (at, letter) in joined.char_indices() {
        let before = joined.get(..at).unwrap_or_default();
        let after = joined.get(at + letter.len_utf8()..).unwrap_or_default();
        keys.insert(format!("{before}{after}"));
    }
    keys.insert(joined);
    keys
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').filter(|stem| stem.len() >= 3 && !stem.ends_with('s')).unwrap_or(word)
}

fn resemblance(left: &str, right: &str) -> Option<Resemblance> {
    let (left, right) = (words(left), words(right));
    if left.concat() == right.concat() {
        return Some(Resemblance::Case);
    }
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort();
        words
    };
    if sorted(&left) == sorted(&right) {
        return Some(Resemblance::Order);
    }
    if left.len() != right.len() {
        return None;
    }
    let mut differences = left.iter().zip(&right).enumerate().filter(|(_, (left, right))| left != right);
    let (index, (one, other)) = differences.next()?;
    if differences.next().is_some() {
        return None;
    }
    let last = index + 1 == left.len();
    if singular(one) == singular(other) {
        // A plural at the end is a list of what the singular is.
        return (!last).then_some(Resemblance::Number);
    }
    let long = one.chars().count().min(other.chars().count()) >= WORD_LENGTH_MIN;
    let same_start = one.chars().next() == other.chars().next();
    let slip = long && same_start && one_slip_apart(one, other) && !is_inflection(one, other);
    slip.then_some(Resemblance::Letter)
}

/// `dispute` and `disputed`, `update` and `updates`: one word in two forms, each with a meaning of its own.
fn is_inflection(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let ending = long.strip_prefix(short);
    ending.is_some_and(|ending| ["d", "s", "r", "y", "n"].contains(&ending))
        || one.chars().any(char::is_numeric)
        || other.chars().any(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: &str, right: &str, expected: Option<Resemblance>) {
        assert_eq!(resemblance(left, right), expected, "{left} {right}");
        let shared = !keys(left).is_disjoint(&keys(right));
        assert!(shared || expected.is_none(), "{left} and {right} share no key");
    }

    #[test]
    fn one_name_in_two_spellings_is_seen() {
        check("boatsName", "boatName", Some(Resemblance::Number));
        check("boat_name", "boatName", Some(Resemblance::Case));
        check("nameBoat", "boatName", Some(Resemblance::Order));
        check("harbourName", "harborName", Some(Resemblance::Letter));
        check("harbuorName", "harbourName", Some(Resemblance::Letter));
        check("boatName", "boatNames", None);
        check("lessorId", "sessorId", None);
        check("street", "street2", None);
        check("dispute", "disputed", None);
        check("createdAt", "updatedAt", None);
        check("sentTo", "sentBy", None);
    }
}
