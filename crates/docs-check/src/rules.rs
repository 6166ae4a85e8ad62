//! Every rule, one file each. A rule is prose, an id and one function.

mod announced_list;
mod contradictory_names;
mod duplicate_row;
mod encoding;
mod host;
mod invalid_json;
mod json_shorthand;
mod missing_cell;
mod path_parameter;
mod placeholder_value;
mod reply_missing;
mod requiredness_unstated;
mod table_against_example;
mod word_spelling;

use serde::Serialize;

use crate::{
    Example, Severity,
    corpus::{Corpus, Findings},
};

/// One rule: what it holds documents to.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Rule {
    /// Its stable id, such as `DOC-HOST`.
    pub id: &'static str,
    /// Its name, in kebab case.
    pub name: &'static str,
    /// How much its findings weigh, unless a finding says otherwise.
    pub severity: Severity,
    /// What it compares.
    pub group: Group,
    /// What it does, why that is bad, and an example, as Markdown; each line begins with a space.
    explanation: &'static str,
    #[serde(skip)]
    pub(crate) check: fn(&Corpus<'_>, &mut Findings<'_>),
}

/// What a rule compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// A document with what it must be to be read at all.
    Form,
    /// Statements of the documents with each other.
    Coherence,
    /// What the documents leave out.
    Completeness,
    /// Statements of the documents with the contract.
    Contract,
}

impl Rule {
    /// What it does, why that is bad, and an example, as Markdown.
    pub fn explanation(&self) -> String {
        let lines = self.explanation.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// Every rule.
pub fn rules() -> &'static [&'static Rule] {
    ALL
}

/// Every rule, in the order in which they are asked.
pub(crate) const ALL: &[&Rule] = &[
    &encoding::RULE,
    &invalid_json::RULE,
    &json_shorthand::RULE,
    &placeholder_value::RULE,
    &contradictory_names::RULE,
    &word_spelling::RULE,
    &table_against_example::RULE,
    &host::RULE,
    &duplicate_row::RULE,
    &announced_list::RULE,
    &missing_cell::RULE,
    &path_parameter::RULE,
    &requiredness_unstated::RULE,
    &reply_missing::RULE,
];

/// What a finding calls an example.
fn name_of(example: &Example) -> String {
    let Some(caption) = &example.caption else { return "the example".to_owned() };
    let words = caption.text.trim_end_matches([':', '*', ' ']).trim_start_matches(['*', '>', ' ']);
    if words.len() > 70 { "the example".to_owned() } else { format!("“{words}”") }
}

/// `1 place`, `2 places`.
fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// Declares the rule of a file: its prose is its documentation and its explanation.
macro_rules! rule {
    ($(#[doc = $prose:literal])+ $id:literal, $name:literal, $severity:ident, $group:ident) => {
        $(#[doc = $prose])+
        pub(crate) static RULE: $crate::rules::Rule = $crate::rules::Rule {
            id: $id,
            name: $name,
            severity: $crate::Severity::$severity,
            group: $crate::rules::Group::$group,
            explanation: concat!($($prose, "\n"),+),
            check,
        };
    };
}
use rule;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn check(rule: &Rule) {
        let explanation = rule.explanation();
        let headings = ["## What it does", "## Why is this bad?", "## Example"];
        for heading in headings {
            assert!(explanation.contains(heading), "{}: {heading}", rule.id);
        }
        assert!(explanation.starts_with(headings[0]), "{}", rule.id);
        assert!(rule.id.starts_with("DOC-"), "{}", rule.id);
        assert!(rule.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", rule.name);
    }

    #[test]
    fn every_rule_explains_itself_under_an_id_of_its_own() {
        rules().iter().for_each(|rule| check(rule));
        assert_eq!(rules().iter().map(|rule| rule.id).collect::<BTreeSet<_>>().len(), rules().len());
        assert_eq!(rules().iter().map(|rule| rule.name).collect::<BTreeSet<_>>().len(), rules().len());
    }
}
