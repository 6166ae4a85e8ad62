//! DOC-TEMPLATE-NAME.

use std::sync::LazyLock;

use regex::Regex;

use super::rule;
use crate::{
    Span,
    findings::{Draft, Findings},
    identifier::words,
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds explanations of a template such as `BODY:BOAT_ID` that name a part which the template does not have, and
    /// which is a part of the template with a word more or less.
    ///
    /// ## Why is this bad?
    /// The reader cannot be sure what the explanation explains.
    ///
    /// ## Example
    /// `REQUEST_BODY:BOAT_ID`, and then “where REQUEST is …”.
    "DOC-TEMPLATE-NAME", "template-name", Warning, Names
}

static PART: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b").ok());

fn check(page: &Page<'_>, findings: &mut Findings) {
    for pair in page.prose.windows(2) {
        let [template, explanation] = pair else { continue };
        let known = parts(page, *template);
        let alone = |span: Span| {
            let text = page.text.slice(span).trim_matches('`');
            !text.contains(' ') && !text.is_empty()
        };
        if known.is_empty() || !alone(*template) {
            continue;
        }
        for (name, span) in parts(page, *explanation) {
            if known.iter().any(|(part, _)| *part == name) {
                continue;
            }
            let resembles = |part: &&(&str, Span)| {
                let (left, right) = (words(part.0), words(name));
                let same = left.iter().zip(&right).take_while(|(left, right)| left == right).count();
                same > 0 && same == left.len().min(right.len()) && left.len().abs_diff(right.len()) == 1
            };
            let Some((part, place)) = known.iter().find(resembles) else { continue };
            let message = format!("`{name}` explains a template that has `{part}`");
            let draft = Draft::new(name, message, "use one name in both");
            findings.report(
                &RULE,
                draft.at(page.spot(span), format!("`{name}` here")).at(page.spot(*place), "the template"),
            );
        }
    }
}

fn parts<'p>(page: &'p Page<'_>, span: Span) -> Vec<(&'p str, Span)> {
    let source = Some(page.text.slice(span)).filter(|source| source.contains('_')).unwrap_or_default();
    let found = PART.as_ref().into_iter().flat_map(|part| part.find_iter(source));
    found.map(|found| (found.as_str(), Span::new(found.start(), found.end()).moved(span.start))).collect()
}
