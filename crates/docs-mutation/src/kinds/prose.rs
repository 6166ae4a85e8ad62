//! Slips in sentences.

use std::collections::BTreeMap;

use estoppel_docs_check::Span;

use super::{Kind, Places, fields::cell};
use crate::{Mutant, Reference, page::BlockKind};

pub(super) const KINDS: &[Kind] = &[
    Kind::to_contract("proper-name-parted", &["DOC-PROPER-NAME"], name_parted),
    Kind::to_contract("word-of-prose-misspelled", &["DOC-TYPO"], misspelled),
    Kind::to_contract("common-misspelling", &["DOC-TYPO"], common),
    Kind::to_contract("words-run-together", &["DOC-RUN-TOGETHER"], run_together),
    Kind::to_contract("object-named-and-not-described", &["DOC-OBJECT-UNDESCRIBED"], undescribed),
    Kind::to_itself("alone-heading-among-items", &["DOC-ITEM-TWICE"], |r, p| insert(r, p, ITEMS)),
    Kind::to_itself("alone-type-in-two-ways", &["DOC-TYPE-WORD", "DOC-JSON-SHORTHAND"], |r, p| {
        insert(r, p, TYPES);
    }),
    Kind::to_itself("alone-flags-in-two-ways", &["DOC-FLAG"], flags),
    Kind::to_contract("template-part-misnamed", &["DOC-TEMPLATE-NAME"], template),
];

const ITEMS: &str =
    "\n\n- The pier is closed because:\n  - It rains a lot\n- The sea is rough\n- The pier is closed";
const TYPES: &str = "\n\n```json\n{\"piers\": Number, \"docks\": number}\n```";
const FLAGS: &str = "\n\n```json\n{\"isPier\": 1, \"hasDock\": 0, \"rainy\": true}\n```";

/// Adds something after each of the first paragraphs that end a thought.
fn insert(reference: &Reference<'_>, places: &mut Places, text: &str) {
    let paragraphs = reference.page.blocks.iter().filter(|block| {
        matches!(block.kind, BlockKind::Prose) && reference.page.slice(block.span).ends_with('.')
    });
    for block in paragraphs.take(3) {
        places.push(Mutant::new().insert(block.span.end, text));
    }
}

/// Flags in both ways, where the page has none yet that the finding would name first.
fn flags(reference: &Reference<'_>, places: &mut Places) {
    if !reference.page.text.contains(": true") && !reference.page.text.contains(": false") {
        insert(reference, places, FLAGS);
    }
}

/// Sentences: paragraphs, notices and cells of tables.
fn sentences(reference: &Reference<'_>) -> Vec<Span> {
    let mut sentences = Vec::new();
    // The texts of refusals are the API's own words.
    let refusals: Vec<Span> = reference.grids("Id").map(|(block, _)| block.span).collect();
    for block in &reference.page.blocks {
        match &block.kind {
            BlockKind::Prose | BlockKind::Aside => sentences.push(block.span),
            BlockKind::Table(_) if refusals.contains(&block.span) => {}
            BlockKind::Table(grid) => sentences.extend(grid.rows.iter().flat_map(|row| &row.cells)),
            _ => {}
        }
    }
    sentences
}

/// The words of sentences, without those in code.
fn words<'r>(reference: &'r Reference<'_>) -> Vec<(Span, &'r str)> {
    let mut words = Vec::new();
    for sentence in sentences(reference) {
        let mut code = false;
        let mut at = sentence.start;
        for piece in reference.page.slice(sentence).split_inclusive(|c: char| !c.is_alphabetic()) {
            let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
            if !code && !word.is_empty() {
                words.push((Span::new(at, at + word.len()), word));
            }
            if piece.ends_with('`') {
                code = !code;
            }
            at += piece.len();
        }
    }
    words
}

