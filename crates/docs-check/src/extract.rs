//! From bytes to facts: detects how a document is written, cuts it into blocks and reads each.

mod addresses;
mod bullets;
mod calls;
mod deliveries;
mod examples;
mod head;
mod limits;
mod operations;
mod remarks;
mod replies;
mod tables;
mod word_lists;

use crate::{
    Document, Facts, Heading, Markup, Span,
    block::{Block, BlockKind, Layout},
    flattened, heading, html, markdown,
    text::Text,
};

/// Reads what a document states. It never fails: what is not understood is not among the facts.
pub fn extract(document: &Document<'_>) -> Facts {
    let Reading { text, mut facts, .. } = read(document.bytes);
    facts.relocate(|span| text.in_source(span));
    facts
}

/// A document as the text that places are told in.
pub fn source_text(document: &Document<'_>) -> String {
    Text::new(document.bytes).source().to_owned()
}

/// The files that the head of a document includes, as it names them.
pub fn includes(document: &Document<'_>) -> Vec<String> {
    let mut facts = Facts::default();
    head::read(&Text::new(document.bytes), &mut facts);
    facts.includes.into_iter().map(|include| include.name.text.into()).collect()
}

/// A document, read. Its facts stand where the content of its text has them.
#[derive(Debug)]
pub(crate) struct Reading<'t> {
    pub(crate) text: Text<'t>,
    pub(crate) facts: Facts,
    /// Sentences: paragraphs, items of lists, cells of tables.
    pub(crate) prose: Vec<Span>,
}

pub(crate) fn read(bytes: &[u8]) -> Reading<'_> {
    let (text, markup) = text_and_markup(bytes);
    let layout = match markup {
        Markup::Markdown | Markup::Html => markdown::layout(&text),
        Markup::FlattenedText => flattened::layout(&text),
    };
    reading(text, markup, &layout)
}

/// The text of a document alone: what [`read`] sees places in.
pub(crate) fn text(bytes: &[u8]) -> Text<'_> {
    let text = Text::new(bytes);
    if is_html(&text) { html::to_markdown(text) } else { text }
}

fn text_and_markup(bytes: &[u8]) -> (Text<'_>, Markup) {
    let text = Text::new(bytes);
    if is_html(&text) {
        return (html::to_markdown(text), Markup::Html);
    }
    let markup = detect(&text);
    (text, markup)
}

fn reading<'t>(text: Text<'t>, markup: Markup, layout: &Layout) -> Reading<'t> {
    let facts = facts_of(&text, markup, layout);
    let mut prose = Vec::new();
    for block in &layout.blocks {
        match &block.kind {
            BlockKind::Prose | BlockKind::Item | BlockKind::Aside => prose.push(block.span),
            BlockKind::Table(grid) => prose.extend(grid.rows.iter().flat_map(|row| &row.cells)),
            BlockKind::Heading { .. } | BlockKind::Code { .. } => {}
        }
    }
    Reading { text, facts, prose }
}

fn facts_of(text: &Text<'_>, markup: Markup, layout: &Layout) -> Facts {
    let blocks = layout.blocks.as_slice();
    let headings = headings(text, blocks);
    let (servers, operations) = operations::read(text, blocks, &headings);
    let links = layout.links.clone();
    let mut facts = Facts { markup, headings, servers, operations, links, ..Facts::default() };
    tables::read(text, blocks, &mut facts);
    remarks::read(text, blocks, &mut facts);
    examples::read(text, blocks, &mut facts);
    calls::read(text, blocks, &mut facts);
    word_lists::read(text, blocks, &mut facts);
    bullets::read(text, blocks, &mut facts);
    tables::add_words(&mut facts);
    head::read(text, &mut facts);
    addresses::read(text, blocks, &mut facts);
    replies::read(text, blocks, &mut facts);
    deliveries::read(text, blocks, &mut facts);
    facts
}

/// A page that begins like HTML; Markdown begins so too, and then has marks of its own.
fn is_html(text: &Text<'_>) -> bool {
    let start = text.as_str().trim_start();
    let start: String = start.chars().take(SIGNATURE_LENGTH).collect::<String>().to_lowercase();
    let certain = ["<!doctype html", "<html", "<head", "<body"];
    let possible = ["<div", "<main", "<section", "<article", "<table", "<h1", "<h2", "<p>", "<p "];
    let comment = start.starts_with("<!--");
    certain.iter().any(|mark| start.starts_with(mark) || (comment && start.contains(mark)))
        || (possible.iter().any(|mark| start.starts_with(mark)) && detect(text) == Markup::FlattenedText)
}

/// Prose longer than this is no sentence that states a fact.
const SENTENCE_MAX: usize = 4_000;

/// How much of a page tells whether it is HTML.
const SIGNATURE_LENGTH: usize = 1_000;

/// Fences, headings with hashes and rulers of tables are marks that flattened text never has.
fn detect(text: &Text<'_>) -> Markup {
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
    line.contains("--") && line.contains('|') && line.chars().all(|c| "|:- \t".contains(c))
}

fn headings(text: &Text<'_>, blocks: &[Block]) -> Vec<Heading> {
    let headings = blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Heading { level } => Some((level, block.span)),
        _ => None,
    });
    let mut headings = headings.peekable();
    let mut read = Vec::new();
    while let Some((level, span)) = headings.next() {
        let title = text.slice(span).to_owned();
        // A model can be called `Query`: it has properties, which no part of an operation has.
        let next = headings.peek().filter(|(next, _)| *next > level).map(|(_, span)| text.slice(*span));
        let described = next.is_some_and(heading::opens_description);
        let part =
            (heading::is_part(&title) && !described) || (level > 2 && heading::opens_description(&title));
        read.push(Heading { title, level, part, span, subject: (None, None) });
    }
    tell_subjects(&mut read);
    read
}

/// Tells each heading the last one that is no part, and the next.
fn tell_subjects(headings: &mut [Heading]) {
    let mut last = None;
    for (index, heading) in headings.iter_mut().enumerate() {
        last = if heading.part { last } else { Some(index) };
        heading.subject.0 = last;
    }
    let mut next = None;
    for (index, heading) in headings.iter_mut().enumerate().rev() {
        heading.subject.1 = next;
        next = if heading.part { next } else { Some(index) };
    }
}

/// A cell or quotation without the marks around it, and where it then stands.
fn unmarked(text: &Text<'_>, span: Span) -> (String, Span) {
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
