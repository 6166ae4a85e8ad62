//! What operations answer: statuses on lines of their own, in captions, in tables of codes and in sentences.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use regex::Regex;

use super::SENTENCE_MAX;
use crate::{
    Example, Facts, Refusal, Reply, Role, Span, Word,
    block::{Block, BlockKind},
    text::Text,
};

/// “will throw a `404: NOT FOUND` if …”, “responds with a 200 …”.
static SENTENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:throws?|returns?|respond(?:s|ed|ing)?(?:\s+with)?|answers?(?:\s+with)?)\s+(?:an?\s+)?(?:HTTP\s+)?[`*]*(?P<code>[1-5]\d\d)\b(?P<rest>[^.\n]*)",
    )
    .ok()
});
static CONDITION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:if|when|unless|in case)\b[^.\n]*").ok());

/// Where a success is stated, the example of every other status shows a refusal.
fn tell_refusals(facts: &mut Facts) {
    let successes: BTreeSet<Option<usize>> =
        facts.replies.iter().filter(|reply| reply.status < 400).map(|reply| reply.operation).collect();
    let other = |example: &&Example| {
        let caption = example.caption.as_ref().map(|caption| caption.text.as_str());
        example.status.is_none()
            && caption.is_some_and(|caption| caption.eq_ignore_ascii_case("default response"))
    };
    let refused: BTreeSet<usize> = facts
        .examples
        .iter()
        .filter(other)
        .filter(|example| {
            let operation = facts.operation_at(example.span).map(|operation| operation.span.start);
            let place = operation.and_then(|start| {
                facts.operations.binary_search_by_key(&start, |operation| operation.span.start).ok()
            });
            place.is_some() && successes.contains(&place)
        })
        .map(|example| example.span.start)
        .collect();
    for example in facts.examples.iter_mut().filter(|example| refused.contains(&example.span.start)) {
        example.role = Role::Refusal;
    }
}

pub(super) fn read(text: &Text<'_>, blocks: &[Block], facts: &mut Facts) {
    tell_refusals(facts);
    let mut replies = std::mem::take(&mut facts.replies);
    let stated: BTreeMap<_, _> =
        replies.iter().enumerate().map(|(index, reply)| ((reply.status, reply.operation), index)).collect();
    let place = |span: Span| {
        let here = facts.operation_at(span)?.span.start;
        facts.operations.binary_search_by_key(&here, |operation| operation.span.start).ok()
    };
    let mut shown: BTreeSet<_> = stated.keys().copied().collect();
    for (index, example) in facts.examples.iter().enumerate() {
        let Some(status) = example.status else { continue };
        let span = example.caption.as_ref().map_or(example.span, |caption| caption.span);
        let operation = place(example.span);
        if let Some(reply) = stated.get(&(status, operation)).and_then(|place| replies.get_mut(*place)) {
            reply.example = reply.example.or(Some(index));
            continue;
        }
        shown.insert((status, operation));
        replies.push(Reply { status, operation, when: None, body: None, example: Some(index), span });
    }
    for status in &facts.statuses {
        let operation = place(status.span);
        if shown.insert((status.code, operation)) {
            replies.push(Reply {
                status: status.code,
                operation,
                when: None,
                body: None,
                example: None,
                span: status.span,
            });
        }
    }
    for code in &facts.error_codes {
        let when = Some(code.meaning.clone());
        replies.push(Reply {
            status: code.status,
            operation: None,
            when,
            body: None,
            example: None,
            span: code.span,
        });
    }
    for refusal in &facts.refusals {
        let Refusal { status, operation, when, span, .. } = refusal.clone();
        if !shown.contains(&(status, operation)) {
            replies.push(Reply { status, operation, when, body: None, example: None, span });
        }
    }
    for block in blocks {
        if !matches!(block.kind, BlockKind::Prose | BlockKind::Item | BlockKind::Aside) {
            continue;
        }
        let Some(operation) = place(block.span) else { continue };
        replies.extend(told(text, block.span).map(|(status, when, span)| Reply {
            status,
            operation: Some(operation),
            when,
            body: None,
            example: None,
            span,
        }));
    }
    replies.sort_by_key(|reply| reply.span);
    facts.replies = replies;
}

fn told(text: &Text<'_>, span: Span) -> impl Iterator<Item = (u16, Option<Word>, Span)> {
    let source = Some(text.slice(span)).filter(|source| source.len() <= SENTENCE_MAX);
    let source = source.filter(|source| source.bytes().any(|byte| byte.is_ascii_digit())).unwrap_or_default();
    let found = SENTENCE.as_ref().into_iter().flat_map(|sentence| sentence.captures_iter(source));
    found.filter_map(move |captures| {
        let code = captures.name("code")?;
        let rest = captures.name("rest")?;
        let condition = CONDITION.as_ref().and_then(|condition| condition.find(rest.as_str()));
        let when = condition.map(|found| {
            let place = Span::new(found.start(), found.end()).moved(span.start + rest.start());
            let place = text.trim(place);
            Word { text: text.slice(place).into(), span: place }
        });
        let place = Span::new(code.start(), code.end()).moved(span.start);
        Some((code.as_str().parse().ok()?, when, place))
    })
}

#[cfg(test)]
mod tests {
    use crate::{Document, Role, extract};

    fn check(page: &str, expected: &[(u16, Option<usize>, Option<&str>)]) {
        let facts = extract(&Document { name: "page", bytes: page.as_bytes() });
        let found: Vec<_> = facts
            .replies
            .iter()
            .map(|reply| (reply.status, reply.operation, reply.when.as_ref().map(|when| when.text.as_str())))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_operations_answer_is_read() {
        check(
            "# Fetch\n\n`GET /boats`\n\nSTATUS 200\n\nThis will throw a `404: NOT FOUND` if it sank. Fine.\n\n# Errors\n\nError Code | Meaning\n--|--\n500 | Ours\n",
            &[(200, Some(0), None), (404, Some(0), Some("if it sank")), (500, None, Some("Ours"))],
        );
        let facts = extract(&Document {
            name: "page",
            bytes: b"# Fetch\n\n`GET /boats`\n\n> Example responses\n\n> All boats\n\n```json\n[]\n```\n\n> default Response\n\n```json\n{}\n```\n\n> 404 Response\n\n```json\n{}\n```\n\n### Responses\n\n|Status|Meaning|Schema|\n|--|--|--|\n|200|OK|Inline|\n|default|Else|Inline|\n",
        });
        let roles: Vec<_> = facts.examples.iter().map(|example| example.role).collect();
        assert_eq!(roles, [Role::Reply, Role::Refusal, Role::Refusal]);
        assert!(facts.operations.iter().all(|operation| operation.otherwise.is_some()));
        check("# A\n\nWe sail 300 miles.\n", &[]);
    }
}
