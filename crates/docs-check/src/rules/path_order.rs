//! DOC-PATH-ORDER.

use std::collections::BTreeMap;

use super::rule;
use crate::{
    Operation, described,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds paths in which a parameter follows another part than in nearly all other paths, although the part that it
    /// usually follows stands there too.
    ///
    /// ## Why is this bad?
    /// Readers put the parts in the order that they know, and the call leads nowhere.
    ///
    /// ## Example
    /// `POST /boats/sails/{boatId}` where other paths begin with `/boats/{boatId}`.
    "DOC-PATH-ORDER", "path-order", Info, Addresses
}

/// How many operations make an order usual, for each that has another.
const USUAL_MIN: usize = 3;

fn check(page: &Page<'_>, findings: &mut Findings) {
    // For each parameter how often it follows which part.
    let mut follows: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for operation in &page.facts.operations {
        for (before, name) in placed(operation) {
            *follows.entry(name).or_default().entry(before).or_default() += 1;
        }
    }
    let usual: BTreeMap<&str, (&str, usize)> = follows
        .iter()
        .filter_map(|(name, counts)| {
            let (usual, count) = counts.iter().max_by_key(|(_, count)| **count)?;
            Some((*name, (*usual, *count)))
        })
        .collect();
    for operation in &page.facts.operations {
        // What a contract has too is how the API is.
        if page.contract.is_some_and(|contract| described::operation(contract, operation).is_some()) {
            continue;
        }
        for (before, name) in placed(operation) {
            let Some(counts) = follows.get(name) else { continue };
            let Some((usual, count)) = usual.get(name).copied() else { continue };
            let here = counts.get(before).copied().unwrap_or(1);
            let there =
                operation.path.split('/').take_while(|part| *part != before).any(|part| part == usual);
            if usual == before || count < here * USUAL_MIN || !there {
                continue;
            }
            let (method, path) = (&operation.method, &operation.path);
            let others = super::count(count, "other operation");
            let message =
                format!("`{name}` follows `{before}` in {method} {path}, and `{usual}` in {others}");
            let help = format!("put the parameter after `{usual}`, or say that the order is meant");
            let draft = Draft::new(format!("{name} {path}"), message, help);
            findings.report(&RULE, draft.at(page.spot(operation.span), "the order"));
        }
    }
}

/// The parameters of a path, each with the word right before it.
fn placed(operation: &Operation) -> impl Iterator<Item = (&str, &str)> {
    let parts = operation.path.split('/').zip(operation.path.split('/').skip(1));
    parts.filter_map(|(before, part)| {
        let name = part.strip_prefix(':').or_else(|| part.strip_prefix('{')?.strip_suffix('}'))?;
        (!before.is_empty() && !before.starts_with([':', '{'])).then_some((before, name))
    })
}
