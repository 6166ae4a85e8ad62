//! DOC-REQUIRED-IF.

use std::sync::LazyLock;

use regex::Regex;

use super::rule;
use crate::{
    Requiredness, Span, TableKind,
    corpus::{Corpus, Draft, Findings, Spot},
};

rule! {
    /// ## What it does
    /// Finds rows that are marked as always required and whose description says that they are needed under a condition.
    ///
    /// ## Why is this bad?
    /// Either the mark or the condition is wrong, and a client that believes the wrong one is refused.
    ///
    /// ## Example
    /// `portName | The port's name, if it has no id | Y`
    "DOC-REQUIRED-IF", "required-under-condition", Warning, Requiredness
}

static CONDITION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?:[,;(]\s*|^)(?:only\s+)?(?:if|unless|when\s+no)\b|\binstead\s+of\b|\bin\s+place\s+of\b",
    )
    .ok()
});

/// “… in place of a `boatId`”: what can be replaced need not always be sent.
static REPLACED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:in\s+place|instead)\s+of\s+(?:an?\s+|the\s+)?`(?P<name>[^`\s]+)`").ok()
});

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    // A contract knows what must be sent, and a rule compares with it.
    if corpus.contract.is_some() {
        return;
    }
    replaced(corpus, findings);
    for (page, read) in corpus.pages() {
        for row in read.facts.tables.iter().flat_map(|table| &table.rows) {
            let Some(description) = &row.description else { continue };
            if row.requiredness != Some(Requiredness::Required) {
                continue;
            }
            let condition = CONDITION.as_ref().and_then(|condition| condition.find(&description.text));
            let Some(condition) = condition else { continue };
            // A condition on what the value says is none on whether it is sent.
            let clause = description.text.get(condition.end()..).unwrap_or_default();
            let clause = clause.split(['.', ';']).next().unwrap_or_default();
            if clause.contains(" false") || clause.contains(" true") || clause.contains("otherwise") {
                continue;
            }
            let name = &row.name.text;
            let message = format!("`{name}` is marked as required, and its description names a condition");
            let start = description.span.start + condition.start();
            let span = Span::new(start.min(description.span.end), description.span.end);
            let draft = Draft::new(name.as_str(), message, "state the condition where the mark is");
            findings.report(&RULE, draft.at(page, span, "the condition").at(page, row.name.span, "required"));
        }
    }
}

fn replaced(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let required = |name: &str| {
        corpus.pages().find_map(|(page, read)| {
            let bodies = read.facts.tables.iter().filter(|table| table.kind == TableKind::Body);
            let row = bodies
                .flat_map(|table| &table.rows)
                .find(|row| row.name.text == name && row.requiredness == Some(Requiredness::Required))?;
            Some(Spot { page, span: row.name.span })
        })
    };
    for (page, read) in corpus.pages() {
        for prose in &read.prose {
            let text = read.text.slice(*prose);
            if !text.contains('`') {
                continue;
            }
            for captures in REPLACED.as_ref().into_iter().flat_map(|replaced| replaced.captures_iter(text)) {
                let Some(found) = captures.name("name") else { continue };
                let Some(row) = required(found.as_str()) else { continue };
                let name = found.as_str();
                let message = format!(
                    "`{name}` is marked as required, and a sentence says what can be sent in its place"
                );
                let span = Span::new(found.start(), found.end()).moved(prose.start);
                let draft =
                    Draft::new(format!("{name} replaced"), message, "state the condition where the mark is");
                findings.report(
                    &RULE,
                    draft.at(page, span, "can be replaced").at_all([(row, "required".to_owned())]),
                );
            }
        }
    }
}
