//! DOC-TYPO.

use std::collections::{BTreeMap, BTreeSet};

use super::rule;
use crate::{
    Span,
    corpus::Corpus,
    findings::{Draft, Findings},
    interner::Interner,
    page::Page,
    spot::Spot,
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Finds words that are misspelled: those that are misspelled often, and those that stand once and are a letter
    /// short of a word that stands more often in the same documents, or a syllable short of a form of one.
    ///
    /// ## Why is this bad?
    /// It harms nobody, but readers and searches stumble over it.
    ///
    /// ## Example
    /// `The boat's settlment` beside `settlement`, `settlement`
    "DOC-TYPO", "typo", Info, Names, Typos
}

/// Misspellings that are common in English, each with what is meant.
const COMMON: [(&str, &str); 60] = [
    ("accomodate", "accommodate"),
    ("acheive", "achieve"),
    ("accross", "across"),
    ("adress", "address"),
    ("agressive", "aggressive"),
    ("allready", "already"),
    ("apparant", "apparent"),
    ("appearence", "appearance"),
    ("arguement", "argument"),
    ("authentification", "authentication"),
    ("avaliable", "available"),
    ("availible", "available"),
    ("begining", "beginning"),
    ("beleive", "believe"),
    ("calender", "calendar"),
    ("catagory", "category"),
    ("collegue", "colleague"),
    ("comming", "coming"),
    ("commited", "committed"),
    ("completly", "completely"),
    ("consistant", "consistent"),
    ("curently", "currently"),
    ("definately", "definitely"),
    ("dependant", "dependent"),
    ("desireable", "desirable"),
    ("dissapear", "disappear"),
    ("embarass", "embarrass"),
    ("enviroment", "environment"),
    ("existance", "existence"),
    ("explaination", "explanation"),
    ("foward", "forward"),
    ("freind", "friend"),
    ("futher", "further"),
    ("goverment", "government"),
    ("guarentee", "guarantee"),
    ("happend", "happened"),
    ("immediatly", "immediately"),
    ("independant", "independent"),
    ("lenght", "length"),
    ("maintainance", "maintenance"),
    ("neccessary", "necessary"),
    ("noticable", "noticeable"),
    ("occured", "occurred"),
    ("occurence", "occurrence"),
    ("paramater", "parameter"),
    ("persistant", "persistent"),
    ("posible", "possible"),
    ("prefered", "preferred"),
    ("priviledge", "privilege"),
    ("proccess", "process"),
    ("publically", "publicly"),
    ("recieve", "receive"),
    ("recieved", "received"),
    ("refered", "referred"),
    ("reponse", "response"),
    ("retreive", "retrieve"),
    ("seperate", "separate"),
    ("succesful", "successful"),
    ("sucessful", "successful"),
    ("untill", "until"),
];

/// Words in which a missing letter is a slip rather than another word.
const LENGTH_MIN: usize = 8;
/// Longer ones are no words: a letter more at each of their places would cost the square of their length.
const LENGTH_MAX: usize = 64;
/// How often the word that is meant must stand in the documents.
const MEANT_MIN: usize = 3;
/// Documents with more different words than this have words of every kind.
const WORDS_MAX: usize = 50_000;

/// Words in small letters with where they stand; names and words in code are left out. Of words that are no common
/// misspelling only the first places are kept, for only their number matters.
#[derive(Default)]
struct Typos {
    words: Interner,
    places: Vec<Places>,
}

/// Where a word stands.
#[derive(Default)]
struct Places {
    spots: Vec<Spot>,
    /// How many places say anything.
    kept: usize,
}

impl Watch for Typos {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        // What a row is called is the API's word, and other rules look at it.
        let rows = page.facts.tables.iter().flat_map(|table| &table.rows);
        let named: BTreeSet<usize> = rows.map(|row| row.name.span.start).collect();
        for prose in page.prose.iter().filter(|prose| !named.contains(&prose.start)) {
            let text = page.text.slice(*prose);
            let mut code = false;
            let mut link = false;
            let mut at = 0;
            for piece in text.split_inclusive(|c: char| !c.is_alphabetic()) {
                let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
                let capitals = word.chars().skip(1).any(char::is_uppercase);
                if !code && !link && !capitals && word.len() > 4 {
                    self.add(word, page.spot(Span::new(at, at + word.len()).moved(prose.start)));
                }
                if piece.ends_with('`') {
                    code = !code;
                }
                at += piece.len();
                // The target of a link is no sentence.
                link = match piece.chars().next_back() {
                    Some('(') => text.get(..at).is_some_and(|before| before.ends_with("](")),
                    Some(')' | ' ') => false,
                    _ => link,
                };
            }
        }
    }

    fn conclude(self: Box<Self>, _: &Corpus<'_>, findings: &mut Findings) {
        if self.places.len() > WORDS_MAX {
            return;
        }
        let words: BTreeMap<&str, &[Spot]> =
            self.words.texts().zip(self.places.iter().map(|places| places.spots.as_slice())).collect();
        for (word, spots) in &words {
            let known = meant_by(word);
            let rare = spots.len() == 1 && (LENGTH_MIN..=LENGTH_MAX).contains(&(word.len() + 1));
            let slip = || shortened(word, &words).or_else(|| without_syllable(word, &words));
            let Some(meant) = known.or_else(|| if rare { slip() } else { None }) else { continue };
            let places = spots.iter().map(|spot| (*spot, format!("`{word}` here")));
            let draft = Draft::new(*word, format!("`{word}` is misspelled"), format!("write `{meant}`"));
            findings.report(&RULE, draft.at_all(places));
        }
    }
}

