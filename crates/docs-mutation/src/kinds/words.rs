//! Slips in lists of words and in test values.

use std::collections::BTreeMap;

use estoppel_docs_check::Span;

use super::{Count, Kind, Places, examples::slip, fields::cell};
use crate::{
    Mutant, Reference,
    page::{Block, Grid, Row},
    reference::Subject,
};

const WORDS: &[&str] = &["DOC-WORDS"];
const SPELLING: &[&str] = &["DOC-WORDS", "DOC-WORD-SPELLING"];
const TEST: &[&str] = &["DOC-TEST-VALUE"];

pub(super) const KINDS: &[Kind] = &[
    Kind::to_contract("word-removed", WORDS, removed),
    Kind::to_contract("word-added", WORDS, added),
    Kind::to_contract("word-misspelled", SPELLING, |r, p| changed(r, p, slip)),
    Kind::to_contract("word-in-other-case", SPELLING, |r, p| changed(r, p, other_case)),
    Kind::to_contract("word-of-another-list", WORDS, |r, p| changed(r, p, |_| Some("keelhauled".to_owned()))),
    Kind::to_contract("word-twice", &["DOC-ROW-DUPLICATE"], |r, p| twice(r, p, "Value")),
    Kind::to_contract("words-in-other-order", WORDS, reordered),
    Kind::to_contract("words-of-a-row-without-one", WORDS, |r, p| listed_in_row(r, p, Count::Fewer)),
    Kind::to_contract("words-of-a-row-with-another", WORDS, |r, p| listed_in_row(r, p, Count::More)),
    Kind::to_itself("alone-lists-of-words-differ", &["DOC-LIST-DIFFERS"], lists_differ),
    Kind::to_contract("test-value-misspelled", TEST, test_value_misspelled),
    Kind::to_contract("test-value-removed", TEST, test_value_removed),
    Kind::to_contract("test-value-twice", &["DOC-ROW-DUPLICATE"], |r, p| twice(r, p, "Test ")),
    Kind::to_itself("alone-vin-check-digit", &["DOC-VIN-CHECK-DIGIT"], vin_check_digit),
];

/// Tables of the words of a closed list, and of the words that tell alternatives apart.
fn lists<'r>(reference: &'r Reference<'_>) -> impl Iterator<Item = (&'r Block, &'r Grid, &'r Row)> {
    let tables = reference
        .grids("Value")
        .filter(|(block, _)| matches!(reference.subject(block.section), Subject::Words | Subject::Model(_)));
    tables.flat_map(|(block, grid)| grid.rows.iter().map(move |row| (block, grid, row)))
}

/// The word of a row, without the marks around it.
fn word(reference: &Reference<'_>, row: &Row) -> Option<Span> {
    let cell = row.cells.first()?;
    let marked = reference.page.slice(*cell).len() > 2;
    marked.then(|| Span::new(cell.start + 1, cell.end - 1))
}

fn removed(reference: &Reference<'_>, places: &mut Places) {
    for (block, _, row) in lists(reference) {
        places.push(Mutant::new().remove(reference.page.with_end(row.line)).near(block.span));
    }
}

fn added(reference: &Reference<'_>, places: &mut Places) {
    for (_, _, row) in lists(reference) {
        places.push(Mutant::new().insert(row.line.end, "\n`keelhauled` | It was meant so."));
    }
}

fn changed(reference: &Reference<'_>, places: &mut Places, change: impl Fn(&str) -> Option<String>) {
    for (block, _, row) in lists(reference) {
        let Some(span) = word(reference, row) else { continue };
        match change(reference.page.slice(span)) {
            Some(other) => places.push(Mutant::new().replace(span, other).near(block.span)),
            None => places.equivalent("the word has no letter to change"),
        }
    }
}

fn other_case(word: &str) -> Option<String> {
    let upper = word.to_uppercase();
    let other = if upper == word { word.to_lowercase() } else { upper };
    (other != word).then_some(other)
}

fn twice(reference: &Reference<'_>, places: &mut Places, heading: &str) {
    let tables: Vec<&Grid> = if heading == "Value" {
        let mut tables: Vec<&Grid> = lists(reference).map(|(_, grid, _)| grid).collect();
        tables.dedup_by_key(|grid| grid.header_line);
        tables
    } else {
        reference.grids(heading).map(|(_, grid)| grid).collect()
    };
    for row in tables.into_iter().flat_map(|grid| &grid.rows) {
        let line = reference.page.slice(row.line);
        places.push(Mutant::new().insert(row.line.end, format!("\n{line}")).near(row.line));
    }
}

