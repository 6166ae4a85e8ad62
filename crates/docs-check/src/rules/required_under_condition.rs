//! DOC-REQUIRED-IF.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;
use smol_str::SmolStr;

use super::rule;
use crate::{
    Requiredness, Row, Span, TableKind,
    corpus::Corpus,
    findings::{Draft, Findings},
    page::Page,
    spot::Spot,
    watch::Watch,
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
    "DOC-REQUIRED-IF", "required-under-condition", Warning, Requiredness, Replaced
}

static CONDITION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)[,;(]\s*(?:only\s+)?(?:if|unless|when\s+no)\b|^(?:only\s+)?(?:if|unless|when\s+no)\b[^,]*$|\b(?:instead|in\s+place)\s+of\s+(?:an?\s+|the\s+)?(?:`|\w+_\w|(?-i:[a-z]+[A-Z]))",
    )
    .ok()
});

/// “… in place of a `boatId`”: what can be replaced need not always be sent.
static REPLACED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:in\s+place|instead)\s+of\s+(?:an?\s+|the\s+)?`(?P<name>[^`\s]+)`").ok()
});

/// Fields that sentences say can be replaced, and where the body of a request first requires each.
#[derive(Default)]
struct Replaced {
    replaced: Vec<(String, Spot)>,
    required: BTreeMap<SmolStr, Spot>,
}

impl Watch for Replaced {
    fn look(&mut self, page: &Page<'_>, findings: &mut Findings) {
        // A contract knows what must be sent, and a rule compares with it.
        if page.contract.is_some() {
            return;
        }
        for table in page.facts.tables.iter().filter(|table| table.kind == TableKind::Body) {
            let required = table.rows.iter().filter(|row| row.requiredness == Some(Requiredness::Required));
            for row in required {
                if !self.required.contains_key(&row.name.text) {
                    self.required.insert(row.name.text.clone(), page.spot(row.name.span));
                }
            }
        }
        for prose in &page.prose {
            let text = page.text.slice(*prose);
            if !text.contains('`') {
                continue;
            }
            for captures in REPLACED.as_ref().into_iter().flat_map(|replaced| replaced.captures_iter(text)) {
                let Some(found) = captures.name("name") else { continue };
                let span = Span::new(found.start(), found.end()).moved(prose.start);
                self.replaced.push((found.as_str().to_owned(), page.spot(span)));
            }
        }
        for row in page.facts.tables.iter().flat_map(|table| &table.rows) {
            conditional(page, row, findings);
        }
    }

    fn conclude(self: Box<Self>, _: &Corpus<'_>, findings: &mut Findings) {
        for (name, spot) in self.replaced {
            let Some(row) = self.required.get(name.as_str()) else { continue };
            let message =
                format!("`{name}` is marked as required, and a sentence says what can be sent in its place");
            let draft =
                Draft::new(format!("{name} replaced"), message, "state the condition where the mark is");
            findings.report(&RULE, draft.at(spot, "can be replaced").at(*row, "required"));
        }
    }
}

/// A row that is marked as required beside a condition.
fn conditional(page: &Page<'_>, row: &Row, findings: &mut Findings) {
    let Some(description) = &row.description else { return };
    if row.requiredness != Some(Requiredness::Required) {
        return;
    }
    // What further sentences say is about more than the field.
    let sentence = description.text.split(". ").next().unwrap_or_default();
    let says_whether = row.stated_type.as_ref().is_some_and(|stated| stated.text.starts_with("bool"));
    let condition = CONDITION.as_ref().and_then(|condition| condition.find(sentence));
    let Some(condition) = condition.filter(|_| !says_whether) else { return };
    // A condition on what the value says is none on whether it is sent.
    let clause = description.text.get(condition.end()..).unwrap_or_default();
    let clause = clause.split(['.', ';']).next().unwrap_or_default();
    if clause.contains(" false") || clause.contains(" true") || clause.contains("otherwise") {
        return;
    }
    let name = &row.name.text;
    let message = format!("`{name}` is marked as required, and its description names a condition");
    let start = description.span.start + condition.start();
    let span = Span::new(start.min(description.span.end), description.span.end);
    let draft = Draft::new(name.as_str(), message, "state the condition where the mark is");
    findings
        .report(&RULE, draft.at(page.spot(span), "the condition").at(page.spot(row.name.span), "required"));
}
