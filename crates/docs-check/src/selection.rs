//! Which findings count, and how much: `--allow` and `--deny`.

use crate::{Finding, Group, Rule, Severity, rules};

/// Rules that are named by id, by name, by group or by weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// One rule.
    Rule(&'static str),
    /// All rules of a group.
    Group(Group),
    /// All findings of this weight.
    Severity(Severity),
}

impl Selector {
    /// What a word names: `DOC-HOST`, `host`, `addresses` or `warning`.
    pub fn parse(word: &str) -> Option<Self> {
        let severities = [Severity::Info, Severity::Warning, Severity::Error];
        let severity = severities.into_iter().find(|severity| severity.as_str() == word);
        let rule = || rules().iter().find(|rule| rule.id.eq_ignore_ascii_case(word) || rule.name == word);
        let group = || rules().iter().map(|rule| rule.group).find(|group| group.as_str() == word);
        severity
            .map(Self::Severity)
            .or_else(|| rule().map(|rule| Self::Rule(rule.id)))
            .or_else(|| group().map(Self::Group))
    }

    /// Whether a finding is meant.
    pub fn matches(&self, finding: &Finding) -> bool {
        match self {
            Self::Rule(id) => finding.rule == *id,
            Self::Group(group) => rule(finding.rule).is_some_and(|rule| rule.group == *group),
            Self::Severity(severity) => finding.severity == *severity,
        }
    }
}

/// The rule of this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().iter().find(|rule| rule.id == id).copied()
}

/// Leaves out what is allowed, and makes errors of what is denied. What is named in both is denied.
pub fn select(findings: Vec<Finding>, allowed: &[Selector], denied: &[Selector]) -> Vec<Finding> {
    let selected = findings.into_iter().filter_map(|mut finding| {
        let matches = |selectors: &[Selector]| selectors.iter().any(|selector| selector.matches(&finding));
        if matches(denied) {
            finding.severity = Severity::Error;
            return Some(finding);
        }
        (!matches(allowed)).then_some(finding)
    });
    selected.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, check};

    fn selected(allowed: &[&str], denied: &[&str]) -> Vec<(&'static str, Severity)> {
        let page = "# A\n\n```json\n{\"a\": 1,}\n```\n\nKey | Description\n--|--\nsail |\n";
        let findings = check(&[Document { name: "a.md", bytes: page.as_bytes() }], None).findings;
        let parse =
            |words: &[&str]| words.iter().map(|word| Selector::parse(word).unwrap()).collect::<Vec<_>>();
        let kept = select(findings, &parse(allowed), &parse(denied));
        kept.into_iter().map(|finding| (finding.rule, finding.severity)).collect()
    }

    #[test]
    fn findings_are_selected_by_rule_group_and_weight() {
        let (json, cell) = ("DOC-JSON-INVALID", "DOC-CELL-MISSING");
        assert_eq!(selected(&[], &[]), [(json, Severity::Error), (cell, Severity::Warning)]);
        assert_eq!(selected(&["DOC-CELL-MISSING"], &[]), [(json, Severity::Error)]);
        assert_eq!(selected(&["examples"], &[]), [(cell, Severity::Warning)]);
        assert_eq!(selected(&["error", "warning"], &["missing-cell"]), [(cell, Severity::Error)]);
        assert_eq!(Selector::parse("nonsense"), None);
    }
}
