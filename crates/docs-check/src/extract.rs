//! From bytes to facts: detects how a document is written, cuts it into blocks and reads each.

mod examples;
mod operations;
mod remarks;
mod tables;
mod word_lists;

use crate::{
    Document, Facts, Heading, Markup, Span,
    block::{Block, BlockKind},
    flattened, heading, markdown,
    text::Text,
};

/// Reads what a document states. It never fails: what is not understood is not among the facts.
pub fn extract(document: &Document<'_>) -> Facts {
    facts_of(&Text::new(document.bytes))
}

pub(crate) fn facts_of(text: &Text) -> Facts {
    let markup = detect(text);
    let blocks = match markup {
        Markup::Markdown => markdown::blocks(text),
        Markup::FlattenedText | Markup::Html => flattened::blocks(text),
    };
    let headings = headings(text, &blocks);
    let (servers, operations) = operations::read(text, &blocks, &headings);
    let mut facts = Facts { markup, headings, servers, operations, ..Facts::default() };
    tables::read(text, &blocks, &mut facts);
    remarks::read(text, &blocks, &mut facts);
    examples::read(text, &blocks, &mut facts);
    word_lists::read(text, &blocks, &mut facts);
    facts
}

/// Fences, headings with hashes and rulers of tables are marks that flattened text never has.
fn detect(text: &Text) -> Markup {
    let mut lines = text.lines().map(|line| text.slice(line));
    let marked = lines.any(|line| {
        let line = line.trim_start_matches(['>', ' ']);
        let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
        let atx = (1..=6).contains(&hashes) && line.get(hashes..).is_some_and(|rest| rest.starts_with(' '));
        atx || line.starts_with("```") || line.starts_with("~~~") || is_ruler(line)
    });
    if marked { Markup::Markdown } else { Markup::FlattenedText }
}

fn is_ruler(line: &str) -> bool {
    let line = line.trim();
    line.contains("---") && line.contains('|') && line.chars().all(|c| "|:- \t".contains(c))
}

fn headings(text: &Text, blocks: &[Block]) -> Vec<Heading> {
    let headings = blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Heading { level } => {
            let title = text.slice(block.span).to_owned();
            Some(Heading { part: heading::is_part(&title), title, level, span: block.span })
        }
        _ => None,
    });
    headings.collect()
}

/// A cell or quotation without the marks around it, and where it then stands.
fn unmarked(text: &Text, span: Span) -> (String, Span) {
    let span = text.trim(span);
    let source = text.slice(span);
    let start = span.start + (source.len() - source.trim_start_matches(['`', '*']).len());
    let inside = source.trim_matches(['`', '*']);
    let end = (start + inside.len()).min(span.end).max(start);
    if inside.is_empty() {
        return (source.to_owned(), span);
    }
    (inside.to_owned(), Span::new(start, end))
}
