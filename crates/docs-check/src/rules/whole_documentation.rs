//! What all documentation of an API must tell somewhere: DOC-AUTH-MISSING, DOC-ERROR-MISSING, DOC-HOST-MISSING.
//!
//! A page of one subject tells none of it, and need not: the rules ask only where documents have several subjects.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Role,
    corpus::{Corpus, Draft, Spot},
};

/// Documents with fewer subjects are a part of the documentation.
const SUBJECTS_MIN: usize = 5;
/// And documents with fewer operations.
const OPERATIONS_MIN: usize = 3;
/// And fewer examples.
const EXAMPLES_MIN: usize = 5;

static AUTHENTICATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\bauthenticat|\bauthoriz|\bauthoris|\bapi[ -]key|\bbearer\b|\boauth|\baccess[ -]token|\bcredential|\bsecret\b").ok()
});

/// Where the documents tell of their first operation or show their first example, if they are whole.
pub(super) fn first_call(corpus: &Corpus<'_>) -> Option<Spot> {
    let outermost = |page: &crate::Page| {
        let level = page.facts.headings.iter().map(|heading| heading.level).min();
        page.facts.headings.iter().filter(|heading| Some(heading.level) == level && !heading.part).count()
    };
    let subjects: usize = corpus.pages.iter().map(outermost).sum();
    let missing = !super::include_missing::missing(corpus).is_empty();
    let operations: usize = corpus.pages.iter().map(|page| page.facts.operations.len()).sum();
    let examples: usize = corpus.pages.iter().map(|page| page.facts.examples.len()).sum();
    if subjects < SUBJECTS_MIN || (operations < OPERATIONS_MIN && examples < EXAMPLES_MIN) || missing {
        return None;
    }
    corpus.pages().find_map(|(page, read)| {
        let operation = read.facts.operations.first().map(|operation| operation.span);
        let example = || {
            let example = read.facts.examples.first()?;
            Some(example.members.first().map_or(example.span, |member| member.key_span))
        };
        Some(Spot { page, span: operation.or_else(example)? })
    })
}

/// The finding for what is told nowhere.
pub(super) fn nowhere(what: &str, help: &str, spot: Spot, label: &str) -> Draft {
    let message = format!("the documents show how an API is called, and nowhere {what}");
    Draft::new("", message, help).at_all([(spot, label.to_owned())])
}

pub(super) fn tells_authentication(corpus: &Corpus<'_>) -> bool {
    corpus.pages.iter().any(|read| {
        let told = |span: &crate::Span| {
            AUTHENTICATION.as_ref().is_some_and(|words| words.is_match(read.text.slice(*span)))
        };
        let titled = |heading: &crate::Heading| {
            AUTHENTICATION.as_ref().is_some_and(|words| words.is_match(&heading.title))
        };
        !read.facts.credentials.is_empty()
            || read.prose.iter().any(told)
            || read.facts.headings.iter().any(titled)
    })
}

pub(super) fn tells_errors(corpus: &Corpus<'_>) -> bool {
    corpus.pages.iter().any(|read| {
        read.facts.replies.iter().any(|reply| reply.status >= 400)
            || read.facts.examples.iter().any(|example| example.role == Role::Refusal)
    })
}

pub(super) fn tells_host(corpus: &Corpus<'_>) -> bool {
    corpus.pages.iter().any(|read| !read.facts.servers.is_empty() || !read.facts.base_urls.is_empty())
}
