//! What an API sends on its own account, and how it signs it.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::SENTENCE_MAX;
use crate::{
    Example, Facts, Role, Signature, Span, Table, TableKind, Webhook, Word,
    block::{Block, BlockKind},
    text::Text,
};

static HEADER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?P<header>(?:[A-Za-z0-9]+-)+Signature(?:-[A-Za-z0-9]+)*)\b").ok());
static ALGORITHM: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:HMAC[- ]?)?(?:SHA-?(?:1|224|256|384|512)|MD5)\b").ok());
static ENCODING: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:hex(?:adecimal)?|base64(?:url)?)\b").ok());
/// “Only `a` and `b` are guaranteed …”.
static GUARANTEED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\bonly\b(?P<keys>[^.\n]{1,200}?)\b(?:is|are)\s+(?:guaranteed|always)\b").ok()
});
/// “Guaranteed: `a`, `b`.”
static GUARANTEES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\bguaranteed\s*:\s*(?P<keys>`[^`\n]+`(?:\s*,?\s*(?:and\s+)?`[^`\n]+`)*)").ok()
});
/// A sentence that begins by naming a webhook.
static DECLARED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?i)webhook\s+`(?P<name>[^`\s]+)`").ok());
static KEY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"`([^`\s]+)`").ok());

/// Members whose value names the event.
const EVENT_KEYS: [&str; 4] = ["eventType", "event_type", "event", "type"];

/// How many blocks after the one that names the header may go on about it.
const EXPLANATION_LENGTH: usize = 3;

pub(super) fn read(text: &Text<'_>, blocks: &[Block], facts: &mut Facts) {
    facts.signatures = signatures(text, blocks);
    let guaranteed = guaranteed(text, blocks);
    let mut webhooks: Vec<Webhook> = Vec::new();
    for (index, heading) in facts.headings.iter().enumerate() {
        let end = facts.headings.get(index + 1).map_or(text.as_str().len(), |next| next.span.start);
        let here = Span::new(heading.span.end.min(end), end);
        let declared = declared(text, blocks, here);
        let named = declared.is_some() || about_webhooks(&heading.title);
        let inside = |span: Span| here.contains(span);
        let introduced = |word: &Option<Word>| word.as_ref().is_some_and(|word| about_webhooks(&word.text));
        let shows = |example: &Example| inside(example.span) && (named || introduced(&example.caption));
        let before = facts.examples.partition_point(|example| example.span.start < here.start);
        let example = facts
            .examples_in(here)
            .iter()
            .position(|example| shows(example) && !matches!(example.role, Role::Reply | Role::Refusal))
            .map(|index| before + index);
        let lists = |table: &Table| inside(table.span) && named && table.kind == TableKind::Object;
        let before = facts.tables.partition_point(|table| table.span.start < here.start);
        let table = facts.tables_in(here).iter().position(lists).map(|index| before + index);
        if example.is_none() && table.is_none() {
            continue;
        }
        let event = example.and_then(|index| facts.examples.get(index)).and_then(event_of);
        let from = guaranteed.partition_point(|word| word.span.start < here.start);
        let known = guaranteed.iter().skip(from).take_while(|word| word.span.start < here.end);
        let known = known.filter(|word| inside(word.span)).cloned().collect();
        webhooks.push(Webhook {
            name: event.or(declared).unwrap_or_else(|| heading.title.clone()),
            table,
            example,
            guaranteed: known,
            span: heading.span,
        });
    }
    facts.webhooks = webhooks;
}

/// The webhook that a sentence of this part names at its beginning.
fn declared(text: &Text<'_>, blocks: &[Block], part: Span) -> Option<String> {
    let from = blocks.partition_point(|block| block.span.start < part.start);
    let inside = blocks.iter().skip(from).take_while(|block| block.span.start < part.end);
    let mut prose = inside.filter(|block| block.kind == BlockKind::Prose);
    prose.find_map(|block| {
        let source = text.slice(block.span);
        let begins = source.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("webhook"));
        let captures = DECLARED.as_ref().filter(|_| begins)?.captures(source)?;
        captures.name("name").map(|name| name.as_str().to_owned())
    })
}

/// Whether a heading or a caption speaks of what an API sends on its own account.
pub(super) fn about_webhooks(words: &str) -> bool {
    let lower = words.to_lowercase();
    ["webhook", "callback payload", "event payload"].iter().any(|mark| lower.contains(mark))
}

fn event_of(example: &Example) -> Option<String> {
    let object = example.value.as_ref()?.as_object()?;
    let event = EVENT_KEYS.iter().find_map(|key| object.get(*key)).and_then(Value::as_str)?;
    Some(event.to_owned())
}

fn guaranteed(text: &Text<'_>, blocks: &[Block]) -> Vec<Word> {
    let (Some(sentence), Some(key)) = (GUARANTEED.as_ref(), KEY.as_ref()) else { return Vec::new() };
    let mut words = Vec::new();
    for block in blocks {
        let source = text.slice(block.span);
        if !matches!(block.kind, BlockKind::Prose | BlockKind::Aside | BlockKind::Item)
            || source.len() > SENTENCE_MAX
        {
            continue;
        }
        let listed = GUARANTEES.as_ref().into_iter().flat_map(|listed| listed.captures_iter(source));
        for keys in sentence.captures_iter(source).chain(listed).filter_map(|found| found.name("keys")) {
            let start = block.span.start + keys.start();
            words.extend(key.captures_iter(keys.as_str()).filter_map(|captures| {
                let word = captures.get(1)?;
                let span = Span::new(word.start(), word.end()).moved(start);
                Some(Word { text: word.as_str().into(), span })
            }));
        }
    }
    words
}

/// No API signs in more ways than these.
const SIGNATURES_MAX: usize = 64;

fn signatures(text: &Text<'_>, blocks: &[Block]) -> Vec<Signature> {
    let mut signatures: Vec<Signature> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let source = text.slice(block.span);
        if !matches!(block.kind, BlockKind::Prose | BlockKind::Aside | BlockKind::Item)
            || source.len() > SENTENCE_MAX
        {
            continue;
        }
        let found = HEADER.as_ref().and_then(|header| header.captures(source)?.name("header"));
        let Some(header) = found else { continue };
        let header = word(header.as_str(), header.start() + block.span.start);
        if signatures.len() >= SIGNATURES_MAX
            || signatures.iter().any(|known| known.header.text == header.text)
        {
            continue;
        }
        let after = blocks.iter().skip(index);
        let near = after.clone().skip(1).take(EXPLANATION_LENGTH);
        let end = near.into_iter().position(|block| matches!(block.kind, BlockKind::Heading { .. }));
        let told: Vec<&Block> = after.take(end.map_or(EXPLANATION_LENGTH, |end| end + 1)).collect();
        let told = told.get(..EXPLANATION_LENGTH.min(told.len())).unwrap_or_default();
        let span = Span::new(block.span.start, told.last().map_or(block.span.end, |last| last.span.end));
        let announces = source.trim_end_matches(['*', ' ']).ends_with(':');
        let signed = told.get(1).filter(|_| announces).map(|block| super::unmarked(text, block.span));
        signatures.push(Signature {
            header,
            algorithm: first(text, span, ALGORITHM.as_ref()),
            signed_text: signed.map(|(text, span)| Word { text: text.into(), span }),
            encoding: first(text, span, ENCODING.as_ref()),
            span,
        });
    }
    signatures
}

