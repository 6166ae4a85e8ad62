//! The ledger of ambiguities: what documents contradict or leave open, each under an id that stays, with the rulings
//! and readings of the contract that answer it.

use std::collections::{BTreeMap, BTreeSet};

use estoppel_contract::{Contract, Reading, Ruling, Setting};
use rapidhash::v3::rapidhash_v3;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Finding, Group, Report, identifier::words, rule};

/// The ambiguities of documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Ledger {
    /// Version of this form: 1.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// What can be read in more than one way, in document order.
    pub ambiguities: Vec<Ambiguity>,
}

/// Something that can be read in more than one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ambiguity {
    /// `A-` and the ruling that answers it, or eight hexadecimal digits of what it is about.
    pub id: String,
    /// What the documents say in more than one way, or not at all; one statement for each finding.
    pub statements: Vec<String>,
    /// Ids of the rules that found it.
    pub rules: Vec<String>,
    /// Fingerprints of the findings.
    pub fingerprints: Vec<String>,
    /// Where it stands: file and line.
    pub places: Vec<LedgerPlace>,
    /// The ruling of the contract that answers it.
    pub ruling: Option<LedgerRuling>,
    /// The readings of the contract that answer it as a user chooses.
    pub readings: Vec<LedgerReading>,
}

/// A line of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct LedgerPlace {
    /// The document.
    pub file: String,
    /// The line, from one.
    pub line: usize,
}

/// A decision where the documents disagree or are silent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LedgerRuling {
    /// Its id.
    pub id: String,
    /// What is open.
    pub gap: String,
    /// What was decided.
    pub ruling: String,
}

/// A decision that a user can take otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LedgerReading {
    /// Its name.
    pub name: String,
    /// What it decides.
    pub summary: String,
    /// The words that it can be set to, the default first; empty where it is a number.
    pub choices: Vec<String>,
}

/// Groups of rules whose findings are slips, and leave nothing open.
const SLIPS: [Group; 3] = [Group::Form, Group::Examples, Group::Documents];
/// Rules of other groups of which the same is true.
const SLIP_RULES: [&str; 7] = [
    "DOC-TYPO",
    "DOC-COLUMN",
    "DOC-LINK",
    "DOC-BASE-URL",
    "DOC-PROPER-NAME",
    "DOC-VIN-CHECK-DIGIT",
    "DOC-REQUEST-UNSHOWN",
];

/// A ruling answers a finding if what they share is at least this rare, in the sum of the logarithms of how many
/// rulings there are for each that has the word.
const LIKENESS_MIN: f64 = 3.0;
/// How much of the weight of its gap a finding must tell.
const COVERED_MIN: f64 = 0.34;
/// How much the name of a field says beside another word.
const NAME_WEIGHT: f64 = 2.0;
/// How much words around a finding, or of a decision, say beside those of the finding and of the gap.
const CONTEXT_WEIGHT: f64 = 0.5;

/// The ambiguities among the findings of a check.
pub fn ledger(report: &Report, contract: Option<&Contract>) -> Ledger {
    let answers = contract.map(Answers::new);
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut ambiguities: Vec<Ambiguity> = Vec::new();
    for finding in &report.findings {
        let slip = rule(finding.rule).is_none_or(|rule| SLIPS.contains(&rule.group));
        if slip || SLIP_RULES.contains(&finding.rule) {
            continue;
        }
        let answer = answers.as_ref().and_then(|answers| answers.to(finding, report));
        let own = || {
            let identity = format!("{}\n{}", finding.rule, finding.cause);
            format!("A-{:08x}", rapidhash_v3(identity.as_bytes()) >> 32)
        };
        let id = answer.map_or_else(own, |ruling| format!("A-{}", ruling.id));
        let index = *places.entry(id.clone()).or_insert(ambiguities.len());
        if index == ambiguities.len() {
            let readings = answer.zip(contract).map(|(ruling, contract)| readings(ruling, contract));
            ambiguities.push(Ambiguity {
                id,
                statements: Vec::new(),
                rules: Vec::new(),
                fingerprints: Vec::new(),
                places: Vec::new(),
                ruling: answer.map(|ruling| LedgerRuling {
                    id: ruling.id.to_owned(),
                    gap: ruling.gap.to_owned(),
                    ruling: ruling.ruling.to_owned(),
                }),
                readings: readings.unwrap_or_default(),
            });
        }
        if let Some(ambiguity) = ambiguities.get_mut(index) {
            ambiguity.add(finding);
        }
    }
    Ledger { version: 1, ambiguities }
}

