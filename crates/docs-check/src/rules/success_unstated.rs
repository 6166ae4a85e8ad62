//! DOC-STATUS-UNSTATED.

use std::collections::BTreeSet;

use super::{reply_missing::shows_reply, rule};
use crate::{
    corpus::Corpus,
    findings::{Draft, Findings},
    page::Page,
    spot::Spots,
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Counts the operations whose success status stands nowhere, where the documents have several operations.
    ///
    /// ## Why is this bad?
    /// Clients that compare the status exactly must guess between 200, 201, 202 and 204.
    ///
    /// ## Example
    /// One operation with `STATUS 201`, and all others without a status.
    "DOC-STATUS-UNSTATED", "success-status-unstated", Info, Completeness, Successes
}

/// One operation or two can be a page of a larger whole.
const OPERATIONS_MIN: usize = 3;

/// Operations, and those that state no status.
#[derive(Default)]
struct Successes {
    operations: usize,
    silent: Spots,
}

impl Watch for Successes {
    fn look(&mut self, page: &Page<'_>, _: &mut Findings) {
        let successes = page.facts.replies.iter().filter(|reply| reply.status < 400);
        let stated: BTreeSet<Option<usize>> = successes.map(|reply| reply.operation).collect();
        for (index, operation) in page.facts.operations.iter().enumerate() {
            self.operations += 1;
            // An operation without any reply is told by another rule.
            if !stated.contains(&Some(index)) && shows_reply(page, operation) {
                self.silent.push(page.spot(operation.span));
            }
        }
    }

    fn conclude(self: Box<Self>, _: &Corpus<'_>, findings: &mut Findings) {
        if self.operations < OPERATIONS_MIN || self.silent.is_empty() {
            return;
        }
        let message = format!(
            "no success status is stated for {} of {}",
            self.silent.len(),
            super::count(self.operations, "operation")
        );
        let spots = self.silent.iter().map(|spot| (spot, "no success status"));
        findings.report(&RULE, Draft::new("", message, "state the status of each success").at_all(spots));
    }
}
