//! JSON examples, what they show, and the words that introduce them.

use serde_json::Value;

use crate::{
    Example, Facts, FaultKind, Role, Span, Word,
    block::{Block, BlockKind},
    heading::{is_part, status},
    lenient_json,
    limits::EXAMPLES_BYTES_MAX,
    text::Text,
};

use super::deliveries::about_webhooks;

/// Members whose value is the HTTP status of an error, as error bodies name it.
const STATUS_KEYS: [&str; 3] = ["statusCode", "status_code", "status"];

pub(super) fn read(text: &Text<'_>, blocks: &[Block], facts: &mut Facts) {
    let (mut announced, mut left) = (None, EXAMPLES_BYTES_MAX);
    for (index, block) in blocks.iter().enumerate() {
        announced = announcement(text, block, announced);
        let BlockKind::Code { language } = &block.kind else { continue };
        let source = text.slice(block.span);
        let labelled = language.starts_with("json");
        let looks_so = language.is_empty() && source.starts_with(['{', '[', '"']);
        if !(labelled || looks_so) {
            continue;
        }
        let reading = match left.checked_sub(source.len()) {
            Some(rest) => {
                left = rest;
                lenient_json::read(source, block.span.start)
            }
            None => lenient_json::too_large(source, block.span.start),
        };
        let unlike = |kind: FaultKind| matches!(kind, FaultKind::Unreadable | FaultKind::BareWord);
        if !labelled && reading.members.is_empty() && reading.faults.iter().any(|fault| unlike(fault.kind)) {
            continue;
        }
        let caption = caption(text, blocks, index);
        let status = status_of(text, blocks, index, caption.as_ref(), reading.value.as_ref());
        let role = role(facts, block.span, caption.as_ref(), (status, announced));
        facts.examples.push(Example {
            role,
            caption,
            status,
            value: reading.value,
            members: reading.members,
            texts: reading.texts,
            faults: reading.faults,
            open: reading.open,
            span: block.span,
        });
    }
}

/// An example that its place tells the role of, without a caption.
pub(super) fn read_as(role: Role, span: Span, reading: lenient_json::Reading) -> Example {
    Example {
        role,
        caption: None,
        status: None,
        value: reading.value,
        members: reading.members,
        texts: reading.texts,
        faults: reading.faults,
        open: reading.open,
        span,
    }
}

/// The nearest block before the example that is not a status line, if it introduces it.
fn caption(text: &Text<'_>, blocks: &[Block], index: usize) -> Option<Word> {
    let mut before = blocks.iter().take(index).rev();
    let block = before.find(|block| status(text.slice(block.span)).is_none())?;
    let source = text.slice(block.span);
    let introduces = match block.kind {
        BlockKind::Prose => {
            let lower = source.to_lowercase();
            let words = ["example", "response", "reply", "request", "payload", "object"];
            source.ends_with(':') || (source.len() < 100 && words.iter().any(|word| lower.contains(word)))
        }
        BlockKind::Heading { .. } => true,
        _ => false,
    };
    introduces.then(|| Word { text: source.into(), span: block.span })
}

fn status_of(
    text: &Text<'_>,
    blocks: &[Block],
    index: usize,
    caption: Option<&Word>,
    value: Option<&Value>,
) -> Option<u16> {
    let before = index.checked_sub(1).and_then(|before| blocks.get(before));
    let own_line = before.and_then(|block| status(text.slice(block.span)));
    let http = |number: u64| u16::try_from(number).ok().filter(|code| (100..600).contains(code));
    let in_value = value.and_then(Value::as_object).and_then(|object| {
        let status = STATUS_KEYS.iter().find_map(|key| object.get(*key))?;
        http(status.as_u64()?)
    });
    let in_caption = caption.and_then(|caption| {
        let mut words = caption.text.split(|c: char| !c.is_ascii_alphanumeric());
        words.find_map(|word| if word.len() == 3 { http(word.parse().ok()?) } else { None })
    });
    own_line.or(in_value).or(in_caption)
}

/// What a caption on a line of its own says of all examples that follow, up to something else than captions and code.
pub(super) fn announcement(text: &Text<'_>, block: &Block, before: Option<Role>) -> Option<Role> {
    match block.kind {
        BlockKind::Code { .. } => before,
        BlockKind::Prose => {
            let words = text.slice(block.span).trim_matches(['*', '_', '`', ':', ' ']);
            let is = |any: &[&str]| any.iter().any(|known| words.eq_ignore_ascii_case(known));
            if is(&["body parameter", "body parameters", "request body"]) {
                Some(Role::Request)
            } else if is(&["example responses", "example response", "example replies", "responses"]) {
                Some(Role::Reply)
            } else {
                let caption = text.line_at(block.span.start).trim_start().starts_with('>');
                before.filter(|_| caption)
            }
        }
        _ => None,
    }
}

fn role(
    facts: &Facts,
    span: Span,
    caption: Option<&Word>,
    (status, announced): (Option<u16>, Option<Role>),
) -> Role {
    // A body that is sent can have a member of this name.
    if let Some(status) = status.filter(|_| announced != Some(Role::Request)) {
        return if status >= 400 { Role::Refusal } else { Role::Reply };
    }
    let heading = facts
        .heading_at(span)
        .filter(|heading| is_part(&heading.title))
        .map(|heading| heading.title.as_str());
    let words = [caption.map(|caption| caption.text.as_str()), heading];
    for words in words.into_iter().flatten() {
        let lower = words.to_lowercase();
        if announced == Some(Role::Request) {
            return Role::Request;
        }
        // `BoatResult` is the name of an object, and no result.
        let has = |any: &[&str]| {
            let mut said = lower.split(|c: char| !c.is_alphanumeric());
            said.any(|word| any.iter().any(|start| word.starts_with(start)))
        };
        let mut single = lower.split(|c: char| !c.is_alphanumeric());
        if single.any(|word| ["error", "errors", "refusal", "refusals", "failure"].contains(&word)) {
            return Role::Refusal;
        }
        if has(&["response", "reply", "replies", "return", "result", "success"]) {
            return Role::Reply;
        }
        if has(&["object"]) {
            return Role::Object;
        }
        // What the API sends itself is no body of the operation that happens to be told of before it.
        if about_webhooks(&lower) {
            return Role::Object;
        }
        if has(&["request", "payload", "body"]) && facts.operation_at(span).is_some() {
            return Role::Request;
        }
    }
    announced.unwrap_or(Role::Object)
}