/// The JSON Schema of a [`Ledger`].
pub fn ledger_schema() -> serde_json::Value {
    schemars::schema_for!(Ledger).to_value()
}

impl Ambiguity {
    fn add(&mut self, finding: &Finding) {
        self.statements.push(finding.message.clone());
        self.fingerprints.push(finding.fingerprint.clone());
        if !self.rules.iter().any(|rule| rule == finding.rule) {
            self.rules.push(finding.rule.to_owned());
        }
        let found = std::iter::once(&finding.place).chain(&finding.occurrences);
        self.places.extend(found.map(|place| LedgerPlace { file: place.file.to_string(), line: place.line }));
        self.places.sort();
        self.places.dedup();
    }
}

fn readings(ruling: &Ruling, contract: &Contract) -> Vec<LedgerReading> {
    let readings = contract.service.readings.iter().filter(|reading| reading.ruling == ruling.id);
    let told = readings.map(|reading: &Reading| LedgerReading {
        name: reading.name.to_owned(),
        summary: reading.summary.to_owned(),
        choices: match reading.setting {
            Setting::Choice(choices) => choices.iter().map(|(word, _)| (*word).to_owned()).collect(),
            Setting::Milliseconds { .. } | Setting::Bytes { .. } => Vec::new(),
        },
    });
    told.collect()
}

/// The words of a ruling.
struct Told {
    /// Those of the gap, which says what is open.
    gap: BTreeSet<String>,
    /// Those of the decision and of the readings.
    decision: BTreeSet<String>,
}

/// The rulings of a contract, each with the words that tell what it is about.
struct Answers<'c> {
    rulings: Vec<(&'c Ruling, Told)>,
}

impl<'c> Answers<'c> {
    fn new(contract: &'c Contract) -> Self {
        let rulings = contract.service.rulings.iter().map(|ruling| {
            let readings = contract.service.readings.iter().filter(|reading| reading.ruling == ruling.id);
            let readings = readings.map(|reading| format!("{} {}", reading.name, reading.summary));
            let decision = format!("{} {}", ruling.ruling, readings.collect::<Vec<_>>().join(" "));
            (ruling, Told { gap: stems(ruling.gap), decision: stems(&decision) })
        });
        Self { rulings: rulings.collect() }
    }

    /// The ruling whose gap a finding tells best: most of its words, and rare ones.
    fn to(&self, finding: &Finding, report: &Report) -> Option<&'c Ruling> {
        let said = stems(&format!("{} {}", finding.message, about(finding)));
        let around = stems(&headings(finding, report));
        let names: BTreeSet<String> =
            finding.message.split('`').skip(1).step_by(2).map(|name| words(name).concat()).collect();
        let total = f64::from(u32::try_from(self.rulings.len()).unwrap_or(u32::MAX));
        let rarity = |word: &str| {
            let having =
                |told: &&(&Ruling, Told)| told.1.gap.contains(word) || told.1.decision.contains(word);
            let having = self.rulings.iter().filter(having).count();
            (total / f64::from(u32::try_from(having.max(1)).unwrap_or(u32::MAX))).ln()
        };
        let weigh = |words: &BTreeSet<String>| {
            let weights = words.iter().map(|word| match (said.contains(word), around.contains(word)) {
                // A name says more than any word.
                (true, _) if names.contains(word) => rarity(word) * NAME_WEIGHT,
                (true, _) => rarity(word),
                (_, true) => rarity(word) * CONTEXT_WEIGHT,
                _ => 0.0,
            });
            weights.sum::<f64>()
        };
        let scored = self.rulings.iter().map(|(ruling, words)| {
            let gap = weigh(&words.gap);
            let whole: f64 = words.gap.iter().map(|word| rarity(word)).sum();
            // What only the decision shares, or a small part of the gap, is a coincidence.
            let covered = gap > 0.0 && gap >= whole * COVERED_MIN;
            (if covered { gap + weigh(&words.decision) * CONTEXT_WEIGHT } else { 0.0 }, *ruling)
        });
        let best = scored.max_by(|left, right| left.0.total_cmp(&right.0))?;
        (best.0 >= LIKENESS_MIN).then_some(best.1)
    }
}

