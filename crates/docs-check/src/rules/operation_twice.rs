//! DOC-OPERATION-TWICE.

use std::collections::BTreeMap;

use super::rule;
use crate::{
    corpus::Corpus,
    described::shape,
    findings::{Draft, Findings},
    interner::Interner,
    page::Page,
    spot::{Spot, Spots},
    watch::Watch,
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
    "DOC-OPERATION-TWICE", "operation-twice", Info, Documents, Operations
}

/// Where each operation is described, and the number of the heading above.
#[derive(Default)]
struct Operations {
    places: BTreeMap<(String, String), Described>,
    headings: Interner,
}

/// The first place of an operation, and those that describe it again.
#[derive(Default)]
struct Described {
    first: Option<(Spot, Option<usize>)>,
    others: Spots,
}

impl Watch for Operations {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        for operation in &page.facts.operations {
            let spot = page.spot(operation.span);
            let heading = operation.heading.as_deref().map(|heading| self.headings.number(heading));
            let key = (operation.method.clone(), shape(&operation.path));
            let described = self.places.entry(key).or_default();
            let (first, title) = *described.first.get_or_insert((spot, heading));
            if first.page() != spot.page() || title != heading {
                described.others.push(spot);
            }
        }
    }

    fn conclude(self: Box<Self>, _: &Corpus<'_>, findings: &mut Findings) {
        let mut told: Vec<String> = Vec::new();
        let mut spots = Vec::new();
        for ((method, path), places) in self.places.iter().filter(|(_, places)| !places.others.is_empty()) {
            let path = if path.is_empty() { "/" } else { path };
            told.push(format!("{method} {path}"));
            spots.extend(places.others.iter().map(|spot| (spot, "described here again")));
            spots.extend(places.first.map(|(spot, _)| (spot, "described here")));
        }
        let (count, told) = (told.len(), told.join(", "));
        let are = if count == 1 { "is" } else { "are" };
        let message =
            format!("{} {are} described in more than one place: {told}", super::count(count, "operation"));
        findings
            .report(&RULE, Draft::new(&told, message, "describe each once, and link to it").at_all(spots));
    }
}
