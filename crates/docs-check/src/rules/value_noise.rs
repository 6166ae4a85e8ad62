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
    let (mut edges, mut noise) = (Vec::new(), Vec::new());
    for (index, example) in page.facts.examples.iter().enumerate() {
        for word in &example.texts {
            let trimmed = word.text.trim();
            if trimmed.len() < word.text.len() && !trimmed.is_empty() {
                edges.push((index, page.spot(word.span)));
            }
        }
        let source =
            Some(page.text.slice(example.span)).filter(|source| may_be_noisy(source)).unwrap_or_default();
        for found in NOISE.as_ref().into_iter().flat_map(|noise| noise.find_iter(source)) {
            let span = Span::new(found.start(), found.end()).moved(example.span.start);
            noise.push((index, page.spot(span)));
        }
    }
    let edge = Noise {
        one: "a text with white space at its edge",
        many: "texts with white space at their edges",
        label: "white space at its edge",
        help: "take the white space out",
    };
    let fraction = Noise {
        one: "a number with the noise of a binary fraction",
        many: "numbers with the noise of binary fractions",
        label: "noise of a binary fraction",
        help: "write the number that is meant",
    };
    edge.report(page, &edges, findings);
    fraction.report(page, &noise, findings);
}

/// A kind of noise, in words.
struct Noise {
    one: &'static str,
    many: &'static str,
    label: &'static str,
    help: &'static str,
}

impl Noise {
    /// Tells all places of a document together, each in the example with this place.
    fn report(&self, page: &Page<'_>, places: &[(usize, Spot)], findings: &mut Findings) {
        let Some((first, _)) = places.first() else { return };
        let Some(example) = page.facts.examples.get(*first) else { return };
        let name = super::name_of(page, example);
        let here = match places.iter().filter(|(index, _)| index == first).count() {
            1 => self.one.to_owned(),
            count => format!("{count} {}", self.many),
        };
        let mut examples: Vec<usize> = places.iter().map(|(index, _)| *index).collect();
        examples.dedup();
        let more = super::and_more(examples.len() - 1);
        let draft = Draft::new(self.label, format!("{name} has {here}{more}"), self.help);
        findings.report(&RULE, draft.at_all(places.iter().map(|(_, spot)| (*spot, self.label))));
    }
}

/// Whether a point stands before enough digits, of whatever script.
fn may_be_noisy(source: &str) -> bool {
    let digits =
        |rest: &str| rest.bytes().take(11).filter(|byte| byte.is_ascii_digit() || !byte.is_ascii()).count();
    source.split('.').skip(1).any(|rest| digits(rest) == 11)
}
