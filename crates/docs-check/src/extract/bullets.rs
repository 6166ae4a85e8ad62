//! Lists with marks, and those of them that list the words of a field.

use std::sync::LazyLock;

use regex::Regex;

use super::unmarked;
use crate::{
    Bullets, Facts, Span, Word, WordList,
    block::{Block, BlockKind},
    identifier::is_name,
    text::Text,
};

/// What announces words, and not things to do or to know.
static ANNOUNCES_WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:one\s+of|(?:possible|valid|allowed|accepted|supported|available|following)\s+(?:values|types|options|statuses|states|formats|kinds)|can\s+be|must\s+be|values\s+(?:are|of)|list\s+of)\b",
    )
    .ok()
});
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"`([^`\s]+)`").ok());

/// Words are short; what is longer is a sentence.
const WORD_LENGTH_MAX: usize = 80;

pub(super) fn read(text: &Text<'_>, blocks: &[Block], facts: &mut Facts) {
    let mut index = 0;
    while let Some(block) = blocks.get(index) {
        if block.kind != BlockKind::Item {
            index += 1;
            continue;
        }
        let items: Vec<&Block> =
            blocks.iter().skip(index).take_while(|block| block.kind == BlockKind::Item).collect();
        let before = index.checked_sub(1).and_then(|before| blocks.get(before));
        let introduction = before.filter(|block| block.kind == BlockKind::Prose).map(|block| block.span);
        let introduction = introduction.filter(|span| text.slice(*span).ends_with(':'));
        let introduction = introduction.map(|span| Word { text: text.slice(span).into(), span });
        let words: Vec<Word> = items.iter().map(|item| item_text(text, item.span)).collect();
        let span = Span::new(block.span.start, items.last().map_or(block.span.end, |last| last.span.end));
        index += items.len();
        if let Some(list) = introduction.as_ref().and_then(|told| word_list(told, &words, span)) {
            facts.word_lists.push(list);
        }
        facts.bullets.push(Bullets { introduction, items: words, span });
    }
    facts.word_lists.sort_by_key(|list| list.span);
}

/// An item without its mark.
fn item_text(text: &Text<'_>, span: Span) -> Word {
    let source = text.slice(span);
    let digits = source.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0 && source.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')']));
    let marked = source.starts_with(['-', '*', '+', '•']);
    let mark = match (numbered, marked) {
        (true, _) => digits + 1,
        (_, true) => source.chars().next().map_or(0, char::len_utf8),
        _ => 0,
    };
    let (text, span) = unmarked(text, Span::new(span.start + mark, span.end));
    Word { text: text.into(), span }
}

/// The words that a list says a field can hold. Each begins an item, and a remark may follow it.
fn word_list(introduction: &Word, items: &[Word], span: Span) -> Option<WordList> {
    ANNOUNCES_WORDS.as_ref()?.find(&introduction.text)?;
    let words: Vec<Word> = items.iter().map(first_word).collect::<Option<_>>()?;
    let subject = NAMED.as_ref()?.captures(&introduction.text).and_then(|captures| captures.get(1));
    let subject = subject.map(|name| name.as_str().to_owned()).filter(|name| is_name(name));
    (words.len() >= 2).then_some(WordList { subject, part: None, words, span })
}

fn first_word(item: &Word) -> Option<Word> {
    // The marks around the word are still there where a remark follows it.
    let quoted = item.text.split_once('`').filter(|(word, rest)| !word.is_empty() && !rest.contains('`'));
    if let Some((word, _)) = quoted {
        return Some(Word {
            text: word.into(),
            span: Span::new(item.span.start, item.span.start + word.len()),
        });
    }
    let short = item.text.len() <= WORD_LENGTH_MAX && !item.text.ends_with(['.', ':', ';']);
    let plain = !item.text.contains(['\n', '`']) && !item.text.contains("](") && !item.text.contains(": ");
    (short && plain && !item.text.is_empty()).then(|| item.clone())
}

#[cfg(test)]
mod tests {
    use crate::{Document, extract};

    fn check(page: &str, items: usize, lists: &[(Option<&str>, &[&str])]) {
        let facts = extract(&Document { name: "page", bytes: page.as_bytes() });
        assert_eq!(facts.bullets.iter().map(|list| list.items.len()).sum::<usize>(), items);
        let found: Vec<_> = facts
            .word_lists
            .iter()
            .map(|list| {
                let words: Vec<_> = list.words.iter().map(|word| word.text.as_str()).collect();
                (list.subject.as_deref(), words)
            })
            .collect();
        let lists: Vec<_> = lists.iter().map(|(subject, words)| (*subject, words.to_vec())).collect();
        assert_eq!(found, lists);
    }

    #[test]
    fn lists_of_words_are_told_from_lists_of_thoughts() {
        check(
            "# A\n\n`rig` can be one of:\n\n- `sloop`\n- `yawl` - two masts\n",
            2,
            &[(Some("rig"), &["sloop", "yawl"])],
        );
        check("# A\n\nPossible values:\n\n* Sloop\n* Yawl\n", 2, &[(None, &["Sloop", "Yawl"])]);
        check("# A\n\nIt fails when:\n\n- it sinks\n- it burns\n", 2, &[]);
        check("# A\n\nIt can be:\n\n- Done in a day. Or two.\n- `a`\n", 2, &[]);
        check("# A\n\n1. One\n2. Two\n   - Three\n", 3, &[]);
    }
}