fn reordered(reference: &Reference<'_>, places: &mut Places) {
    for _ in lists(reference) {
        places.equivalent("the order of words says nothing");
    }
}

/// Adds the words of a field to its row, without one of them or with one too many.
fn listed_in_row(reference: &Reference<'_>, places: &mut Places, count: Count) {
    for (table, row) in reference.rows() {
        let name = row.cells.first().map_or("", |cell| reference.page.slice(*cell));
        let member = table.schema.member(name);
        let words = member.and_then(|member| member.words().or_else(|| member.items()?.words()));
        let (Some(words), Some(told)) = (words, cell(reference, table, row, "Description")) else { continue };
        if words.len() < 3 {
            places.equivalent("two words or fewer are no list in a sentence");
            continue;
        }
        let mut listed: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        if count == Count::More {
            listed.push("`keelhauled`".to_owned());
        } else {
            listed.pop();
        }
        places.push(Mutant::new().insert(told.end, format!(" It is one of {}.", listed.join(", "))));
    }
}

/// Lists the words of a field in two of its rows, and one word fewer in the second.
fn lists_differ(reference: &Reference<'_>, places: &mut Places) {
    let mut rows: BTreeMap<(&str, Vec<&str>), Vec<Span>> = BTreeMap::new();
    for (table, row) in reference.rows() {
        let name = row.cells.first().map_or("", |cell| reference.page.slice(*cell));
        let words = table.schema.member(name).and_then(|member| member.words());
        if let (Some(words), Some(told)) = (words, cell(reference, table, row, "Description")) {
            rows.entry((name, words)).or_default().push(told);
        }
    }
    for ((_, words), told) in rows {
        for pair in told.windows(2) {
            let [first, second] = pair else { continue };
            if words.len() < 3 {
                places.equivalent("two words or fewer are no list in a sentence");
                continue;
            }
            let listed = |count: usize| {
                let words: Vec<String> = words.iter().take(count).map(|word| format!("`{word}`")).collect();
                format!(" It is one of {}.", words.join(", "))
            };
            places.push(
                Mutant::new()
                    .insert(first.end, listed(words.len()))
                    .insert(second.end, listed(words.len() - 1)),
            );
        }
    }
}

fn test_rows<'r>(reference: &'r Reference<'_>) -> impl Iterator<Item = (&'r Block, &'r Row, Span)> {
    let tables = reference.grids("Test ");
    let rows = tables.flat_map(|(block, grid)| grid.rows.iter().map(move |row| (block, row)));
    rows.filter_map(|(block, row)| Some((block, row, word(reference, row)?)))
}

fn test_value_misspelled(reference: &Reference<'_>, places: &mut Places) {
    for (_, _, span) in test_rows(reference) {
        if let Some(other) = slip(reference.page.slice(span)) {
            places.replace(span, other);
        }
    }
}

fn test_value_removed(reference: &Reference<'_>, places: &mut Places) {
    for (block, row, _) in test_rows(reference) {
        places.push(Mutant::new().remove(reference.page.with_end(row.line)).near(block.span));
    }
}

fn vin_check_digit(reference: &Reference<'_>, places: &mut Places) {
    for (_, grid) in reference.grids("Test vin") {
        for row in &grid.rows {
            let Some(span) = word(reference, row) else { continue };
            let vin = reference.page.slice(span);
            let Some(digit) = vin.chars().nth(8) else { continue };
            if !check_digit_fits(vin) {
                places.equivalent("the check digit is wrong already");
                continue;
            }
            // Eleven digits are possible, so that of two others at least one is wrong.
            let wrong = ['0', '1', '2'].into_iter().filter(|other| *other != digit).collect::<Vec<_>>();
            for other in wrong {
                let at = Span::new(span.start + 8, span.start + 9);
                let mut changed = vin.to_owned();
                changed.replace_range(8..9, &other.to_string());
                if check_digit_fits(&changed) {
                    places.equivalent("the other check digit is right");
                } else {
                    places.replace(at, other.to_string());
                }
            }
        }
    }
}

/// The check of a VIN as the law writes it, computed in its own way.
fn check_digit_fits(vin: &str) -> bool {
    const LETTERS: &str = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";
    const WEIGHTS: [usize; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let value = |letter: char| LETTERS.find(letter).unwrap_or_default() % 10;
    let sum: usize = vin.chars().zip(WEIGHTS).map(|(letter, weight)| value(letter) * weight).sum();
    let expected = if sum % 11 == 10 {
        'X'
    } else {
        u32::try_from(sum % 11).ok().and_then(|digit| char::from_digit(digit, 10)).unwrap_or('X')
    };
    vin.chars().nth(8) == Some(expected)
}
