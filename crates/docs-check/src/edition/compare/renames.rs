//! Which of the removed and added names are one thing under two names.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    edition::surface::plain,
    identifier::{one_slip_apart, words},
    word_variants,
};

/// More pairs than this are not looked through: so many names never change at once by renaming.
const PAIRS_MAX: usize = 250_000;
/// Descriptions of fewer words say too little to recognise a field by.
const DESCRIPTION_WORDS_MIN: usize = 2;
/// Words in which one wrong letter is a slip rather than another word.
const SLIP_LENGTH_MIN: usize = 5;

/// Something that is removed or added.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'c> {
    pub(super) name: &'c str,
    pub(super) description: Option<&'c str>,
}

/// Which things of two lists are one: places in the lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Matching {
    /// Those that both lists have.
    pub(super) same: Vec<(usize, usize)>,
    /// Those that only the old list has.
    pub(super) gone: Vec<usize>,
    /// Those that only the new list has.
    pub(super) fresh: Vec<usize>,
}

impl Matching {
    /// Matches what has the same name. Of two with one name in one list, the first counts.
    pub(super) fn by_name<N: Ord>(old: impl Iterator<Item = N>, new: impl Iterator<Item = N>) -> Self {
        let mut places: BTreeMap<N, usize> = BTreeMap::new();
        let mut matching = Self::default();
        let mut count = 0;
        for (place, name) in new.enumerate() {
            places.entry(name).or_insert(place);
            count = place + 1;
        }
        let mut met = BTreeSet::new();
        for (place, name) in old.enumerate() {
            match places.get(&name) {
                Some(other) if met.insert(*other) => matching.same.push((place, *other)),
                _ => matching.gone.push(place),
            }
        }
        matching.fresh = (0..count).filter(|place| !met.contains(place)).collect();
        matching
    }

    /// What `told` makes of those that only the old list has.
    pub(super) fn gone<T, U>(&self, old: &[T], told: impl Fn(&T) -> U) -> Vec<U> {
        self.gone.iter().filter_map(|place| old.get(*place)).map(told).collect()
    }

    /// What `told` makes of those that only the new list has.
    pub(super) fn fresh<T, U>(&self, new: &[T], told: impl Fn(&T) -> U) -> Vec<U> {
        self.fresh.iter().filter_map(|place| new.get(*place)).map(told).collect()
    }

    /// Joins what is one under two names; `pairs` are places in `gone` and `fresh`. Gives the places in the lists.
    pub(super) fn join(&mut self, pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let joined: Vec<(usize, usize)> = pairs
            .iter()
            .filter_map(|(before, after)| Some((*self.gone.get(*before)?, *self.fresh.get(*after)?)))
            .collect();
        self.gone.retain(|place| !joined.iter().any(|(before, _)| before == place));
        self.fresh.retain(|place| !joined.iter().any(|(_, after)| after == place));
        self.same.extend(&joined);
        joined
    }
}

