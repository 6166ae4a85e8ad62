//! DOC-OPERATION-TWICE.

use std::collections::BTreeMap;

use super::rule;
use crate::{
    corpus::{Corpus, Draft, Findings, Spot},
    described::shape,
};

rule! {
    /// ## What it does
    /// Finds operations that two of the documents describe, or one document under two headings.
    ///
    /// ## Why is this bad?
    /// Two descriptions of one thing drift apart, and no reader knows which one is kept.
    ///
    /// ## Example
    /// `GET /boats/{boatId}` in two files.
    "DOC-OPERATION-TWICE", "operation-twice", Info, Documents
}

/// Where an operation is described, and under which heading.
type Described<'c> = Vec<(Spot, Option<&'c str>)>;

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let mut places: BTreeMap<(&str, String), Described<'_>> = BTreeMap::new();
    for (page, read) in corpus.pages() {
        for operation in &read.facts.operations {
            let spot = Spot { page, span: operation.span };
            let key = (operation.method.as_str(), shape(&operation.path));
            places.entry(key).or_default().push((spot, operation.heading.as_deref()));
        }
    }
    let mut told: Vec<String> = Vec::new();
    let mut spots = Vec::new();
    for ((method, path), places) in places {
        let first = places.first();
        let elsewhere = |(spot, heading): &&(Spot, Option<&str>)| {
            first.is_some_and(|(other, title)| other.page != spot.page || title != heading)
        };
        let others: Vec<_> = places.iter().filter(elsewhere).collect();
        if others.is_empty() {
            continue;
        }
        told.push(format!("{method} {path}"));
        spots.extend(others.iter().map(|(spot, _)| (*spot, "described here again".to_owned())));
        spots.extend(first.map(|(spot, _)| (*spot, "described here".to_owned())));
    }
    let (count, told) = (told.len(), told.join(", "));
    let are = if count == 1 { "is" } else { "are" };
    let message =
        format!("{} {are} described in more than one place: {told}", super::count(count, "operation"));
    findings.report(&RULE, Draft::new(&told, message, "describe each once, and link to it").at_all(spots));
}
