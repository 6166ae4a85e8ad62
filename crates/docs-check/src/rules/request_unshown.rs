//! DOC-REQUEST-UNSHOWN.

use super::rule;
use crate::{
    Role, TableKind,
    corpus::Corpus,
    findings::{Draft, Findings},
    page::Page,
    spot::Spots,
    watch::Watch,
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
    "DOC-REQUEST-UNSHOWN", "request-unshown", Info, Completeness, Requests
}

/// One operation or two can be a page of a larger whole.
const OPERATIONS_MIN: usize = 3;

/// Operations with a body, and those of them that show none.
#[derive(Default)]
struct Requests {
    operations: usize,
    with_body: usize,
    unshown: Spots,
}

impl Watch for Requests {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        for operation in &page.facts.operations {
            self.operations += 1;
            let (tables, examples) =
                (page.facts.tables_in(operation.scope), page.facts.examples_in(operation.scope));
            if !tables.iter().any(|table| table.kind == TableKind::Body) {
                continue;
            }
            self.with_body += 1;
            let samples = &page.facts.code_samples;
            let from = samples.partition_point(|sample| sample.span.start < operation.scope.start);
            let mut samples =
                samples.iter().skip(from).take_while(|sample| sample.span.start < operation.scope.end);
            // A body that is not JSON is shown all the same.
            let shown = examples.iter().any(|example| example.role == Role::Request)
                || samples.any(|sample| sample.role == Some(Role::Request));
            if !shown {
                self.unshown.push(page.spot(operation.span));
            }
        }
    }

    fn conclude(self: Box<Self>, _: &Corpus<'_>, findings: &mut Findings) {
        if self.unshown.is_empty() || self.operations < OPERATIONS_MIN {
            return;
        }
        let message = format!(
            "an example of the request body is missing from {} of {} with one",
            self.unshown.len(),
            super::count(self.with_body, "operation")
        );
        let spots = self.unshown.iter().map(|spot| (spot, "no example of its body"));
        findings.report(&RULE, Draft::new("", message, "show a request that works").at_all(spots));
    }
}
