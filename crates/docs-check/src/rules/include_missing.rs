//! DOC-INCLUDE.

use super::rule;
use crate::corpus::{Corpus, Draft, Findings, Page, Spot};

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
    "DOC-INCLUDE", "include-missing", Warning, Documents
}

/// Files in files beyond this are a circle too.
const CHAIN_MAX: usize = 64;

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let missing = missing(corpus);
    let mut pages: Vec<usize> = missing.iter().map(|(spot, _)| spot.page).collect();
    pages.dedup();
    for page in pages {
        let here: Vec<_> = missing.iter().filter(|(spot, _)| spot.page == page).collect();
        let names = here.iter().map(|(_, name)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let are = if here.len() == 1 { "is included and is" } else { "are included and are" };
        let message = format!("{names} {are} not among the documents");
        let spots = here.iter().map(|(spot, _)| (*spot, "not there".to_owned()));
        let draft = Draft::new(&names, message, "check the included files together with this one");
        findings.report(&RULE, draft.at_all(spots));
    }
    for (page, read) in corpus.pages() {
        for include in &read.facts.includes {
            if leads_back(corpus, page, &include.name.text) {
                let message = format!("including `{}` leads back to this document", include.name.text);
                let draft = Draft::new(include.name.text.as_str(), message, "take one of the includes out");
                findings.report(&RULE, draft.at(page, include.name.span, "a circle"));
            }
        }
    }
}

/// Included files that are not among the documents, with where they are named.
pub(crate) fn missing(corpus: &Corpus<'_>) -> Vec<(Spot, String)> {
    let mut missing = Vec::new();
    for (page, read) in corpus.pages() {
        for include in &read.facts.includes {
            if find(corpus, &include.name.text).is_none() {
                missing.push((Spot { page, span: include.name.span }, include.name.text.to_string()));
            }
        }
    }
    missing
}

fn find(corpus: &Corpus<'_>, name: &str) -> Option<usize> {
    corpus.pages.iter().position(|page| is_file(page, name))
}

/// Whether a page is the file that an include names: `name`, `_name` or `something_name`, with any ending.
fn is_file(page: &Page, name: &str) -> bool {
    let file = page.name.rsplit(['/', '\\']).next().unwrap_or_default();
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
        let includes = corpus.pages.get(next).map(|page| page.facts.includes.as_slice()).unwrap_or_default();
        open.extend(includes.iter().filter_map(|include| find(corpus, &include.name.text)));
    }
    false
}
