//! DOC-JSON-SHORTHAND.

use super::rule;
use crate::{
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds JSON examples that use what JSON does not know but readers understand: comments, dots that stand for
    /// what is left out, bare words that stand for values.
    ///
    /// ## Why is this bad?
    /// The example cannot be pasted or checked, and what the dots leave out is documented nowhere else.
    ///
    /// ## Example
    /// ```text
    /// {"boats": [ ...boat objects ]}
    /// ```
    "DOC-JSON-SHORTHAND", "json-shorthand", Warning, Examples
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    for example in &page.facts.examples {
        if example.faults.is_empty() || !example.faults.iter().all(|fault| fault.kind.is_shorthand()) {
            continue;
        }
        let name = super::name_of(page, example);
        let mut kinds: Vec<_> = example.faults.iter().map(|fault| fault.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let told: Vec<_> = kinds.iter().map(|kind| kind.as_str()).collect();
        let message = format!("{name} is not JSON: it uses {}", told.join(" and "));
        let help = "write the example in full, and put comments beside it";
        let spots =
            example.faults.iter().map(|fault| (page.spot(fault.span), fault.kind.as_str().to_owned()));
        findings.report(&RULE, Draft::new(format!("{name} {kinds:?}"), message, help).at_all(spots));
    }
}
