//! DOC-LINK.

use std::{
    cell::LazyCell,
    collections::{BTreeMap, BTreeSet},
};

use super::rule;
use crate::{
    corpus::Corpus,
    findings::{Draft, Findings},
    identifier::Remainders,
    page::Page,
    spot::Spots,
    watch::Watch,
};

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
    "DOC-LINK", "link-target", Warning, Addresses, Links
}

/// The anchors so far, and links to others.
#[derive(Default)]
struct Links {
    anchors: BTreeSet<String>,
    links: BTreeMap<String, Spots>,
}

impl Watch for Links {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        self.note_anchors(page);
        for link in &page.facts.links {
            let target = link.target.text.as_str();
            let Some(anchor) = target.strip_prefix('#').filter(|anchor| !anchor.is_empty()) else { continue };
            // What is known now stays known.
            if !anchor.starts_with('#') && self.anchors.contains(&anchor.to_lowercase()) {
                continue;
            }
            let spot = page.spot(link.target.span);
            match self.links.get_mut(target) {
                Some(spots) => spots.push(spot),
                None => self.links.entry(target.to_owned()).or_default().push(spot),
            }
        }
    }

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        let whole = super::include_missing::missing(corpus).is_empty();
        let anchors = LazyCell::new(|| Remainders::new(self.anchors.iter().map(String::as_str)));
        for (target, spots) in &self.links {
            let anchor = target.strip_prefix('#').unwrap_or(target);
            let doubled = anchor.starts_with('#');
            let known = self.anchors.contains(&anchor.to_lowercase());
            if !doubled && (known || !whole) {
                continue;
            }
            let message = if doubled {
                format!("the link to `{target}` begins with two hashes")
            } else {
                format!("the link to `{target}` leads to no heading")
            };
            let near = anchors.near(anchor);
            let help = match near {
                Some(near) => format!("there is a heading `#{near}`"),
                None if doubled => format!("write `#{}`", anchor.trim_start_matches('#')),
                None => "correct the link, or restore the heading".to_owned(),
            };
            for spot in spots.iter() {
                let draft = Draft::new(target, message.as_str(), help.clone());
                findings.report(&RULE, draft.at(spot, "leads nowhere"));
            }
        }
    }
}

impl Links {
    /// Notes the anchors that headings get, and those that elements name.
    fn note_anchors(&mut self, page: &Page<'_>) {
        for heading in &page.facts.headings {
            let slug = slug(&heading.title);
            if !self.anchors.contains(&slug) {
                self.anchors.insert(slug);
            }
        }
        let source = page.text.source();
        for (at, _) in source.match_indices('=') {
            let before = source.get(..at).unwrap_or_default();
            let after = source.get(at + 1..).unwrap_or_default();
            if (before.ends_with("id") || before.ends_with("name")) && after.starts_with(['"', '\'']) {
                let named =
                    after.get(1..).and_then(|rest| rest.split(['"', '\'']).next()).unwrap_or_default();
                self.anchors.extend((named.len() < 200).then(|| named.to_lowercase()));
            }
        }
    }
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
