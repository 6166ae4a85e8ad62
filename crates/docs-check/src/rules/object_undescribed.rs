//! DOC-OBJECT-UNDESCRIBED.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;

use super::rule;
use crate::{
    Span,
    corpus::{Corpus, Draft, Findings, Page, Spot},
};

rule! {
    /// ## What it does
    /// Finds rows whose value is said to be an object with a name of its own, such as “a Harbor object”, where no
    /// heading, caption or sentence before a table describes an object of this name.
    ///
    /// ## Why is this bad?
    /// The reader knows what the object is called and not what is in it.
    ///
    /// ## Example
    /// `harbor | A Harbor object`, and no table of what a Harbor has.
    "DOC-OBJECT-UNDESCRIBED", "object-undescribed", Info, Completeness
}

static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:[Aa]n?|[Tt]he|of|[Ll]ist)\s+(?P<name>[A-Z][a-z]+(?:\s[A-Z][a-z]+)*)\s+objects?\b").ok()
});

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let mut named: BTreeMap<&str, Vec<Spot>> = BTreeMap::new();
    for (page, read) in corpus.pages() {
        for description in
            read.facts.tables.iter().flat_map(|table| &table.rows).filter_map(|row| row.description.as_ref())
        {
            if !description.text.contains("object") {
                continue;
            }
            let found = NAMED.as_ref().and_then(|named| named.captures(&description.text)?.name("name"));
            if let Some(found) = found {
                let span = Span::new(found.start(), found.end()).moved(description.span.start);
                named.entry(found.as_str()).or_default().push(Spot { page, span });
            }
        }
    }
    for (name, spots) in named {
        if corpus.pages.iter().any(|page| describes(page, name)) {
            continue;
        }
        let message = format!("no table describes what a {name} object holds");
        let places = spots.into_iter().map(|spot| (spot, "named here".to_owned()));
        findings.report(&RULE, Draft::new(name, message, "describe what is in it").at_all(places));
    }
}

/// Whether a heading is the name, or a caption or a sentence before a table speaks of the object.
fn describes(page: &Page, name: &str) -> bool {
    let object = format!("{name} object").to_lowercase();
    let heading = |heading: &crate::Heading| {
        let title = heading.title.to_lowercase();
        title == name.to_lowercase()
            || title.trim_end_matches('s') == name.to_lowercase() && has_table(page, heading.span)
    };
    let captions = page.facts.examples.iter().filter_map(|example| example.caption.as_ref());
    let introductions = page.facts.tables.iter().filter_map(|table| table.introduction);
    page.facts.headings.iter().any(heading)
        || captions.map(|caption| caption.text.to_lowercase()).any(|caption| caption.contains(&object))
        || introductions.map(|span| page.text.slice(span).to_lowercase()).any(|told| told.contains(&object))
}

/// Whether a table stands under this heading, before the next one.
fn has_table(page: &Page, heading: Span) -> bool {
    let next = page.facts.headings.iter().map(|other| other.span.start).find(|start| *start > heading.start);
    let end = next.unwrap_or(usize::MAX);
    page.facts.tables.iter().any(|table| heading.start < table.span.start && table.span.start < end)
}
