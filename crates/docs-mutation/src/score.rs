//! What a check sees of mutants, counted.

use std::collections::{BTreeMap, BTreeSet};

use estoppel_docs_check::{Document, Finding, check};

use crate::{Held, Kind, Mutant, Reference};

/// What a check saw of the slips of one kind.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Slips that were looked for.
    pub mutants: usize,
    /// Those that a rule of the kind told where they are.
    pub found: usize,
    /// Findings that the page without the slip does not have.
    pub findings: usize,
    /// Those of them that a rule of the kind told where the slip is.
    pub expected: usize,
    /// Slips that were not told.
    pub missed: Vec<String>,
    /// Findings that tell something else.
    pub strange: Vec<String>,
}

impl Tally {
    /// The part of the slips that was told; one where there was none.
    pub fn recall(&self) -> f64 {
        ratio(self.found, self.mutants)
    }

    /// The part of the findings that tell a slip; one where there was none.
    pub fn precision(&self) -> f64 {
        ratio(self.expected, self.findings)
    }

    /// Adds what was counted elsewhere.
    pub fn add(&mut self, other: Self) {
        self.mutants += other.mutants;
        self.found += other.found;
        self.findings += other.findings;
        self.expected += other.expected;
        self.missed.extend(other.missed);
        self.strange.extend(other.strange);
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if whole == 0 { 1.0 } else { number(part) / number(whole) }
}

/// What is said of a page without any slip.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    findings: BTreeSet<(&'static str, String, String)>,
}

impl Baseline {
    /// What a check says of the page as it was generated.
    pub fn of(reference: &Reference<'_>, held: Held) -> Self {
        let findings = findings(reference, held, reference.page.text.as_bytes());
        let known = findings.into_iter().map(|finding| (finding.rule, finding.cause, finding.message));
        Self { findings: known.collect() }
    }

    /// How many findings there are without any slip.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    fn has(&self, finding: &Finding) -> bool {
        // The names of mutants are few, and a set of references would need a copy for each question.
        self.findings.iter().any(|(rule, cause, message)| {
            *rule == finding.rule && *cause == finding.cause && *message == finding.message
        })
    }
}

fn findings(reference: &Reference<'_>, held: Held, bytes: &[u8]) -> Vec<Finding> {
    let contract = match held {
        Held::ToContract => Some(reference.contract),
        Held::ToItself => None,
    };
    check(&[Document { name: "reference.md", bytes }], contract).findings
}

/// Checks the page with one slip.
pub fn judge(reference: &Reference<'_>, kind: &Kind, mutant: &Mutant, baseline: &Baseline) -> Tally {
    let mutated = mutant.apply(&reference.page);
    let mut tally = Tally { mutants: 1, ..Tally::default() };
    let name = reference.contract.name();
    for finding in findings(reference, kind.held, &mutated.bytes) {
        if baseline.has(&finding) {
            continue;
        }
        tally.findings += 1;
        let mut places = [&finding.place].into_iter().chain(&finding.occurrences);
        let here = places.any(|place| mutated.expects(place.line));
        if here && kind.rules.contains(&finding.rule) {
            tally.found = 1;
            tally.expected += 1;
        } else {
            tally.strange.push(format!(
                "{name} {} (line {} of the page): {} on line {}: {}",
                kind.name,
                reference.page.line_of(mutant.start()),
                finding.rule,
                finding.place.line,
                finding.message
            ));
        }
    }
    if tally.found == 0 {
        let line = reference.page.line_of(mutant.start());
        let text = reference.page.slice(reference.page.line_at(mutant.start()));
        let told: String = text.chars().take(90).collect();
        tally.missed.push(format!("{name} {} on line {line}: {told}", kind.name));
    }
    tally
}

/// As many of the mutants as asked for, spread over the page; all where there are no more.
pub fn sample(mutants: &[Mutant], most: usize) -> Vec<&Mutant> {
    let count = mutants.len().min(most);
    let places = (0..count).map(|index| (index * mutants.len() + mutants.len() / 2) / count.max(1));
    places.filter_map(|place| mutants.get(place)).collect()
}

/// The tallies of kinds, in one.
pub fn total<'t>(tallies: impl IntoIterator<Item = &'t Tally>) -> Tally {
    let mut total = Tally::default();
    tallies.into_iter().for_each(|tally| total.add(tally.clone()));
    total
}

/// Tallies by the name of their kind.
pub type Tallies = BTreeMap<&'static str, Tally>;
