//! Names of parameters and fields: how they are put together, and how much two resemble each other.

use rapidhash::v3::rapidhash_v3;

/// The words of a name, in lower case: `ownersName`, `owners_name` and `owners-name` are `owners`, `name`.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut previous = ' ';
    for character in name.chars() {
        if character.is_alphanumeric() {
            let begins = !previous.is_alphanumeric()
                || (character.is_uppercase() && !previous.is_uppercase())
                || (character.is_numeric() != previous.is_numeric());
            match words.last_mut() {
                Some(word) if !begins => word.extend(character.to_lowercase()),
                _ => words.push(character.to_lowercase().collect()),
            }
        }
        previous = character;
    }
    words
}

/// Whether this can be the name of a parameter or field: one word, as programs write it.
pub(crate) fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    let begins = characters.next().is_some_and(|first| first.is_ascii_alphabetic() || "_$@".contains(first));
    begins && characters.all(|c| c.is_ascii_alphanumeric() || "_-.$[]".contains(c))
}

/// Whether at most one letter was typed too much, too little, wrong or in the wrong order.
pub(crate) fn one_slip_apart(left: &str, right: &str) -> bool {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let (short, long) = if left.len() <= right.len() { (&left, &right) } else { (&right, &left) };
    if long.len() - short.len() > 1 || short == long {
        return false;
    }
    let same_before = short.iter().zip(long.iter()).take_while(|(a, b)| a == b).count();
    let same_after = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    let same_after = same_after.min(short.len() - same_before);
    let room = |length: usize| length - same_before - same_after;
    match (room(short.len()), room(long.len())) {
        (0 | 1, 1) => true,
        (2, 2) => {
            let pair =
                |letters: &[char]| (letters.get(same_before).copied(), letters.get(same_before + 1).copied());
            let ((a, b), (c, d)) = (pair(short), pair(long));
            (a, b) == (d, c)
        }
        _ => false,
    }
}

/// Names by what remains of them without one letter: names that are one slip apart share a remainder.
#[derive(Debug, Default)]
pub(crate) struct Remainders<'n> {
    by_hash: Vec<(u64, &'n str)>,
}

/// Names of one remainder that are compared; what so many share tells nothing.
const BUCKET_MAX: usize = 8;
/// Longer names are no names.
const NAME_LENGTH_MAX: usize = 200;

impl<'n> Remainders<'n> {
    pub(crate) fn new(names: impl Iterator<Item = &'n str>) -> Self {
        let mut by_hash = Vec::new();
        for name in names {
            remainders(name, |hash| by_hash.push((hash, name)));
        }
        by_hash.sort_unstable();
        by_hash.dedup();
        Self { by_hash }
    }

    /// The first name that is one slip apart from this one.
    pub(crate) fn near(&self, name: &str) -> Option<&'n str> {
        let mut near: Option<&str> = None;
        remainders(name, |hash| {
            let from = self.by_hash.partition_point(|(known, _)| *known < hash);
            let bucket =
                self.by_hash.iter().skip(from).take_while(|(known, _)| *known == hash).take(BUCKET_MAX);
            let found = bucket.map(|(_, known)| *known).find(|known| one_slip_apart(known, name));
            near = near.into_iter().chain(found).min();
        });
        near
    }
}

/// The hash of a name, and of what remains without each of its letters.
fn remainders(name: &str, mut take: impl FnMut(u64)) {
    if name.len() > NAME_LENGTH_MAX {
        return;
    }
    take(rapidhash_v3(name.as_bytes()));
    let mut shorter = String::with_capacity(name.len());
    for (at, letter) in name.char_indices() {
        shorter.clear();
        shorter.push_str(name.get(..at).unwrap_or_default());
        shorter.push_str(name.get(at + letter.len_utf8()..).unwrap_or_default());
        take(rapidhash_v3(shorter.as_bytes()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: &str, right: &str, expected: bool) {
        assert_eq!(one_slip_apart(left, right), expected, "{left} {right}");
        assert_eq!(one_slip_apart(right, left), expected, "{right} {left}");
    }

    #[test]
    fn slips_of_one_letter_are_seen() {
        check("address", "adress", true);
        check("address", "addresss", true);
        check("harbor", "harbar", true);
        check("harbor", "hrabor", true);
        check("harbor", "harbor", false);
        check("harbor", "arbors1", false);
        check("aa", "aaaa", false);
        check("", "a", true);
    }

    #[test]
    fn near_names_are_found_by_what_remains_of_them() {
        let names = ["address", "harbor", "boats", "", "aab"];
        let known = Remainders::new(names.into_iter());
        for (name, near) in [
            ("adress", Some("address")),
            ("addresss", Some("address")),
            ("hrabor", Some("harbor")),
            ("harbar", Some("harbor")),
            ("harbor", None),
            ("boatss", Some("boats")),
            ("x", Some("")),
            ("aba", Some("aab")),
            ("ports", None),
        ] {
            assert_eq!(known.near(name), near, "{name}");
        }
    }

    #[test]
    fn names_fall_into_words() {
        assert_eq!(words("ownersName"), ["owners", "name"]);
        assert_eq!(words("street_address2"), ["street", "address", "2"]);
        assert_eq!(words("vehicle-URL"), ["vehicle", "url"]);
        assert_eq!(words(""), [""; 0]);
    }
}
