//! Status codes on their own lines, notices, and sentences that announce a list.

use std::sync::LazyLock;

use regex::Regex;

use super::SENTENCE_MAX;
use crate::{
    Announcement, CodeSample, Facts, Mention, Notice, NoticeKind, Span, Status,
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

pub(super) fn read(text: &Text, blocks: &[Block], facts: &mut Facts) {
    for (index, block) in blocks.iter().enumerate() {
        let prose = match &block.kind {
            BlockKind::Prose | BlockKind::Item | BlockKind::Aside => text.slice(block.span),
            BlockKind::Code { language } => {
                facts.code_samples.push(CodeSample { language: language.clone(), span: block.span });
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
            let kept = keeps_promise(text, prose, blocks.get(index + 1));
            facts.announcements.push(Announcement { span: block.span, kept });
        }
    }
}

fn notice(prose: &str) -> Option<NoticeKind> {
    let lower = prose.to_lowercase();
    if NOT_AVAILABLE.iter().any(|phrase| lower.contains(phrase)) {
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
fn mentions(text: &Text, span: Span, facts: &mut Facts) {
    let source = text.slice(span);
    if source.len() > SENTENCE_MAX {
        return;
    }
    for captures in MENTION.as_ref().into_iter().flat_map(|mention| mention.captures_iter(source)) {
        let (Some(whole), Some(method), Some(path)) =
            (captures.get(0), captures.name("method"), captures.name("path"))
        else {
            continue;
        };
        let place = Span::new(whole.start(), whole.end()).moved(span.start);
        if facts.operations.iter().any(|operation| operation.span.start == place.start) {
            continue;
        }
        let path = path.as_str().trim_end_matches(['.', ':']).to_owned();
        facts.mentions.push(Mention { method: method.as_str().to_owned(), path, span: place });
    }
}

/// Whether what follows a colon can be what the sentence announces.
fn keeps_promise(text: &Text, announcing: &str, next: Option<&Block>) -> bool {
    let Some(next) = next else { return false };
    let opens_conditions = announcing.to_lowercase().trim_end_matches(':').ends_with("when");
    match next.kind {
        BlockKind::Heading { .. } => false,
        // Conditions are short; a paragraph of prose that ends in a full stop after them is the next thought.
        BlockKind::Prose if opens_conditions => {
            let prose = text.slice(next.span);
            !(prose.starts_with("This ") && prose.ends_with('.'))
        }
        _ => true,
    }
}
