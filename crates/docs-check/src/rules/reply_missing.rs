//! DOC-REPLY-MISSING.

use super::rule;
use crate::{
    Role,
    corpus::{Corpus, Draft, Findings},
};

rule! {
    /// ## What it does
    /// Finds operations that show no success: no example, no table of the reply, no success status.
    ///
    /// ## Why is this bad?
    /// A client cannot be written without knowing what comes back.
    ///
    /// ## Example
    /// `POST /boats` with a table of its body, and nothing on its reply.
    "DOC-REPLY-MISSING", "reply-missing", Warning, Completeness
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    for (page, read) in corpus.pages() {
        let facts = &read.facts;
        for operation in &facts.operations {
            let scope = operation.scope;
            let shown = facts.examples.iter().any(|example| {
                scope.contains(example.span) && matches!(example.role, Role::Reply | Role::Object)
            });
            let stated = facts.statuses.iter().any(|status| scope.contains(status.span) && status.code < 400);
            let tabled = facts
                .tables
                .iter()
                .any(|table| scope.contains(table.span) && table.kind == crate::TableKind::Object);
            let told = tells_of_empty_reply(read.text.slice(scope));
            if shown || stated || tabled || told {
                continue;
            }
            let name = format!("{} {}", operation.method, operation.path);
            let message = format!("{name} shows no success reply");
            let draft = Draft::new(name, message, "show the status and body of a success");
            findings.report(&RULE, draft.at(page, operation.span, "no reply is shown"));
        }
    }
}

fn tells_of_empty_reply(scope: &str) -> bool {
    let lower = scope.to_lowercase();
    ["no content", "empty body", "no body", "raw bytes", "204"].iter().any(|words| lower.contains(words))
}
