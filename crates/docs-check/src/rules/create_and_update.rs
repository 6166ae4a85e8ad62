//! DOC-CREATE-UPDATE.

use std::collections::{BTreeMap, BTreeSet};

use super::rule;
use crate::{
    Facts, Operation, Table, TableKind,
    findings::{Draft, Findings},
    page::Page,
    spot::Spot,
};

rule! {
    /// ## What it does
    /// Compares the body of an operation that creates something with the body of the one that updates it, where most
    /// of their fields are the same, and lists the fields that only one of them has.
    ///
    /// ## Why is this bad?
    /// It can be meant so; but a field that can be set once and never again deserves a sentence, and often it was
    /// forgotten in one of the tables.
    ///
    /// ## Example
    /// `POST /boats` takes `name`, `rig` and `port`, and `PUT /boats/{boatId}` takes `name` and `rig`.
    "DOC-CREATE-UPDATE", "create-and-update", Info, Tables
}

/// Tables of fewer fields are too small to be alike.
const ROWS_MIN: usize = 4;

fn check(page: &Page<'_>, findings: &mut Findings) {
    // What a contract has too is how the API is, and no slip of the document.
    if page.contract.is_some() {
        return;
    }
    // The first operation that changes an item of each collection.
    let mut updates: BTreeMap<&str, &Operation> = BTreeMap::new();
    for operation in &page.facts.operations {
        let item = operation.path.rsplit_once('/').filter(|(_, item)| item.starts_with('{'));
        let changes = ["PUT", "PATCH"].contains(&operation.method.as_str());
        if let Some((collection, _)) = item.filter(|_| changes) {
            updates.entry(collection).or_insert(operation);
        }
    }
    for create in page.facts.operations.iter().filter(|operation| operation.method == "POST") {
        let Some(update) = updates.get(create.path.as_str()).copied() else { continue };
        let (Some(made), Some(changed)) = (body(&page.facts, create), body(&page.facts, update)) else {
            continue;
        };
        let only = |left: &Table, right: &Table| {
            let others: BTreeSet<&str> = right.members().map(|row| row.name.text.as_str()).collect();
            let names = left.members().filter(|row| !others.contains(row.name.text.as_str()));
            names.map(|row| (page.spot(row.name.span), row.name.text.to_string())).collect::<Vec<_>>()
        };
        let (first, second) = (only(made, changed), only(changed, made));
        let differing = first.len() + second.len();
        let alike = made.members().count().min(changed.members().count());
        if differing == 0 || alike < ROWS_MIN || differing * 3 > alike {
            continue;
        }
        let told = |names: &[(Spot, String)]| {
            names.iter().map(|(_, name)| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        let (these, where_to) = match (first.is_empty(), second.is_empty()) {
            (false, true) => (told(&first), format!("only {} {} takes", create.method, create.path)),
            (true, false) => (told(&second), format!("only {} {} takes", update.method, update.path)),
            _ => (format!("{} / {}", told(&first), told(&second)), "each operation alone takes".to_owned()),
        };
        let message = format!("{where_to} {these}");
        let spots = first.into_iter().chain(second);
        let spots = spots.map(|(spot, name)| (spot, format!("`{name}` only here")));
        let draft = Draft::new(&message, &message, "add the fields, or say that they cannot be changed");
        findings.report(&RULE, draft.at_all(spots));
    }
}
fn body<'f>(facts: &'f Facts, operation: &Operation) -> Option<&'f Table> {
    facts.tables_in(operation.scope).iter().find(|table| table.kind == TableKind::Body)
}
