//! DOC-LINK.

use std::collections::BTreeSet;

use super::rule;
use crate::corpus::{Corpus, Draft, Findings, Page, Spot};

rule! {
    /// ## What it does
    /// Finds links inside the documents that lead to no heading: misspelled, with two hashes, or to a heading that is
    /// gone. While an included file is missing only the form of links is looked at, for the heading may be there.
    ///
    /// ## Why is this bad?
    /// The reader is sent to a place that does not exist.
    ///
    /// ## Example
    /// `[Webhooks](##webhooks)`
    "DOC-LINK", "link-target", Warning, Addresses
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let anchors: BTreeSet<String> = corpus.pages.iter().flat_map(anchors).collect();
    let whole = super::include_missing::missing(corpus).is_empty();
    for (page, read) in corpus.pages() {
        for link in &read.facts.links {
            let Some(anchor) = link.target.text.strip_prefix('#').filter(|anchor| !anchor.is_empty()) else {
                continue;
            };
            let doubled = anchor.starts_with('#');
            let known = anchors.contains(&anchor.to_lowercase());
            if !doubled && (known || !whole) {
                continue;
            }
            let message = if doubled {
                format!("the link to `{}` begins with two hashes", link.target.text)
            } else {
                format!("the link to `{}` leads to no heading", link.target.text)
            };
            let near = anchors.iter().find(|known| crate::identifier::one_slip_apart(known, anchor));
            let help = match near {
                Some(near) => format!("there is a heading `#{near}`"),
                None if doubled => format!("write `#{}`", anchor.trim_start_matches('#')),
                None => "correct the link, or restore the heading".to_owned(),
            };
            let spot = Spot { page, span: link.target.span };
            let label = (spot, "leads nowhere".to_owned());
            findings.report(&RULE, Draft::new(link.target.text.as_str(), message, help).at_all([label]));
        }
    }
}

/// The anchors that headings get, and those that elements name.
fn anchors(page: &Page) -> Vec<String> {
    let mut anchors: Vec<String> = page.facts.headings.iter().map(|heading| slug(&heading.title)).collect();
    let source = page.text.source();
    for (at, _) in source.match_indices('=') {
        let before = source.get(..at).unwrap_or_default();
        let after = source.get(at + 1..).unwrap_or_default();
        if (before.ends_with("id") || before.ends_with("name")) && after.starts_with(['"', '\'']) {
            let named = after.get(1..).and_then(|rest| rest.split(['"', '\'']).next()).unwrap_or_default();
            anchors.extend((named.len() < 200).then(|| named.to_lowercase()));
        }
    }
    anchors
}

/// The anchor of a heading: lower case, hyphens for spaces, no punctuation.
fn slug(title: &str) -> String {
    let lower = title.to_lowercase();
    let words = lower
        .split(|c: char| c.is_whitespace() || c == '-')
        .map(|word| word.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect::<String>());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, expected: &str) {
        assert_eq!(slug(title), expected);
    }

    #[test]
    fn headings_have_anchors() {
        check("Fetch Boat(s) - All", "fetch-boats-all");
        check("Errors", "errors");
    }
}