/// Pairs of places: in `removed`, and in `added`. Each place is in one pair at most.
///
/// Two names are paired where each is the other's only best match, and `fits` says that what they name is alike.
pub(super) fn renames(
    removed: &[Candidate<'_>],
    added: &[Candidate<'_>],
    fits: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    if removed.len().saturating_mul(added.len()) > PAIRS_MAX {
        return Vec::new();
    }
    let parted = |candidates: &[Candidate<'_>]| candidates.iter().map(Parted::of).collect::<Vec<_>>();
    let (old_names, new_names) = (parted(removed), parted(added));
    pairs(removed.len(), added.len(), |old, new| {
        let weight = old_names.get(old)?.likeness(new_names.get(new)?);
        (weight > 0 && fits(old, new)).then_some(weight)
    })
}

/// Pairs of words of a closed list that are one word in two spellings.
pub(super) fn respellings(removed: &[String], added: &[String]) -> Vec<(usize, usize)> {
    pairs(removed.len(), added.len(), |old, new| {
        let (old, new) = (removed.get(old)?, added.get(new)?);
        let same = plain(old) == plain(new);
        (same || word_variants::resembles(old, new)).then_some(if same { 2 } else { 1 })
    })
}

/// Pairs of which each half is the other's only best one.
pub(super) fn pairs(
    removed: usize,
    added: usize,
    weight: impl Fn(usize, usize) -> Option<u32>,
) -> Vec<(usize, usize)> {
    if removed.saturating_mul(added) > PAIRS_MAX {
        return Vec::new();
    }
    let mut best_of_old = vec![Best::default(); removed];
    let mut best_of_new = vec![Best::default(); added];
    for old in 0..removed {
        for new in 0..added {
            let Some(weight) = weight(old, new) else { continue };
            if let Some(best) = best_of_old.get_mut(old) {
                best.meet(new, weight);
            }
            if let Some(best) = best_of_new.get_mut(new) {
                best.meet(old, weight);
            }
        }
    }
    let only = |old: usize| {
        let new = best_of_old.get(old)?.only()?;
        (best_of_new.get(new)?.only()? == old).then_some((old, new))
    };
    (0..removed).filter_map(only).collect()
}

/// The best match so far, and whether another is as good.
#[derive(Clone, Copy, Debug, Default)]
struct Best {
    place: usize,
    weight: u32,
    tied: bool,
}

impl Best {
    fn meet(&mut self, place: usize, weight: u32) {
        if weight > self.weight {
            *self = Self { place, weight, tied: false };
        } else if weight == self.weight {
            self.tied = true;
        }
    }

    const fn only(self) -> Option<usize> {
        if self.weight > 0 && !self.tied { Some(self.place) } else { None }
    }
}

/// A name in its parts: each is compared with many.
struct Parted {
    words: Vec<String>,
    joined: String,
    numbers: Vec<String>,
    singulars: BTreeSet<String>,
    /// The description, if it says enough.
    description: Option<String>,
}

impl Parted {
    fn of(candidate: &Candidate<'_>) -> Self {
        let description = candidate.description.map(plain);
        Self {
            description: description.filter(|told| told.split(' ').count() >= DESCRIPTION_WORDS_MIN),
            ..Self::of_name(candidate.name)
        }
    }

    fn of_name(name: &str) -> Self {
        let words = words(name);
        let numbers = words.iter().filter(|word| word.chars().all(char::is_numeric));
        Self {
            joined: words.concat(),
            numbers: numbers.cloned().collect(),
            singulars: words.iter().map(|word| singular(word).to_owned()).collect(),
            description: None,
            words,
        }
    }

    fn likeness(&self, other: &Self) -> u32 {
        let described = self.description.is_some() && self.description == other.description;
        self.resemblance(other) + if described { 3 } else { 0 }
    }

    fn resemblance(&self, other: &Self) -> u32 {
        if self.words.is_empty() || other.words.is_empty() || self.numbers != other.numbers {
            return 0;
        }
        let long = self.joined.len().min(other.joined.len()) >= SLIP_LENGTH_MIN;
        if self.joined == other.joined
            || self.singulars == other.singulars
            || (long && one_slip_apart(&self.joined, &other.joined))
        {
            return 4;
        }
        let shared = self.singulars.intersection(&other.singulars).count();
        let (own, others) = (self.singulars.len(), other.singulars.len());
        let all = own + others - shared;
        let inside = shared == own.min(others) && all - shared <= 2;
        if inside || shared * 5 >= all * 3 || one_word_inflected(&self.words, &other.words) { 2 } else { 0 }
    }
}

/// How much two names resemble each other: not at all, somewhat, or as two spellings of one name.
pub(super) fn resemblance(old: &str, new: &str) -> u32 {
    Parted::of_name(old).resemblance(&Parted::of_name(new))
}

/// `financeType` and `financingType`: the same words, of which one has another ending.
fn one_word_inflected(old: &[String], new: &[String]) -> bool {
    let mut differing = old.iter().zip(new).filter(|(one, other)| one != other);
    let only =
        differing.next().filter(|_| differing.next().is_none() && old.len() == new.len() && old.len() > 1);
    only.is_some_and(|(one, other)| {
        let stem = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        stem >= SLIP_LENGTH_MIN && stem * 3 >= one.chars().count().max(other.chars().count()) * 2
    })
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').filter(|stem| stem.len() >= 3 && !stem.ends_with('s')).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str, expected: u32) {
        assert_eq!(resemblance(old, new), expected, "{old} {new}");
        assert_eq!(resemblance(new, old), expected, "{new} {old}");
    }

    #[test]
    fn names_resemble_each_other_by_their_words() {
        check("ownersName", "ownerName", 4);
        check("owner_name", "ownerName", 4);
        check("nameOwner", "ownerName", 4);
        check("adress", "address", 4);
        check("ownerName", "ownerFullName", 2);
        check("vin", "vehicleVin", 2);
        check("street", "street2", 0);
        check("street1", "street2", 0);
        check("createdBefore", "createdAfter", 0);
        check("financeType", "financingType", 2);
        check("lenderName", "lenderId", 0);
        check("standardMailingAddress", "overnightMailingAddress", 0);
        check("", "a", 0);
    }

    fn check_pairs(removed: &[&str], added: &[&str], expected: &[(usize, usize)]) {
        let candidates = |names: &[&'static str]| -> Vec<Candidate<'static>> {
            names.iter().map(|name| Candidate { name, description: None }).collect()
        };
        let leak = |names: &[&str]| -> Vec<&'static str> {
            names.iter().map(|name| &*Box::leak((*name).to_owned().into_boxed_str())).collect()
        };
        let (removed, added) = (candidates(&leak(removed)), candidates(&leak(added)));
        assert_eq!(renames(&removed, &added, |_, _| true), expected);
    }

    #[test]
    fn nothing_is_paired_twice() {
        check_pairs(&["ownersName"], &["ownerName"], &[(0, 0)]);
        check_pairs(&["ownersName"], &["ownerName", "owner_name"], &[]);
        check_pairs(&["ownersName", "owner_name"], &["ownerName"], &[]);
        check_pairs(&["ownersName", "sails"], &["sail", "ownerName"], &[(0, 1), (1, 0)]);
    }
}
