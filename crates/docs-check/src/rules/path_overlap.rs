//! DOC-PATH-OVERLAP.

use std::collections::BTreeSet;

use super::rule;
use crate::{
    Operation,
    described::shape,
    findings::{Draft, Findings},
    page::Page,
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

fn check(page: &Page<'_>, findings: &mut Findings) {
    // What a contract has too is how the API is, and no slip of the document.
    if page.contract.is_some() {
        return;
    }
    // As many as an API has; more are no operations.
    let operations = page.facts.operations.get(..OPERATIONS_MAX).unwrap_or(&page.facts.operations);
    let shapes: Vec<String> = operations.iter().map(|operation| shape(&operation.path)).collect();
    // Of operations that look alike the first one answers for all.
    let mut seen = BTreeSet::new();
    let covering: Vec<(&Operation, &str)> = operations
        .iter()
        .zip(shapes.iter().map(String::as_str))
        .filter(|(operation, shape)| shape.contains("{}") && seen.insert((&operation.method, *shape)))
        .collect();
    for (literal, shape) in operations.iter().zip(&shapes) {
        let found =
            covering.iter().find(|(other, path)| other.method == literal.method && covers(path, shape));
        let Some((other, _)) = found else { continue };
        let (method, path) = (&literal.method, &literal.path);
        let message = format!("{method} {path} also matches {method} {}", other.path);
        let draft = Draft::new(path, message, "say that the word wins over the parameter");
        findings.report(
            &RULE,
            draft.at(page.spot(literal.span), "the word").at(page.spot(other.span), "the parameter"),
        );
    }
}

const OPERATIONS_MAX: usize = 500;

/// Whether a path with a parameter matches one that has a word there, and is the same otherwise.
fn covers(path: &str, literal: &str) -> bool {
    let (mut path, mut literal) = (path.split('/'), literal.split('/'));
    let mut differs = false;
    loop {
        match (path.next(), literal.next()) {
            (None, None) => return differs,
            (Some(left), Some(right)) if left == right => {}
            (Some("{}"), Some(right)) if !right.contains('{') && !right.is_empty() => differs = true,
            _ => return false,
        }
    }
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