/// A name with one capital inside, such as `BoatWorks`, that stands often enough to be one.
fn name_parted(reference: &Reference<'_>, places: &mut Places) {
    let inner = |word: &str| {
        let mut capitals = word.char_indices().filter(|(_, letter)| letter.is_uppercase());
        let (first, second) = (capitals.next(), capitals.next());
        match (first, second, capitals.next()) {
            (Some((0, _)), Some((at, _)), None) if at > 1 && at + 1 < word.len() => Some(at),
            _ => None,
        }
    };
    let mut names: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for (span, word) in words(reference) {
        let before = reference.page.text.get(..span.start).and_then(|text| text.chars().next_back());
        let after = reference.page.text.get(span.end..).and_then(|text| text.chars().next());
        let in_code =
            before.is_some_and(|c| "`/.-_\"[#".contains(c)) || after.is_some_and(|c| "`_(]".contains(c));
        if inner(word).is_some() && !in_code && word.chars().all(|c| c.is_ascii_alphabetic()) {
            names.entry(word).or_default().push(span);
        }
    }
    for (name, spans) in names {
        let Some(at) = inner(name) else { continue };
        for span in &spans {
            if spans.len() < 6 {
                places.equivalent("the name does not stand often enough in one word to be one");
            } else {
                places.push(Mutant::new().insert(span.start + at, " "));
            }
        }
    }
}

/// A long word that stands often, once without a vowel between two other letters.
fn misspelled(reference: &Reference<'_>, places: &mut Places) {
    let mut seen: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for (span, word) in words(reference) {
        let inside = word.chars().skip(1).all(|letter| letter.is_ascii_lowercase());
        if word.len() >= 8 && inside && word.is_ascii() {
            seen.entry(word.to_lowercase()).or_default().push(span);
        }
    }
    for (word, spans) in &seen {
        // Whoever copies the word four times spells it so once at most.
        let vowel = |at: usize| word.as_bytes().get(at).is_some_and(|byte| b"aeiou".contains(byte));
        let at = (3..word.len().saturating_sub(2)).find(|at| vowel(*at) && !vowel(at - 1) && !vowel(at + 1));
        for span in spans {
            match at {
                Some(at) if spans.len() > 3 => {
                    places.replace(Span::new(span.start + at, span.start + at + 1), "");
                }
                _ => places.equivalent("the word is too rare, or can be spoken without any one vowel"),
            }
        }
    }
}

fn common(reference: &Reference<'_>, places: &mut Places) {
    for (table, row) in reference.rows() {
        if let Some(told) = cell(reference, table, row, "Description").filter(|told| !told.is_empty()) {
            places.push(Mutant::new().insert(told.end, " It is recieved."));
        }
    }
}

/// A key that has lost the space before it, and the marks around it.
fn run_together(reference: &Reference<'_>, places: &mut Places) {
    for sentence in sentences(reference) {
        let text = reference.page.slice(sentence);
        for (at, _) in text.match_indices("the `") {
            let rest = text.get(at + 5..).unwrap_or_default();
            let name = rest.split('`').next().unwrap_or_default();
            let is_key = reference
                .tables
                .iter()
                .flat_map(|table| &table.grid.rows)
                .any(|row| row.cells.first().is_some_and(|cell| reference.page.slice(*cell) == name));
            let parted = name.chars().any(char::is_uppercase) && name.chars().all(char::is_alphanumeric);
            if is_key && parted && name.len() >= 6 {
                let start = sentence.start + at;
                places.replace(Span::new(start, start + 6 + name.len()), format!("the{name}"));
            }
        }
    }
    // Most sentences quote no key after an article: one more is put into descriptions.
    for (table, row) in reference.rows() {
        let (Some(key), Some(told)) = (row.cells.first(), cell(reference, table, row, "Description")) else {
            continue;
        };
        let name = reference.page.slice(*key);
        let plain = name.chars().all(char::is_alphanumeric) && name.chars().any(char::is_uppercase);
        if plain && name.len() >= 6 {
            places.push(Mutant::new().insert(told.end, format!(" Look at the{name} first.")));
        }
    }
}

fn undescribed(reference: &Reference<'_>, places: &mut Places) {
    for (table, row) in reference.rows() {
        if let Some(told) = cell(reference, table, row, "Description") {
            places.push(Mutant::new().insert(told.end, " It is a Harbour Master object."));
        }
    }
}

/// Puts a template and an explanation that misnames one of its parts behind the description of an operation.
fn template(reference: &Reference<'_>, places: &mut Places) {
    for (section, _) in reference.operations() {
        let end = reference.page.sections.get(section).map(|section| section.title.end);
        let text = "\n\nIt is made of this:\n\n`REQUEST_BODY:BOAT_ID`\n\nHere REQUEST_BODY is what was sent, and BOAT_ID_NUMBER the boat.";
        places.mutants.extend(end.map(|end| Mutant::new().insert(end, text)));
    }
}
