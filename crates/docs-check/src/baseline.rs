//! Findings that are known and accepted: a baseline hides them, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Finding;

/// Accepted findings, by fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// Version of this form: 1.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// What is accepted, by fingerprint.
    findings: BTreeMap<String, Accepted>,
}

/// An accepted finding, told so that people can read the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Accepted {
    /// The id of its rule.
    rule: String,
    /// The document that it was found in.
    file: String,
    /// What is wrong.
    message: String,
}

impl Baseline {
    /// Reads a baseline. The message says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let baseline: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if baseline.version == 1 {
            Ok(baseline)
        } else {
            Err(format!("version {} is not known: expected 1", baseline.version))
        }
    }

    /// The baseline as its file has it.
    pub fn to_text(&self) -> String {
        serde_json::to_string_pretty(self).map_or_else(|_| String::new(), |text| format!("{text}\n"))
    }

    /// A baseline that accepts these findings.
    pub fn of(findings: &[Finding]) -> Self {
        let accepted = findings.iter().map(|finding| {
            let accepted = Accepted {
                rule: finding.rule.to_owned(),
                file: finding.place.file.to_string(),
                message: finding.message.clone(),
            };
            (finding.fingerprint.clone(), accepted)
        });
        Self { version: 1, findings: accepted.collect() }
    }

    /// Whether a finding is accepted.
    pub fn accepts(&self, finding: &Finding) -> bool {
        self.findings.contains_key(&finding.fingerprint)
    }

    /// How many findings it accepts.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether it accepts nothing.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// The same without what is not found any more.
    #[must_use]
    pub fn pruned(&self, findings: &[Finding]) -> Self {
        let found: BTreeSet<&str> = findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
        let kept = self.findings.iter().filter(|(fingerprint, _)| found.contains(fingerprint.as_str()));
        Self {
            version: 1,
            findings: kept.map(|(print, accepted)| (print.clone(), accepted.clone())).collect(),
        }
    }
}

/// The JSON Schema of a [`Baseline`].
pub fn baseline_schema() -> serde_json::Value {
    schemars::schema_for!(Baseline).to_value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, check};

    fn findings(page: &str) -> Vec<Finding> {
        check(&[Document { name: "a.md", bytes: page.as_bytes() }], None).findings
    }

    #[test]
    fn what_is_accepted_stays_accepted_when_lines_move() {
        let page = "# A\n\nKey | Description\n--|--\nsail |\n";
        let baseline = Baseline::of(&findings(page));
        assert_eq!((baseline.len(), baseline.is_empty()), (1, false));
        assert_eq!(Baseline::parse(&baseline.to_text()), Ok(baseline.clone()));
        let moved = findings(&format!("# B\n\nText.\n\n{page}mast |\n"));
        assert_eq!(moved.len(), 1);
        assert!(baseline.pruned(&[]).is_empty());
        assert_eq!(baseline.pruned(&findings(page)), baseline);
        assert!(findings(page).iter().all(|finding| baseline.accepts(finding)));
        assert!(Baseline::parse("{\"version\": 2, \"findings\": {}}").is_err());
        assert!(Baseline::parse("{").is_err());
    }
}