impl Typos {
    fn add(&mut self, word: &str, spot: Spot) {
        // Documents with so many words are not asked.
        if self.places.len() > WORDS_MAX {
            return;
        }
        // Most words are in small letters.
        let known = if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            self.words.number(word)
        } else {
            self.words.number(&word.to_lowercase())
        };
        if known == self.places.len() {
            let kept = meant_by(self.words.text(known)).map_or(MEANT_MIN, |_| usize::MAX);
            self.places.push(Places { spots: Vec::new(), kept });
        }
        if let Some(places) = self.places.get_mut(known).filter(|places| places.spots.len() < places.kept) {
            places.spots.push(spot);
        }
    }
}

/// What is meant by a common misspelling.
fn meant_by(word: &str) -> Option<&'static str> {
    COMMON.iter().find(|(wrong, _)| *wrong == word).map(|(_, meant)| *meant)
}

/// The frequent word that this one is, without one letter inside between two others that stay.
fn shortened<'w>(word: &'w str, words: &BTreeMap<&'w str, &[Spot]>) -> Option<&'w str> {
    // The first three letters stay; of the words with a vowel more the first one is meant.
    let places = word.char_indices().map(|(at, _)| at).skip_while(|at| *at < 3);
    let longer = places.flat_map(|at| {
        let (before, after) = word.split_at(at);
        "aeiou".chars().map(move |vowel| format!("{before}{vowel}{after}"))
    });
    let known = longer.filter_map(|longer| words.get_key_value(longer.as_str()));
    let known = known.filter(|(_, spots)| spots.len() >= MEANT_MIN).map(|(other, _)| *other);
    known.filter(|other| lacks_vowel(word, other)).min()
}

/// The form of a frequent word that this one is, without the last syllable of the word: `remembed` is `remembered`
/// where `remember` is frequent.
fn without_syllable<'w>(word: &'w str, words: &BTreeMap<&'w str, &[Spot]>) -> Option<&'w str> {
    let (stem, ending) =
        ["ing", "ed"].iter().find_map(|ending| Some((word.strip_suffix(ending)?, *ending)))?;
    let start = word.get(..3)?;
    let near = words.range(start..).take_while(|(other, _)| other.starts_with(start));
    let vowel = |letter: char| "aeiou".contains(letter);
    let mut bases = near.filter(|(base, spots)| {
        let lost: Vec<char> = base.strip_prefix(stem).unwrap_or_default().chars().collect();
        // What is left is no word by itself, and what is lost can be spoken.
        matches!(lost.as_slice(), [one, two] if vowel(*one) && !vowel(*two))
            && stem.ends_with(|letter: char| !vowel(letter))
            && !words.contains_key(stem)
            && spots.len() >= MEANT_MIN
    });
    let (base, _) = bases.next()?;
    let form = format!("{base}{ending}");
    words.get_key_value(form.as_str()).map(|(form, _)| *form)
}

/// Whether the one letter that is missing is a vowel between consonants, without which the word cannot be spoken.
fn lacks_vowel(word: &str, meant: &str) -> bool {
    let same = word.bytes().zip(meant.bytes()).take_while(|(left, right)| left == right).count();
    let vowel = |letter: Option<u8>| letter.is_some_and(|letter| b"aeiou".contains(&letter));
    let letter = |at: usize| meant.as_bytes().get(at).copied();
    meant.get(same + 1..) == word.get(same..)
        && same + 2 < meant.len()
        && vowel(letter(same))
        && !vowel(letter(same + 1))
        && same.checked_sub(1).is_some_and(|before| !vowel(letter(before)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, meant: &str, expected: bool) {
        assert_eq!(lacks_vowel(word, meant), expected, "{word} {meant}");
    }

    #[test]
    fn slips_are_told_from_other_words() {
        check("settlment", "settlement", true);
        check("contact", "contract", false);
        check("though", "through", false);
        check("request", "requests", false);
        check("", "", false);
    }
}
