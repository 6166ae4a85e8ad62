//! What rules find, from drafts to findings with their places.

use std::{borrow::Cow, collections::BTreeMap};

use smol_str::SmolStr;

use crate::{
    Document, Finding, Place, Severity, Span, corpus::Corpus, extract, finding::identity, rules::Rule,
    spot::Spot, text::Text,
};

/// A finding as a rule states it.
#[derive(Debug)]
pub(crate) struct Draft {
    /// What the finding is about: with the rule and the line it makes the finding's identity.
    pub(crate) cause: String,
    pub(crate) message: String,
    pub(crate) help: Cow<'static, str>,
    /// The places, the one to look at first in front; each with a label.
    pub(crate) spots: Vec<(Spot, SmolStr)>,
    /// Where it weighs less or more than the rule does.
    pub(crate) severity: Option<Severity>,
}

impl Draft {
    pub(crate) fn new(
        cause: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            cause: cause.into(),
            message: message.into(),
            help: help.into(),
            spots: Vec::new(),
            severity: None,
        }
    }

    pub(crate) fn at(mut self, spot: Spot, label: impl Into<SmolStr>) -> Self {
        // One place or two: there can be many such drafts.
        self.spots.reserve_exact(1);
        self.spots.push((spot, label.into()));
        self
    }

    pub(crate) fn at_all<L: Into<SmolStr>>(mut self, spots: impl IntoIterator<Item = (Spot, L)>) -> Self {
        self.spots.extend(spots.into_iter().map(|(spot, label)| (spot, label.into())));
        self
    }

    pub(crate) fn weighing(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }
}

/// What is found if all documents together tell so.
type Conclusion = Box<dyn FnOnce(&Corpus<'_>) -> Vec<Draft>>;

/// Collects what rules find.
#[derive(Default)]
pub(crate) struct Findings {
    drafts: Vec<(&'static Rule, Draft)>,
    later: Vec<(&'static Rule, Conclusion)>,
}

impl Findings {
    pub(crate) fn report(&mut self, rule: &'static Rule, mut draft: Draft) {
        if !draft.spots.is_empty() {
            draft.spots.shrink_to_fit();
            self.drafts.push((rule, draft));
        }
    }

    /// For what one document shows and only all of them confirm: `conclude` is asked when all have been looked at.
    pub(crate) fn later<D: IntoIterator<Item = Draft>>(
        &mut self,
        rule: &'static Rule,
        conclude: impl FnOnce(&Corpus<'_>) -> D + 'static,
    ) {
        self.later.push((rule, Box::new(|corpus| conclude(corpus).into_iter().collect())));
    }

    /// Asks what was left for later.
    pub(crate) fn conclude(&mut self, corpus: &Corpus<'_>) {
        for (rule, conclude) in std::mem::take(&mut self.later) {
            for draft in conclude(corpus) {
                self.report(rule, draft);
            }
        }
    }

    /// The findings in document order, of places in what readers saw.
    pub(crate) fn finish<'d>(self, documents: &'d [Document<'d>]) -> Vec<Finding> {
        self.placed(documents, Text::in_source)
    }

    /// The same for drafts whose places are in the source already.
    pub(crate) fn finish_in_source<'d>(self, documents: &'d [Document<'d>]) -> Vec<Finding> {
        self.placed(documents, |_, span| span)
    }

    fn placed<'d>(
        mut self,
        documents: &'d [Document<'d>],
        in_source: fn(&Text<'d>, Span) -> Span,
    ) -> Vec<Finding> {
        self.drafts.sort_by(|(rule, draft), (other_rule, other)| {
            let spot = |draft: &Draft| draft.spots.first().map(|(spot, _)| *spot);
            let (left, right) = ((spot(draft), rule.id), (spot(other), other_rule.id));
            left.cmp(&right).then_with(|| draft.cause.cmp(&other.cause))
        });
        // A document is looked at once for all places in it.
        let places = self.drafts.iter().map(|(_, draft)| draft.spots.len()).sum();
        let mut wanted: Vec<(Spot, u32, u32)> = Vec::with_capacity(places);
        for (finding, (_, draft)) in (0_u32..).zip(&self.drafts) {
            wanted.extend((0_u32..).zip(&draft.spots).map(|(index, (spot, _))| (*spot, finding, index)));
        }
        wanted.sort_unstable_by_key(|(spot, finding, index)| (spot.page(), *finding, *index));
        let mut findings: Vec<Finding> =
            self.drafts.into_iter().map(|(rule, draft)| unplaced(rule, draft)).collect();
        let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
        for here in wanted.chunk_by(|(left, ..), (right, ..)| left.page() == right.page()) {
            let Some(page) = here.first().map(|(spot, ..)| spot.page()) else { continue };
            let Some(document) = documents.get(page) else { continue };
            let text = extract::text(document.bytes);
            let file = SmolStr::new(document.name);
            for (spot, finding, index) in here {
                let Some(finding) = findings.get_mut(*finding as usize) else { continue };
                let place = if let Some(index) = index.checked_sub(1) {
                    finding.occurrences.get_mut(index as usize)
                } else {
                    let line = known_part(text.line_at(spot.span().start));
                    finding.fingerprint = identity_of(finding, line, &mut seen);
                    Some(&mut finding.place)
                };
                if let Some(place) = place {
                    set(place, &file, &text, in_source(&text, spot.span()));
                }
            }
        }
        findings
    }
}

/// The part of a line that a fingerprint is made of: a page of one endless line must not cost its square.
fn known_part(line: &str) -> &str {
    line.char_indices().nth(LINE_MAX).map_or(line, |(end, _)| line.get(..end).unwrap_or(line))
}

/// Characters of a line that make a fingerprint.
const LINE_MAX: usize = 20_000;

/// The fingerprint of a finding; those that are alike are counted in document order.
fn identity_of(finding: &Finding, line: &str, seen: &mut BTreeMap<u64, usize>) -> String {
    let alone = identity(finding.rule, &finding.cause, line, 0);
    let repetition = *seen.entry(alone).and_modify(|count| *count += 1).or_insert(0_usize);
    let told = if repetition == 0 { alone } else { identity(finding.rule, &finding.cause, line, repetition) };
    format!("{told:016x}")
}

/// A finding whose places have their labels and are nowhere yet.
fn unplaced(rule: &'static Rule, draft: Draft) -> Finding {
    let nowhere = |label: SmolStr| Place {
        file: SmolStr::default(),
        span: Span::default(),
        line: 1,
        column: 1,
        end_line: 1,
        end_column: 1,
        label,
    };
    let mut spots = draft.spots.into_iter().map(|(_, label)| nowhere(label));
    Finding {
        rule: rule.id,
        cause: draft.cause,
        severity: draft.severity.unwrap_or(rule.severity),
        message: draft.message,
        help: draft.help,
        place: spots.next().unwrap_or_else(|| nowhere(SmolStr::default())),
        fingerprint: String::new(),
        occurrences: spots.collect(),
    }
}

fn set(place: &mut Place, file: &SmolStr, text: &Text<'_>, span: Span) {
    let (start, end) = (text.position(span.start), text.position(span.end));
    place.file = file.clone();
    place.span = span;
    (place.line, place.column) = (start.line, start.column);
    (place.end_line, place.end_column) = (end.line, end.column);
}
