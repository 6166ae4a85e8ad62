//! DOC-REPLY-MISSING.

use super::rule;
use crate::{
    Operation, Role, Span, TableKind,
    findings::{Draft, Findings},
    page::Page,
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

fn check(page: &Page<'_>, findings: &mut Findings) {
    for operation in page.facts.operations.iter().filter(|operation| !shows_reply(page, operation)) {
        let name = format!("{} {}", operation.method, operation.path);
        let message = format!("{name} shows no success reply");
        let draft = Draft::new(name, message, "show the status and body of a success");
        findings.report(&RULE, draft.at(page.spot(operation.span), "no reply is shown"));
    }
}

/// Whether an example, a table, a status or a sentence tells what a success is.
pub(crate) fn shows_reply(page: &Page<'_>, operation: &Operation) -> bool {
    let (facts, scope) = (&page.facts, operation.scope);
    let mut examples = facts.examples_in(scope).iter();
    let shown = examples.any(|example| matches!(example.role, Role::Reply | Role::Object));
    let from = facts.statuses.partition_point(|status| status.span.start < scope.start);
    let mut statuses = facts.statuses.iter().skip(from).take_while(|status| scope.contains(status.span));
    let stated = statuses.any(|status| status.code < 400);
    let place = facts.operations.binary_search_by_key(&operation.span.start, |known| known.span.start).ok();
    let next =
        place.and_then(|place| facts.operations.get(place + 1)).map_or(usize::MAX, |next| next.span.start);
    let from = facts.replies.partition_point(|reply| reply.span.start < scope.start);
    let replies = facts.replies.iter().skip(from).take_while(|reply| reply.span.start < next.max(scope.end));
    let mut replies = replies.filter(|reply| reply.operation == place);
    // A status in a table needs no body beside it; one in a sentence may be a word on something else.
    let answered = replies.any(|reply| reply.status < 400 && reply.body.is_some());
    let answered = answered || operation.otherwise.is_some();
    let tabled = facts
        .tables_in(scope)
        .iter()
        .any(|table| table.kind == TableKind::Object && table.status.is_none_or(|status| status < 400));
    shown || stated || answered || tabled || tells_of_empty_reply(page, scope)
}

/// Whether a sentence says that a success has no body.
fn tells_of_empty_reply(page: &Page<'_>, scope: Span) -> bool {
    let from = page.prose.partition_point(|prose| prose.start < scope.start);
    let mut prose = page.prose.iter().skip(from).take_while(|prose| prose.start < scope.end);
    prose.any(|prose| {
        let lower = page.text.slice(*prose).to_lowercase();
        ["no content", "empty body", "no body", "raw bytes"].iter().any(|words| lower.contains(words))
            || lower.split(|c: char| !c.is_alphanumeric()).any(|word| word == "204")
    })
}
