//! What all documentation of an API must tell somewhere: DOC-AUTH-MISSING, DOC-ERROR-MISSING, DOC-HOST-MISSING.
//!
//! A page of one subject tells none of it, and need not: the rules ask only where documents have several subjects.

use std::sync::LazyLock;

use regex::Regex;

use crate::{Role, corpus::Corpus, findings::Draft, page::Page, spot::Spot};

/// Documents with fewer subjects are a part of the documentation.
const SUBJECTS_MIN: usize = 5;
/// And documents with fewer operations.
const OPERATIONS_MIN: usize = 3;
/// And fewer examples.
const EXAMPLES_MIN: usize = 5;

const AUTHENTICATION_WORDS: &str =
    "authenticat|authoriz|authoris|api[ -]key|bearer\\b|oauth|access[ -]token|credential|secret\\b";

static AUTHENTICATION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"(?i)\b(?:{AUTHENTICATION_WORDS})")).ok());

/// A page without them has no sentence that tells, and its sentences need not be asked one by one.
static AUTHENTICATION_ANYWHERE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!("(?i){}", AUTHENTICATION_WORDS.replace("\\b", ""))).ok());

/// Where documents tell of their first operation or show their first example, and how much they tell.
#[derive(Debug, Default)]
pub(super) struct FirstCall {
    spot: Option<Spot>,
    subjects: usize,
    operations: usize,
    examples: usize,
}

impl FirstCall {
    pub(super) fn look(&mut self, page: &Page<'_>) {
        let facts = &page.facts;
        let level = facts.headings.iter().map(|heading| heading.level).min();
        self.subjects +=
            facts.headings.iter().filter(|heading| Some(heading.level) == level && !heading.part).count();
        self.operations += facts.operations.len();
        self.examples += facts.examples.len();
        if self.spot.is_none() {
            let operation = facts.operations.first().map(|operation| operation.span);
            let example = || {
                let example = facts.examples.first()?;
                Some(example.members.first().map_or(example.span, |member| member.key_span))
            };
            self.spot = operation.or_else(example).map(|span| page.spot(span));
        }
    }

    /// The place, if the documents are whole.
    pub(super) fn of_whole(&self, corpus: &Corpus<'_>) -> Option<Spot> {
        let enough = self.subjects >= SUBJECTS_MIN
            && (self.operations >= OPERATIONS_MIN || self.examples >= EXAMPLES_MIN);
        self.spot.filter(|_| enough && super::include_missing::missing(corpus).is_empty())
    }
}

/// The finding for what is told nowhere.
pub(super) fn nowhere(what: &str, help: &'static str, spot: Spot, label: &str) -> Draft {
    let message = format!("the documents show how an API is called, and nowhere {what}");
    Draft::new("", message, help).at_all([(spot, label.to_owned())])
}

pub(super) fn tells_authentication(page: &Page<'_>) -> bool {
    let told = |text: &str| AUTHENTICATION.as_ref().is_some_and(|words| words.is_match(text));
    let anywhere =
        || AUTHENTICATION_ANYWHERE.as_ref().is_some_and(|words| words.is_match(page.text.as_str()));
    !page.facts.credentials.is_empty()
        || anywhere() && page.prose.iter().any(|span| told(page.text.slice(*span)))
        || page.facts.headings.iter().any(|heading| told(&heading.title))
}

pub(super) fn tells_errors(page: &Page<'_>) -> bool {
    page.facts.replies.iter().any(|reply| reply.status >= 400)
        || page.facts.examples.iter().any(|example| example.role == Role::Refusal)
}

pub(super) fn tells_host(page: &Page<'_>) -> bool {
    !page.facts.servers.is_empty() || !page.facts.base_urls.is_empty()
}
