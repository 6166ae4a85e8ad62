//! Names of fields and parameters that look like one name in two spellings.

use std::collections::{BTreeMap, BTreeSet};

use rapidhash::v3::rapidhash_v3;

use crate::{
    identifier::{is_name, one_slip_apart, words},
    names::{Names, Wanted},
    spot::Spots,
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
#[derive(Clone, Debug)]
pub(crate) struct NameVariant {
    /// The rarer name.
    pub(crate) left: String,
    /// The other.
    pub(crate) right: String,
    pub(crate) resemblance: Resemblance,
    pub(crate) left_spots: Spots,
    pub(crate) right_spots: Spots,
}

/// Where a name stands, and in which tables and objects.
///
/// Only of names that resemble another: of the others nothing is asked.
#[derive(Debug, Default)]
struct Places {
    spots: Spots,
    /// In order, for tables and objects are numbered as they come.
    groups: Vec<usize>,
}

impl Places {
    /// Whether both names stand in one table or object: then they are two names.
    fn coexist(&self, other: &Self) -> bool {
        self.groups.iter().any(|group| other.groups.binary_search(group).is_ok())
    }
}

/// What was found, and how much work it was.
#[derive(Debug, Default)]
pub(crate) struct NameVariants {
    pub(crate) variants: Vec<NameVariant>,
    names: BTreeSet<String>,
    /// How many pairs of names were compared letter by letter.
    #[cfg_attr(not(test), expect(dead_code, reason = "only a test asks how much work it was"))]
    compared: usize,
}

impl NameVariants {
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.names.contains(name)
    }
}

pub(crate) fn find(names: &Names) -> NameVariants {
    let likely = names.all().filter(|name| (LENGTH_MIN..=LENGTH_MAX).contains(&name.len()) && is_name(name));
    let pairs = candidates(likely);
    let compared = pairs.len();
    let resembling: Vec<_> = pairs
        .into_iter()
        .filter_map(|(left, right)| Some((left, right, resemblance(left, right)?)))
        .collect();
    let wanted = resembling.iter().flat_map(|(left, right, _)| [*left, *right]);
    let wanted: Wanted = wanted.filter_map(|name| names.find(name)).collect();
    let mut places: BTreeMap<&str, Places> = BTreeMap::new();
    for place in names.places(&wanted) {
        let known = places.entry(names.text(place.name)).or_default();
        known.spots.push(place.spot);
        known.groups.push(place.group);
    }
    let variants = resembling.into_iter().filter_map(|(left, right, resemblance)| {
        let (mut left, mut right) = (places.get_key_value(left)?, places.get_key_value(right)?);
        if left.1.coexist(right.1) {
            return None;
        }
        if left.1.spots.len() > right.1.spots.len() {
            std::mem::swap(&mut left, &mut right);
        }
        Some(NameVariant {
            left: (*left.0).to_owned(),
            right: (*right.0).to_owned(),
            resemblance,
            left_spots: left.1.spots.clone(),
            right_spots: right.1.spots.clone(),
        })
    });
    let variants: Vec<NameVariant> = variants.collect();
    let names = variants.iter().flat_map(|variant| [variant.left.clone(), variant.right.clone()]).collect();
    NameVariants { variants, names, compared }
}

/// Pairs of names that share a key, in order.
///
/// Keys are hashes, sorted: as many as the names have letters, so that the work grows with the text and hardly faster.
fn candidates<'n>(names: impl Iterator<Item = &'n str>) -> BTreeSet<(&'n str, &'n str)> {
    let mut keyed: Vec<(u64, &str)> = Vec::new();
    for name in names {
        keyed.extend(keys(name).into_iter().map(|key| (key, name)));
    }
    keyed.sort_unstable();
    let mut pairs = BTreeSet::new();
    for bucket in keyed.chunk_by(|left, right| left.0 == right.0).filter(|bucket| bucket.len() <= BUCKET_MAX)
    {
        for (index, (_, left)) in bucket.iter().enumerate() {
            pairs.extend(bucket.iter().skip(index + 1).map(|(_, right)| (*left, *right)));
        }
    }
    pairs
}

/// Names that may resemble each other share a key: a hash of what they have in common.
fn keys(name: &str) -> BTreeSet<u64> {
    let words = words(name);
    let joined = words.concat();
    let mut sorted: Vec<&str> = words.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    let singular: Vec<&str> = words.iter().map(|word| singular(word)).collect();
    let hash = |text: &str| rapidhash_v3(text.as_bytes());
    let mut keys = BTreeSet::from([hash(&joined), hash(&sorted.join(" ")), hash(&singular.join("-"))]);
    let mut shorter = String::with_capacity(joined.len());
    for (at, letter) in joined.char_indices() {
        shorter.clear();
        shorter.push_str(joined.get(..at).unwrap_or_default());
        shorter.push_str(joined.get(at + letter.len_utf8()..).unwrap_or_default());
        keys.insert(hash(&shorter));
    }
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
    use crate::page::Page;

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

    #[test]
    fn the_work_grows_with_the_names_and_not_with_their_square() {
        let compared = |count: usize| {
            let rows: Vec<String> = (0..count).map(|number| format!("{} | x", invented(number))).collect();
            let rows = rows.join("\n");
            let page = format!(
                "# A\n\nKey | Description\n--|--\n{rows}\n\n# B\n\nKey | Description\n--|--\nboatsName | x\nboatName2 | x\n\n# C\n\nKey | Description\n--|--\nboatName | x\n"
            );
            let mut names = Names::default();
            names.look(&Page::new(0, crate::extract::read(page.as_bytes()), None, &[]));
            let found = find(&names);
            assert!(found.contains("boatsName"), "the one variant is found among all");
            found.compared
        };
        let (few, many) = (compared(2_000), compared(16_000));
        assert!(many < 16_000 * 4 && few < 2_000 * 4, "{few} {many}");
    }

    /// A name of three invented words.
    fn invented(number: usize) -> String {
        const PARTS: [&str; 16] =
            ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va"];
        let part = |shift: u32| PARTS[(number.wrapping_mul(2_654_435_761) >> shift) & 15];
        let word = |from: u32| format!("{}{}{}", part(from), part(from + 4), part(from + 8));
        format!("{}{}Z{}", word(0), word(12), number)
    }
}
