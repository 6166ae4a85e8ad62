//! Status codes on their own lines, notices, and sentences that announce a list.

use crate::{
    Announcement, Facts, Notice, NoticeKind, Status,
    block::{Block, BlockKind},
    heading::status,
    text::Text,
};

/// Phrases of notices, in lower case.
const NOT_AVAILABLE: [&str; 4] =
    ["not currently available", "not yet available", "not available yet", "currently unavailable"];
const DEPRECATED: [&str; 3] = ["is deprecated", "be deprecated", "has been deprecated"];

pub(super) fn read(text: &Text, blocks: &[Block], facts: &mut Facts) {
    for (index, block) in blocks.iter().enumerate() {
        let prose = match block.kind {
            BlockKind::Prose | BlockKind::Item | BlockKind::Aside => text.slice(block.span),
            _ => continue,
        };
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
    } else {
        None
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
