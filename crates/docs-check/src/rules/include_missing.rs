//! DOC-INCLUDE.

use std::collections::BTreeSet;

use super::{include_refused, rule};
use crate::{
    corpus::Corpus,
    findings::{Draft, Findings},
    include_graph::circles,
    page::Page,
    spot::Spot,
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Finds files that the head of a document includes and that are not among the documents, and documents that
    /// include themselves, perhaps over others.
    ///
    /// ## Why is this bad?
    /// Without the file a part of the documentation is not checked, and perhaps not published; with the circle no
    /// generator ends.
    ///
    /// ## Example
    /// ```text
    /// includes:
    ///   - errors
    /// ```
    "DOC-INCLUDE", "include-missing", Warning, Documents, Includes
}

/// Includes are noted with what all documents tell.
#[derive(Default)]
struct Includes;

impl Watch for Includes {
    fn look(&mut self, _: &Page<'_>, _: &mut Findings) {}

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        // What is refused is reported as such.
        let refused = include_refused::places(corpus);
        let mut missing = missing(corpus);
        missing.retain(|(spot, _)| !refused.contains(spot));
        for here in missing.chunk_by(|(left, _), (right, _)| left.page() == right.page()) {
            let names = here.iter().map(|(_, name)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let are = if here.len() == 1 { "is included and is" } else { "are included and are" };
            let message = format!("{names} {are} not among the documents");
            let spots = here.iter().map(|(spot, _)| (*spot, "not there"));
            let draft = Draft::new(&names, message, "check the included files together with this one");
            findings.report(&RULE, draft.at_all(spots));
        }
        let includes = || {
            let found = corpus.includes.iter();
            found.filter_map(|(spot, name)| Some((spot, name, (spot.page(), corpus.files.find(name)?))))
        };
        let edges: BTreeSet<(usize, usize)> = includes().map(|(.., edge)| edge).collect();
        let circles = circles(corpus.documents.len(), &edges);
        for (spot, name, (from, to)) in includes() {
            if circles.get(from) == circles.get(to) {
                let message = format!("including `{name}` leads back to this document");
                let draft = Draft::new(name, message, "take one of the includes out");
                findings.report(&RULE, draft.at(*spot, "a circle"));
            }
        }
    }
}

/// Included files that are not among the documents, with where they are named.
pub(crate) fn missing<'c>(corpus: &'c Corpus<'_>) -> Vec<&'c (Spot, String)> {
    corpus.includes.iter().filter(|(_, name)| corpus.files.find(name).is_none()).collect()
}
