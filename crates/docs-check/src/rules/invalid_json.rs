//! DOC-JSON-INVALID.

use super::rule;
use crate::{
    Example, FaultKind,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds JSON examples that no JSON parser reads because of a slip: a brace that is never closed, a comma too
    /// much or too little, a fragment without the object around it. Shorthand that stands in the same example
    /// (comments, ellipses) is listed with it.
    ///
    /// ## Why is this bad?
    /// The example cannot be pasted, tested or checked, and readers must guess where the slip is.
    ///
    /// ## Example
    /// ```text
    /// {
    ///   "boatId": "7",
    /// }
    /// ```
    "DOC-JSON-INVALID", "invalid-json-example", Error, Examples
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    for example in &page.facts.examples {
        if example.faults.iter().all(|fault| fault.kind.is_shorthand()) {
            continue;
        }
        findings.report(&RULE, draft(page, example));
    }
}

fn draft(page: &Page<'_>, example: &Example) -> Draft {
    if let Some(draft) = lost_braces(page, example) {
        return draft;
    }
    // The slip comes first, shorthand after it.
    let mut faults: Vec<_> = example.faults.iter().collect();
    faults.sort_by_key(|fault| (fault.kind.is_shorthand(), fault.span));
    let mut kinds: Vec<FaultKind> = Vec::new();
    for fault in &faults {
        if !kinds.contains(&fault.kind) {
            kinds.push(fault.kind);
        }
    }
    let told = kinds.iter().map(|kind| {
        let same = || faults.iter().filter(|fault| fault.kind == *kind);
        let line = same().next().map_or(1, |fault| page.text.position_of(fault.span.start).line);
        match same().count() {
            1 => format!("{} (line {line})", kind.as_str()),
            number => format!("{} ({number} times, first on line {line})", kind.as_str()),
        }
    });
    let told: Vec<String> = told.collect();
    let name = super::name_of(page, example);
    let message = format!("{name} is not JSON: {}", told.join(", "));
    let help = help(kinds.first().copied());
    let spots =
        faults.iter().take(SPOTS_MAX).map(|fault| (page.spot(fault.span), fault.kind.as_str().to_owned()));
    Draft::new(format!("{name} {kinds:?}"), message, help).at_all(spots)
}

/// An example of many lines none of which closes anything: the lines of braces are lost, and that is one slip.
fn lost_braces(page: &Page<'_>, example: &Example) -> Option<Draft> {
    let unclosed = || example.faults.iter().filter(|fault| fault.kind == FaultKind::Unclosed);
    let count = unclosed().count();
    let mut lines = page.text.slice(example.span).lines();
    if count < 2 || lines.any(|line| line.trim_start().starts_with(['}', ']'])) {
        return None;
    }
    let name = super::name_of(page, example);
    let first = unclosed().map(|fault| fault.span).min()?;
    let message = format!("{name} has lost its closing braces and brackets: none of {count} is closed");
    let help = "restore the lines that close what is opened";
    let draft = Draft::new(format!("{name} braces"), message, help);
    Some(draft.at(page.spot(first), "the first that is never closed"))
}

/// Places beyond this many say nothing more: the example is not JSON at all.
const SPOTS_MAX: usize = 20;

const fn help(kind: Option<FaultKind>) -> &'static str {
    match kind {
        Some(FaultKind::TrailingComma) => "remove the comma before the closing brace or bracket",
        Some(FaultKind::MissingComma) => "put a comma before this member or item",
        Some(FaultKind::Unclosed) => "close the brace or bracket",
        Some(FaultKind::Unopened) => "remove the closing brace or bracket, or open it",
        Some(FaultKind::LostOpening) => "open the object with a brace",
        Some(FaultKind::Fragment) => "put braces around the members",
        Some(FaultKind::UnclosedText) => "close the quotation mark",
        Some(FaultKind::TooLarge) => "shorten the example, or link to a file",
        Some(FaultKind::RepeatedKey) => "keep one of the members with this key",
        _ => "write the example as JSON",
    }
}