fn first(text: &Text<'_>, span: Span, pattern: Option<&Regex>) -> Option<Word> {
    let found = pattern?.find(text.slice(span))?;
    Some(word(found.as_str(), found.start() + span.start))
}

fn word(text: &str, start: usize) -> Word {
    Word { text: text.into(), span: Span::new(start, start + text.len()) }
}

#[cfg(test)]
mod tests {
    use crate::{Document, Facts, extract};

    fn facts(page: &str) -> Facts {
        extract(&Document { name: "page", bytes: page.as_bytes() })
    }

    fn check(page: &str, expected: &[(&str, bool, bool, &[&str])]) {
        let facts = facts(page);
        let found: Vec<_> = facts
            .webhooks
            .iter()
            .map(|webhook| {
                let guaranteed: Vec<_> = webhook.guaranteed.iter().map(|word| word.text.as_str()).collect();
                (webhook.name.as_str(), webhook.table.is_some(), webhook.example.is_some(), guaranteed)
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(name, table, example, keys)| (*name, *table, *example, keys.to_vec()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn webhooks_are_read() {
        check(
            "# Webhook Body\n\n```json\n{\"boatId\": \"7\"}\n```\n\nKey | Description\n--|--\nboatId | The boat\n\nOnly `boatId` is guaranteed.\n",
            &[("Webhook Body", true, true, &["boatId"])],
        );
        check(
            "# Boats\n\nWebhook Payload:\n\n```json\n{\"eventType\": \"BOAT_SUNK\"}\n```\n",
            &[("BOAT_SUNK", false, true, &[])],
        );
        check("# Webhooks\n\nWe send them.\n", &[]);
        check(
            "# Tie up\n\n`POST /boats/{id}/ropes`\n\nWebhook Payload:\n\n```json\n{\"eventType\": \"TIED\"}\n```\n",
            &[("TIED", false, true, &[])],
        );
    }

    #[test]
    fn what_a_webhook_carries_is_no_body_of_an_operation() {
        let facts = facts(
            "# Tie up\n\n`POST /boats/{id}/ropes`\n\nWebhook Payload:\n\n```json\n{}\n```\n\nPayload:\n\n```json\n{}\n```\n",
        );
        let roles: Vec<_> = facts.examples.iter().map(|example| example.role).collect();
        assert_eq!(roles, [crate::Role::Object, crate::Role::Request]);
    }

    #[test]
    fn signatures_are_read() {
        let page = "# Signed\n\nA `X-Boat-Signature` header holds a SHA256 HMAC of:\n\n`BODY:BOAT_ID`\n\nIt is in hex.\n";
        let facts = facts(page);
        let [signature] = facts.signatures.as_slice() else { panic!("{:?}", facts.signatures) };
        let text =
            |word: &Option<crate::Word>| word.as_ref().map(|word| word.text.clone()).unwrap_or_default();
        assert_eq!(
            (
                signature.header.text.as_str(),
                text(&signature.algorithm).as_str(),
                text(&signature.signed_text).as_str(),
                text(&signature.encoding).as_str(),
            ),
            ("X-Boat-Signature", "SHA256", "BODY:BOAT_ID", "hex")
        );
    }
}
