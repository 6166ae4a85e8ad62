//! DOC-STATUS-UNSTATED.

use std::collections::BTreeSet;

use super::{reply_missing::shows_reply, rule};
use crate::corpus::{Corpus, Draft, Findings, Spot};

rule! {
    /// ## What it does
    /// Counts the operations whose success status stands nowhere, where the documents have several operations.
    ///
    /// ## Why is this bad?
    /// Clients that compare the status exactly must guess between 200, 201, 202 and 204.
    ///
    /// ## Example
    /// One operation with `STATUS 201`, and all others without a status.
    "DOC-STATUS-UNSTATED", "success-status-unstated", Info, Completeness
}

/// One operation or two can be a page of a larger whole.
const OPERATIONS_MIN: usize = 3;

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let mut operations = 0;
    let mut silent: Vec<(Spot, String)> = Vec::new();
    for (page, read) in corpus.pages() {
        let successes = read.facts.replies.iter().filter(|reply| reply.status < 400);
        let stated: BTreeSet<Option<usize>> = successes.map(|reply| reply.operation).collect();
        for (index, operation) in read.facts.operations.iter().enumerate() {
            operations += 1;
            // An operation without any reply is told by another rule.
            if !shows_reply(read, operation) {
                continue;
            }
            if !stated.contains(&Some(index)) {
                silent.push((Spot { page, span: operation.span }, "no success status".to_owned()));
            }
        }
    }
    if operations >= OPERATIONS_MIN && !silent.is_empty() {
        let message = format!(
            "no success status is stated for {} of {}",
            silent.len(),
            super::count(operations, "operation")
        );
        findings.report(&RULE, Draft::new("", message, "state the status of each success").at_all(silent));
    }
}
