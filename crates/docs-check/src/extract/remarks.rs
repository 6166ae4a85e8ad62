//! Status codes on their own lines, notices, and sentences that announce a list.

use std::sync::LazyLock;

use regex::Regex;

use super::{SENTENCE_MAX, examples::announcement};
use crate::{
    Announced, Announcement, CodeSample, Facts, Mention, Notice, NoticeKind, Span, Status,
    block::{Block, BlockKind},
    heading::status,
    text::Text,
};

/// Phrases of notices, in lower case.
const NOT_AVAILABLE: [&str; 4] =
    ["not currently available", "not yet available", "not available yet", "currently unavailable"];
const DEPRECATED: [&str; 3] = ["is deprecated", "be deprecated", "has been deprecated"];

const RESTRICTED: [&str; 3] = ["is only available when", "only available to", "only available if"];

static MENTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"\b(?P<method>GET|POST|PUT|PATCH|DELETE)\s+[`*]*(?:https?://[^\s/`]+)?(?P<path>/[^\s`*?,;)\]|]*)",
    )
    .ok()
});

pub(super) fn read(text: &Text<'_>, blocks: &[Block], facts: &mut Facts) {
    let mut announced = None;
    for (index, block) in blocks.iter().enumerate() {
        announced = announcement(text, block, announced);
        let prose = match &block.kind {
            BlockKind::Prose | BlockKind::Item | BlockKind::Aside => text.slice(block.span),
            BlockKind::Code { language } => {
                facts.code_samples.push(CodeSample {
                    language: language.clone(),
                    role: announced,
                    span: block.span,
                });
                continue;
            }
            BlockKind::Table(grid) => {
                let cells = grid.rows.iter().flat_map(|row| &row.cells);
                cells.for_each(|cell| mentions(text, *cell, facts));
                continue;
            }
            BlockKind::Heading { .. } => continue,
        };
        mentions(text, block.span, facts);
        if let Some(code) = status(prose) {
            facts.statuses.push(Status { code, span: block.span });
        }
        if let Some(kind) = notice(prose) {
            facts.notices.push(Notice { kind, span: block.span });
        }
        if block.kind == BlockKind::Prose && prose.trim_end_matches(['*', '_', '`', ' ']).ends_with(':') {
            let kept = keeps_promise(text, prose, blocks.get(index + 1..).unwrap_or_default());
            facts.announcements.push(Announcement {
                span: block.span,
                announced: what_is_announced(prose),
                kept,
            });
        }
    }
}

const OPEN: [&str; 4] = [
    "does not require authentication",
    "does not require authorization",
    "no authentication is required",
    "no authentication required",
];

fn notice(prose: &str) -> Option<NoticeKind> {
    let lower = prose.to_lowercase();
    if OPEN.iter().any(|phrase| lower.contains(phrase)) {
        Some(NoticeKind::Open)
    } else if NOT_AVAILABLE.iter().any(|phrase| lower.contains(phrase)) {
        Some(NoticeKind::NotAvailable)
    } else if DEPRECATED.iter().any(|phrase| lower.contains(phrase)) {
        Some(NoticeKind::Deprecated)
    } else if RESTRICTED.iter().any(|phrase| lower.contains(phrase)) {
        Some(NoticeKind::Restricted)
    } else {
        None
    }
}

/// Operations that a sentence names. A line that is nothing else declares one.
fn mentions(text: &Text<'_>, span: Span, facts: &mut Facts) {
    let source = text.slice(span);
    if source.len() > SENTENCE_MAX || !source.contains('/') {
        return;
    }
    for captures in MENTION.as_ref().into_iter().flat_map(|mention| mention.captures_iter(source)) {
        let (Some(whole), Some(method), Some(path)) =
            (captures.get(0), captures.name("method"), captures.name("path"))
        else {
            continue;
        };
        let place = Span::new(whole.start(), whole.end()).moved(span.start);
        let declared = facts.operations.binary_search_by_key(&place.start, |operation| operation.span.start);
        if declared.is_ok() {
            continue;
        }
        let path = path.as_str().trim_end_matches(['.', ':']).to_owned();
        facts.mentions.push(Mention { method: method.as_str().to_owned(), path, span: place });
    }
}

/// What the last sentence of a paragraph announces; what an address is of can stand in the sentences before it.
fn what_is_announced(prose: &str) -> Announced {
    let lower = prose.to_lowercase();
    let sentence = lower.rsplit_once(". ").map_or(lower.as_str(), |(_, last)| last);
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    if opens_conditions(sentence) {
        Announced::Conditions
    } else if words.any(|word| ["endpoint", "url", "urls"].contains(&word)) {
        Announced::Address
    } else {
        Announced::Other
    }
}