/// The last subject before each place of a finding.
fn headings(finding: &Finding, report: &Report) -> String {
    let places = std::iter::once(&finding.place).chain(&finding.occurrences);
    let titles = places.filter_map(|place| report.subjects.at(place));
    let titles: BTreeSet<&str> = titles.take(8).collect();
    titles.into_iter().collect::<Vec<_>>().join(" ")
}

/// Words that a rule's findings are about, whatever their message says.
fn about(finding: &Finding) -> &'static str {
    match finding.rule {
        "DOC-WORD-SPELLING" => "order case spelling combined type",
        "DOC-HOST" => "host name server",
        "DOC-STATUS-UNSTATED" => "success status name",
        "DOC-REPLY-MISSING" => "reply shown",
        "DOC-REQUEST-UNSHOWN" => "body example",
        "DOC-SIGNATURE" => "signature encoding digest",
        "DOC-AMOUNT" => "integer decimal cents amount",
        _ => "",
    }
}

/// Words that say nothing of what a text is about.
const EMPTY: [&str; 54] = [
    "whether",
    "sent",
    "must",
    "how",
    "contract",
    "required",
    "begin",
    "the",
    "and",
    "not",
    "for",
    "are",
    "has",
    "one",
    "its",
    "was",
    "but",
    "can",
    "all",
    "say",
    "that",
    "this",
    "with",
    "from",
    "here",
    "there",
    "where",
    "which",
    "what",
    "when",
    "only",
    "they",
    "them",
    "have",
    "does",
    "than",
    "then",
    "into",
    "other",
    "another",
    "example",
    "document",
    "documents",
    "stand",
    "place",
    "places",
    "line",
    "object",
    "table",
    "differ",
    "under",
    "nothing",
    "operation",
    "operations",
];

/// Words in small letters without their endings; names also as a whole.
fn stems(text: &str) -> BTreeSet<String> {
    let mut stems = BTreeSet::new();
    for token in text.split(|c: char| c.is_whitespace() || "`“”\"(),.;:/{}".contains(c)) {
        let parts = words(token);
        if parts.len() > 1 {
            stems.insert(parts.concat());
        }
        stems.extend(parts.iter().map(|part| stem(part)));
    }
    let empty: BTreeSet<String> = EMPTY.iter().map(|word| stem(word)).collect();
    stems.retain(|stem| stem.len() >= 3 && !empty.contains(stem));
    stems
}

fn stem(word: &str) -> String {
    let endings = ["ing", "ed", "es", "s"];
    let ending = endings.iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() >= 4));
    ending.unwrap_or(word).trim_end_matches('e').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, check};

    #[test]
    fn contradictions_have_ids_that_stay() {
        let page = "# A\n\nKey | Description\n--|--\nownersName | x\n\n# B\n\nKey | Description\n--|--\nownerName | x\n\n```json\n{\"a\": 1,}\n```\n";
        let ids = |page: &str| {
            let report = check(&[Document { name: "a.md", bytes: page.as_bytes() }], None);
            ledger(&report, None)
                .ambiguities
                .into_iter()
                .map(|found| (found.id, found.places.len()))
                .collect::<Vec<_>>()
        };
        let found = ids(page);
        assert_eq!(found.len(), 1);
        assert!(found.iter().all(|(id, places)| id.len() == 10 && *places == 2), "{found:?}");
        assert_eq!(found, ids(&format!("# Before\n\nText.\n\n{page}")));
    }
}
