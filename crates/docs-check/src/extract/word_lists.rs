//! Lists of words in sentences, and words that sentences quote.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Facts, Span, Word, WordList,
    block::{Block, BlockKind},
    text::Text,
};

const QUOTED: &str = r#"(?:"[^"\n]{1,80}"|'[^'\n]{1,80}'|`[^`\n]{1,80}`|“[^”\n]{1,80}”)"#;

static LIST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = format!(
        r#"(?i)\b(?:one\s+of|either|values?|can\s+be|must\s+be)\b[^"'`“\n.]{{0,40}}?(?P<list>{QUOTED}(?:\s*,?\s*(?:or\s+|and\s+)?{QUOTED})+)"#
    );
    Regex::new(&pattern).ok()
});
static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(QUOTED).ok());
/// Quoted words of sentences; apostrophes are left out, for they are mostly no quotation.
static QUOTATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#""[^"\n]{1,80}"|`[^`\n]{1,80}`|“[^”\n]{1,80}”|\((?i:e\.?g\.?|for example),?\s+(?P<sample>[^()\n]{1,80})\)"#)
        .ok()
});

pub(super) fn read(text: &Text<'_>, blocks: &[Block], facts: &mut Facts) {
    let mut lists = Vec::new();
    let mut quotations = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Prose | BlockKind::Item | BlockKind::Aside => {
                read_sentence(text, block.span, None, &mut lists, &mut quotations);
            }
            BlockKind::Table(grid) => {
                for row in &grid.rows {
                    let name = row.cells.first().and_then(|cell| super::tables::field_name(text, *cell));
                    for cell in row.cells.iter().skip(1) {
                        read_sentence(text, *cell, name.as_deref(), &mut lists, &mut quotations);
                    }
                }
            }
            BlockKind::Heading { .. } | BlockKind::Code { .. } => {}
        }
    }
    facts.word_lists.extend(lists);
    facts.word_lists.sort_by_key(|list| list.span);
    facts.quotations = quotations;
}

fn read_sentence(
    text: &Text<'_>,
    span: Span,
    subject: Option<&str>,
    lists: &mut Vec<WordList>,
    quotations: &mut Vec<Word>,
) {
    // Patterns are slow, and few cells quote anything.
    let source = text.slice(span);
    if !source.contains(['"', '\'', '`', '“', '(']) {
        return;
    }
    let own = if has_two_marks(source) { lists_in(text, span, subject) } else { Vec::new() };
    let mut words = quotations_in(text, span);
    // Lists stand in order, one after another.
    words.retain(|word| {
        let before = own.partition_point(|list| list.span.start <= word.span.start);
        !own.iter().take(before).next_back().is_some_and(|list| list.span.contains(word.span))
    });
    lists.extend(own);
    quotations.extend(words);
}

/// A list has at least two words, each with a mark at its start and its end.
fn has_two_marks(source: &str) -> bool {
    source.chars().filter(|c| "\"'`“”".contains(*c)).nth(3).is_some()
}

fn lists_in(text: &Text<'_>, span: Span, subject: Option<&str>) -> Vec<WordList> {
    let (Some(list), Some(word)) = (LIST.as_ref(), WORD.as_ref()) else { return Vec::new() };
    let lists = list.captures_iter(text.slice(span)).filter_map(|captures| {
        let (whole, found) = (captures.get(0)?, captures.name("list")?);
        // “The first of `a`, `b`” says which one counts, and not what can be said.
        let between = text.slice(span).get(whole.start()..found.start()).unwrap_or_default();
        if between.trim_end().ends_with("first of") {
            return None;
        }
        let start = span.start + found.start();
        let words = word
            .find_iter(found.as_str())
            .map(|quoted| inside(text, quoted.start() + start, quoted.end() + start));
        Some(WordList {
            subject: subject.map(str::to_owned),
            part: None,
            words: words.collect(),
            span: Span::new(start, start + found.len()),
        })
    });
    lists.collect()
}

fn quotations_in(text: &Text<'_>, span: Span) -> Vec<Word> {
    let Some(quotation) = QUOTATION.as_ref() else { return Vec::new() };
    let words = quotation.captures_iter(text.slice(span)).filter_map(|captures| {
        if let Some(sample) = captures.name("sample") {
            let place = text.trim(Span::new(sample.start(), sample.end()).moved(span.start));
            return Some(Word { text: text.slice(place).into(), span: place });
        }
        let whole = captures.get(0)?;
        Some(inside(text, span.start + whole.start(), span.start + whole.end()))
    });
    words.collect()
}

/// What stands between the quotation marks at the ends of a range, and between marks inside these.
fn inside(text: &Text<'_>, start: usize, end: usize) -> Word {
    const MARKS: [char; 5] = ['"', '\'', '`', '“', '”'];
    let quoted = text.slice(Span::new(start, end));
    let open = quoted.len() - quoted.trim_start_matches(MARKS).len();
    let word = quoted.trim_matches(MARKS);
    let span = Span::new(start + open, start + open + word.len());
    Word { text: word.into(), span }
}

#[cfg(test)]
mod tests {
    use crate::{Document, extract};

    fn check(page: &str, lists: &[&[&str]], quotations: &[&str]) {
        let facts = extract(&Document { name: "page", bytes: page.as_bytes() });
        let found: Vec<Vec<_>> = facts
            .word_lists
            .iter()
            .map(|list| list.words.iter().map(|word| &page[word.span.start..word.span.end]).collect())
            .collect();
        assert_eq!(found, lists);
        assert_eq!(facts.quotations.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), quotations);
    }

    #[test]
    fn lists_are_read_out_of_sentences() {
        check("Must be one of: 'sloop', 'yawl', 'ketch'.", &[&["sloop", "yawl", "ketch"]], &[]);
        check("Either \"sloop\" or \"yawl\"", &[&["sloop", "yawl"]], &[]);
        check("It can be one of: `Sloop` or `Yawl`. The owner's `boat`.", &[&["Sloop", "Yawl"]], &["boat"]);
        check("Can be `\"sloop\"` or `\"yawl\"`", &[&["sloop", "yawl"]], &[]);
        check("What it is (eg, Big Boat) and \"one\".", &[], &["Big Boat", "one"]);
        check("The owner's name and the port's name", &[], &[]);
        check("The value of the first of `boatId`, `name` that is there", &[], &["boatId", "name"]);
    }
}
