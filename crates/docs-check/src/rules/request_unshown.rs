//! DOC-REQUEST-UNSHOWN.

use super::rule;
use crate::{
    Role, TableKind,
    corpus::{Corpus, Draft, Findings, Spot},
};

rule! {
    /// ## What it does
    /// Counts the operations that have a table of their request body, and no example of one.
    ///
    /// ## Why is this bad?
    /// Tables do not show how values are written: dates, amounts, nested objects.
    ///
    /// ## Example
    /// A table of body parameters without `{"name": "Argo"}` beside it.
    "DOC-REQUEST-UNSHOWN", "request-unshown", Info, Completeness
}

/// One operation or two can be a page of a larger whole.
const OPERATIONS_MIN: usize = 3;

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let mut operations = 0;
    let mut with_body = 0;
    let mut unshown: Vec<(Spot, String)> = Vec::new();
    for (page, read) in corpus.pages() {
        for operation in &read.facts.operations {
            operations += 1;
            let (tables, examples) =
                (read.facts.tables_in(operation.scope), read.facts.examples_in(operation.scope));
            if !tables.iter().any(|table| table.kind == TableKind::Body) {
                continue;
            }
            with_body += 1;
            if !examples.iter().any(|example| example.role == Role::Request) {
                unshown.push((Spot { page, span: operation.span }, "no example of its body".to_owned()));
            }
        }
    }
    if !unshown.is_empty() && operations >= OPERATIONS_MIN {
        let message = format!(
            "an example of the request body is missing from {} of {} with one",
            unshown.len(),
            super::count(with_body, "operation")
        );
        findings.report(&RULE, Draft::new("", message, "show a request that works").at_all(unshown));
    }
}
