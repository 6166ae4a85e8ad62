//! DOC-INCLUDE.

use super::rule;
use crate::{
    Document,
    corpus::Corpus,
    findings::{Draft, Findings},
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

/// Files in files beyond this are a circle too.
const CHAIN_MAX: usize = 64;

/// Includes are noted with what all documents tell.
#[derive(Default)]
struct Includes;

impl Watch for Includes {
    fn look(&mut self, _: &Page<'_>, _: &mut Findings) {}

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        let missing = missing(corpus);
        for here in missing.chunk_by(|(left, _), (right, _)| left.page() == right.page()) {
            let names = here.iter().map(|(_, name)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let are = if here.len() == 1 { "is included and is" } else { "are included and are" };
            let message = format!("{names} {are} not among the documents");
            let spots = here.iter().map(|(spot, _)| (*spot, "not there"));
            let draft = Draft::new(&names, message, "check the included files together with this one");
            findings.report(&RULE, draft.at_all(spots));
        }
        for (spot, name) in &corpus.includes {
            if leads_back(corpus, spot.page(), name) {
                let message = format!("including `{name}` leads back to this document");
                let draft = Draft::new(name, message, "take one of the includes out");
                findings.report(&RULE, draft.at(*spot, "a circle"));
            }
        }
    }
}

/// Included files that are not among the documents, with where they are named.
pub(crate) fn missing<'c>(corpus: &'c Corpus<'_>) -> Vec<&'c (Spot, String)> {
    corpus.includes.iter().filter(|(_, name)| find(corpus, name).is_none()).collect()
}

fn find(corpus: &Corpus<'_>, name: &str) -> Option<usize> {
    corpus.documents.iter().position(|document| is_file(document, name))
}

/// Whether a document is the file that an include names: `name`, `_name` or `something_name`, with any ending.
fn is_file(document: &Document<'_>, name: &str) -> bool {
    let file = document.name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let wanted = name.rsplit('/').next().unwrap_or(name);
    let wanted = wanted.strip_suffix(".md").unwrap_or(wanted).trim_start_matches('_');
    let rest = stem.strip_suffix(wanted);
    !wanted.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('_'))
}

fn leads_back(corpus: &Corpus<'_>, page: usize, include: &str) -> bool {
    let mut open: Vec<usize> = find(corpus, include).into_iter().collect();
    let mut seen = Vec::new();
    while let Some(next) = open.pop() {
        if next == page {
            return true;
        }
        if seen.contains(&next) || seen.len() > CHAIN_MAX {
            continue;
        }
        seen.push(next);
        // Includes stand in the order of the documents.
        let from = corpus.includes.partition_point(|(spot, _)| spot.page() < next);
        let includes = corpus.includes.iter().skip(from).take_while(|(spot, _)| spot.page() == next);
        open.extend(includes.filter_map(|(_, name)| find(corpus, name)));
    }
    false
}