fn opens_conditions(sentence: &str) -> bool {
    sentence.trim_end_matches([':', '*', '_', '`', ' ']).ends_with("when")
}

/// Whether what follows a colon can be what the sentence announces.
fn keeps_promise(text: &Text<'_>, announcing: &str, after: &[Block]) -> bool {
    let Some(next) = after.first() else { return false };
    let sentence = announcing.rsplit_once(". ").map_or(announcing, |(_, last)| last).to_lowercase();
    let opens_conditions = opens_conditions(&sentence);
    let words = |any: &[&str]| {
        let mut words = sentence.split(|c: char| !c.is_alphanumeric());
        words.any(|word| any.contains(&word))
    };
    let address = words(&["endpoint", "url", "urls"]);
    match &next.kind {
        // Parts of the document can be announced too: they begin with a heading, and something stands under it.
        BlockKind::Heading { .. } => {
            words(&["endpoints", "sections", "below"])
                && after.get(1).is_some_and(|block| !matches!(block.kind, BlockKind::Heading { .. }))
        }
        // Conditions are short; a paragraph of prose that ends in a full stop after them is the next thought.
        BlockKind::Prose if opens_conditions => {
            let prose = text.slice(next.span);
            !(prose.starts_with("This ") && prose.ends_with('.'))
        }
        // An address is announced: what follows must look like one.
        BlockKind::Prose | BlockKind::Code { .. } if address => {
            after.iter().take(ADDRESS_BLOCKS).any(|block| has_address(text.slice(block.span)))
        }
        // Another thing is announced before this one came.
        BlockKind::Prose if words(&SHOWN) && announces(text.slice(next.span)) => false,
        // A sentence about what should stand here, and nothing that could be it after that.
        BlockKind::Prose if words(&TABULATED) && text.slice(next.span).ends_with('.') => {
            let rest =
                after.iter().skip(1).take_while(|block| !matches!(block.kind, BlockKind::Heading { .. }));
            let shows = |block: &&Block| !matches!(block.kind, BlockKind::Prose | BlockKind::Aside);
            rest.take(SHOWN_BLOCKS).any(|block| shows(&block) && !is_announced(text, after, block))
        }
        // What comes next talks about what should stand here.
        BlockKind::Prose if words(&["example", "following"]) => {
            let prose = text.slice(next.span).to_lowercase();
            !TALKS_OF_IT.iter().any(|start| prose.starts_with(start))
        }
        _ => true,
    }
}

/// What examples are called where they are announced.
const SHOWN: [&str; 6] = ["example", "examples", "response", "reply", "request", "refusal"];
/// What a table or an example shows.
const TABULATED: [&str; 8] =
    ["object", "body", "fields", "members", "parameters", "attributes", "keys", "table"];
/// What was announced stands no further away.
const SHOWN_BLOCKS: usize = 2;

/// Whether a caption announces an example.
fn announces(prose: &str) -> bool {
    let lower = prose.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    prose.trim_end_matches(['*', '_', '`', ' ']).ends_with(':') && words.any(|word| SHOWN.contains(&word))
}

/// Whether a block has an announcement of its own.
fn is_announced(text: &Text<'_>, blocks: &[Block], block: &Block) -> bool {
    let before = blocks.iter().take_while(|other| other.span != block.span).last();
    before.is_some_and(|before| text.slice(before.span).ends_with(':'))
}

/// An address stands right after the sentence that announces it, or after one line in between.
const ADDRESS_BLOCKS: usize = 2;

/// How sentences begin that speak of an example that is gone.
const TALKS_OF_IT: [&str; 6] = [
    "here's the response",
    "here is the response",
    "the response ",
    "there are ",
    "the example above",
    "both ",
];

/// Whether a line or two hold a URL or a path, and not only prose and JSON.
fn has_address(text: &str) -> bool {
    let start = text.get(..SENTENCE_MAX.min(text.len())).unwrap_or_default();
    start.lines().take(2).any(|line| {
        let words = line.split(|c: char| c.is_whitespace() || "`\"'()".contains(c));
        !line.trim_start().starts_with(['"', '{', '['])
            && words.into_iter().any(|word| word.contains("://") || (word.starts_with('/') && word.len() > 1))
    })
}
