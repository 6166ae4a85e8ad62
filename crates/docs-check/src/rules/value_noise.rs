//! DOC-VALUE-NOISE.

use std::sync::LazyLock;

use regex::Regex;

use super::rule;
use crate::{
    Span,
    findings::{Draft, Findings},
    page::Page,
    spot::Spot,
};

rule! {
    /// ## What it does
    /// Finds values of examples that carry what nobody meant: white space at the beginning or end of a text, and numbers
    /// with the noise of binary fractions.
    ///
    /// ## Why is this bad?
    /// Clients that copy the value send the noise, and tests that compare with it fail.
    ///
    /// ## Example
    /// `{"name": " Argo", "price": 297.47000000000003}`
    "DOC-VALUE-NOISE", "value-noise", Info, Examples
}

/// So many digits after the point are no amount, rate or coordinate.
static NOISE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b\d+\.\d{11,}\b").ok());

fn check(page: &Page<'_>, findings: &mut Findings) {
    // What a contract has too is how the API is, and other rules compare examples with it.
    if page.contract.is_some() {
        return;
    }
    for example in &page.facts.examples {
        let mut edges: Vec<(Spot, String)> = Vec::new();
        for word in &example.texts {
            let trimmed = word.text.trim();
            if trimmed.len() < word.text.len() && !trimmed.is_empty() {
                edges.push((page.spot(word.span), "white space at its edge".to_owned()));
            }
        }
        let source =
            Some(page.text.slice(example.span)).filter(|source| may_be_noisy(source)).unwrap_or_default();
        let noise = NOISE.as_ref().into_iter().flat_map(|noise| noise.find_iter(source));
        let noise: Vec<(Spot, String)> = noise
            .map(|found| {
                let span = Span::new(found.start(), found.end()).moved(example.span.start);
                (page.spot(span), "noise of a binary fraction".to_owned())
            })
            .collect();
        if edges.is_empty() && noise.is_empty() {
            continue;
        }
        let name = super::name_of(page, example);
        let told = |spots: &[(Spot, String)], one: &str, many: &str| match spots.len() {
            1 => format!("{name} has {one}"),
            count => format!("{name} has {count} {many}"),
        };
        let message =
            told(&edges, "a text with white space at its edge", "texts with white space at their edges");
        findings.report(
            &RULE,
            Draft::new(format!("{name} edge"), message, "take the white space out").at_all(edges),
        );
        let message = told(
            &noise,
            "a number with the noise of a binary fraction",
            "numbers with the noise of binary fractions",
        );
        findings.report(
            &RULE,
            Draft::new(format!("{name} noise"), message, "write the number that is meant").at_all(noise),
        );
    }
}

/// Whether a point stands before enough digits, of whatever script.
fn may_be_noisy(source: &str) -> bool {
    let digits =
        |rest: &str| rest.bytes().take(11).filter(|byte| byte.is_ascii_digit() || !byte.is_ascii()).count();
    source.split('.').skip(1).any(|rest| digits(rest) == 11)
}
