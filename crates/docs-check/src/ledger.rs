//! The ledger of ambiguities: what documents contradict or leave open, each under an id that stays, with the rulings
//! and readings of the contract that answer it.

mod answer;

use std::collections::BTreeMap;

use answer::{Opened, answer, opened};
use estoppel_contract::{Contract, Reading, Ruling, Setting};
use rapidhash::v3::rapidhash_v3;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Finding, Report};

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

/// The ambiguities among the findings of a check.
pub fn ledger(report: &Report, contract: Option<&Contract>) -> Ledger {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut ambiguities: Vec<Ambiguity> = Vec::new();
    for finding in &report.findings {
        let Opened::Question(question) = opened(finding, report) else { continue };
        let answer = contract.and_then(|contract| answer(contract, question?, finding, report));
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
    for ambiguity in &mut ambiguities {
        ambiguity.places.sort();
        ambiguity.places.dedup();
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
