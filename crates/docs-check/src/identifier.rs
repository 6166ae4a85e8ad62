//! Names of parameters and fields: how they are put together, and how much two resemble each other.

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
    fn names_fall_into_words() {
        assert_eq!(words("ownersName"), ["owners", "name"]);
        assert_eq!(words("street_address2"), ["street", "address", "2"]);
        assert_eq!(words("vehicle-URL"), ["vehicle", "url"]);
        assert_eq!(words(""), [""; 0]);
    }
}
