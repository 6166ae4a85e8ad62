//! DOC-PATH-OVERLAP.

use super::rule;
use crate::{
    corpus::{Corpus, Draft, Findings},
    described::shape,
};

rule! {
    /// ## What it does
    /// Finds paths that are matched by another path of the same method with a parameter in place of a word.
    ///
    /// ## Why is this bad?
    /// A router that takes the parameter first never reaches the word; no document says which wins.
    ///
    /// ## Example
    /// `GET /boats/rigs` beside `GET /boats/{boatId}`.
    "DOC-PATH-OVERLAP", "path-overlap", Info, Addresses
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    // What a contract has too is how the API is, and no slip of the document.
    if corpus.contract.is_some() {
        return;
    }
    for (page, read) in corpus.pages() {
        // As many as an API has; more are no operations.
        let operations = read.facts.operations.get(..OPERATIONS_MAX).unwrap_or(&read.facts.operations);
        for literal in operations {
            let found = operations.iter().find(|other| {
                other.method == literal.method && covers(&shape(&other.path), &shape(&literal.path))
            });
            let Some(other) = found else { continue };
            let (method, path) = (&literal.method, &literal.path);
            let message = format!("{method} {path} also matches {method} {}", other.path);
            let draft = Draft::new(path, message, "say that the word wins over the parameter");
            findings.report(
                &RULE,
                draft.at(page, literal.span, "the word").at(page, other.span, "the parameter"),
            );
        }
    }
}

const OPERATIONS_MAX: usize = 500;

/// Whether a path with a parameter matches one that has a word there, and is the same otherwise.
fn covers(path: &str, literal: &str) -> bool {
    let (path, literal): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), literal.split('/').collect());
    let differing = path.iter().zip(&literal).filter(|(left, right)| left != right);
    path.len() == literal.len()
        && path != literal
        && differing.clone().all(|(left, right)| *left == "{}" && !right.contains('{') && !right.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, literal: &str, expected: bool) {
        assert_eq!(covers(path, literal), expected, "{path} {literal}");
    }

    #[test]
    fn parameters_cover_words() {
        check("/boats/{}", "/boats/rigs", true);
        check("/boats/{}", "/boats/{}", false);
        check("/boats/{}/sails", "/boats/rigs", false);
        check("/ports/{}", "/boats/rigs", false);
        check("/boats/{}/{}", "/boats/{}/sails", true);
    }
}
