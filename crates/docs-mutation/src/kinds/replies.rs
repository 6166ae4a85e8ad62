//! Slips in what operations answer when they succeed.

use estoppel_docs_check::Span;

use super::{Kind, Places};
use crate::{
    Mutant, Reference,
    page::{Block, BlockKind},
    reference::Shows,
};

pub(super) const KINDS: &[Kind] = &[
    Kind::to_contract("reply-told-nowhere", &["DOC-REPLY-MISSING"], told_nowhere),
    Kind::to_contract("status-of-example-changed", &["DOC-STATUS"], status_of_example),
    Kind::to_contract("status-of-sentence-changed", &["DOC-STATUS"], status_of_sentence),
    Kind::to_contract("status-told-nowhere", &["DOC-STATUS-UNSTATED"], status_told_nowhere),
    Kind::to_contract("announced-table-removed", &["DOC-LIST-MISSING"], announced_table),
    Kind::to_contract("announced-example-removed", &["DOC-LIST-MISSING"], announced_example),
];

/// The section of the reply of an operation.
fn reply_section(reference: &Reference<'_>, section: usize) -> Option<Span> {
    let whole = reference.whole(section);
    let inside = reference.page.sections.iter().filter(|part| whole.contains(part.span));
    inside.into_iter().find(|part| reference.page.slice(part.title) == "Reply").map(|part| part.span)
}

fn told_nowhere(reference: &Reference<'_>, places: &mut Places) {
    for (section, _) in reference.operations() {
        let whole = reference.whole(section);
        let shown = reference.examples.iter().filter(|shown| whole.contains(shown.block));
        let shown = shown.filter(|shown| shown.shows == Shows::Reply);
        let examples = shown.map(|shown| Span::new(shown.caption.start, shown.block.end + 1));
        let parts = examples.chain(reply_section(reference, section));
        let mutant = parts.fold(Mutant::new(), Mutant::remove);
        places.push(reference.call(section).into_iter().fold(mutant, Mutant::near));
    }
}

/// The digits of the status that a text states after the word.
fn status(reference: &Reference<'_>, span: Span, before: &str) -> Option<Span> {
    let at = reference.page.slice(span).find(before)? + before.len();
    Some(Span::new(span.start + at, span.start + at + 3))
}

/// Another success than this one.
fn other(code: &str) -> &'static str {
    if code == "201" { "200" } else { "201" }
}

fn status_of_example(reference: &Reference<'_>, places: &mut Places) {
    for shown in reference.examples.iter().filter(|shown| shown.shows == Shows::Reply) {
        if let Some(code) = status(reference, shown.caption, "status ") {
            places.replace(code, other(reference.page.slice(code)));
        }
    }
}

/// The sentence that states the status of an operation's success.
fn sentence<'r>(reference: &'r Reference<'_>, section: usize) -> Option<&'r Block> {
    let part = reply_section(reference, section)?;
    let mut inside = reference.page.blocks.iter().filter(|block| part.contains(block.span));
    inside.find(|block| reference.page.slice(block.span).starts_with("Status "))
}

fn status_of_sentence(reference: &Reference<'_>, places: &mut Places) {
    for (section, _) in reference.operations() {
        let code = sentence(reference, section).and_then(|block| status(reference, block.span, "Status "));
        if let Some(code) = code {
            places.replace(code, other(reference.page.slice(code)));
        }
    }
}

fn status_told_nowhere(reference: &Reference<'_>, places: &mut Places) {
    for (section, _) in reference.operations() {
        let whole = reference.whole(section);
        let Some(told) = sentence(reference, section) else { continue };
        let length = "Status 200 with ".len();
        let mutant = Mutant::new().replace(Span::new(told.span.start, told.span.start + length), "It is ");
        let shown = reference.examples.iter().filter(|shown| whole.contains(shown.block));
        let captions = shown.filter(|shown| shown.shows == Shows::Reply).map(|shown| shown.caption);
        let mutant = captions.fold(mutant, |mutant, caption| mutant.replace(caption, "> Example reply:"));
        places.push(reference.call(section).into_iter().fold(mutant, Mutant::near));
    }
}

/// Removes the table after a sentence that ends in a colon.
fn announced_table(reference: &Reference<'_>, places: &mut Places) {
    let blocks = &reference.page.blocks;
    for (sentence, table) in blocks.iter().zip(blocks.iter().skip(1)) {
        let announces = reference.page.slice(sentence.span).ends_with(':');
        if announces && matches!(table.kind, BlockKind::Table(_)) {
            places.push(Mutant::new().remove(table.span).near(sentence.span));
        }
    }
}

/// Removes the code after a sentence or caption that ends in a colon.
fn announced_example(reference: &Reference<'_>, places: &mut Places) {
    let blocks = &reference.page.blocks;
    for (index, (sentence, code)) in blocks.iter().zip(blocks.iter().skip(1)).enumerate() {
        let announces = reference.page.slice(sentence.span).ends_with(':');
        if !announces || !matches!(code.kind, BlockKind::Code { .. }) {
            continue;
        }
        let next = blocks.get(index + 2).map(|block| &block.kind);
        if matches!(next, Some(BlockKind::Code { .. } | BlockKind::Table(_))) {
            places.equivalent("what comes next can be what is announced");
        } else {
            places.push(Mutant::new().remove(code.span).near(sentence.span));
        }
    }
}
