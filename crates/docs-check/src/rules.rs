//! Every rule, one file each. A rule is prose, an id and one function.

pub(crate) mod allow_unused;
mod announced_list;
mod auth_missing;
mod authentication_words;
mod availability;
mod base_url;
mod body_without_method;
mod column_heading;
mod contradictory_names;
mod create_and_update;
mod date_formats;
mod default_or_maximum;
mod deprecated_guaranteed;
mod duplicate_row;
mod encoding;
mod endless_line;
mod error_codes;
mod error_missing;
mod example_against_schema;
mod example_cell;
mod field_set;
mod flag_values;
mod header_against_contract;
mod host;
mod host_missing;
mod include_missing;
pub(crate) mod include_refused;
mod integer_amount;
mod invalid_json;
mod item_twice;
mod json_shorthand;
pub(crate) mod key_types;
mod link_target;
mod list_differs;
mod missing_cell;
mod object_undescribed;
mod operation_twice;
mod operation_undocumented;
mod operation_unknown;
mod path_order;
mod path_overlap;
mod path_parameter;
mod placeholder_value;
mod proper_name;
mod refusal_example;
mod reply_missing;
mod request_unshown;
mod required_under_condition;
mod requiredness;
mod requiredness_unstated;
mod shortened_name;
mod signature_encoding;
mod stated_type;
mod success_status;
mod success_unstated;
mod table_against_example;
mod template_name;
mod test_value;
mod timestamp_unit;
mod type_word;
mod typo;
mod value_noise;
mod vin_check_digit;
mod webhook_against_contract;
mod whole_documentation;
mod word_case;
mod word_outside_list;
mod word_spelling;
mod words_against_contract;
mod words_run_together;

use serde::Serialize;

use crate::{
    Example, Severity,
    page::Page,
    watch::{EachPage, Watch},
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
    /// Begins to ask it.
    #[serde(skip)]
    pub(crate) watch: fn() -> Box<dyn Watch>,
}

/// What a rule compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// A document with what it must be to be read at all.
    Form,
    /// Examples: whether they parse, and what stands in them.
    Examples,
    /// Tables with themselves, each other and examples.
    Tables,
    /// Names of fields, parameters and things.
    Names,
    /// Words of documented lists.
    Words,
    /// Hosts, paths and links.
    Addresses,
    /// What must be sent.
    Requiredness,
    /// Types, dates and units.
    Types,
    /// What documents leave out.
    Completeness,
    /// Documents with each other.
    Documents,
    /// Statements of documents with the contract.
    Contract,
}

impl Group {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Examples => "examples",
            Self::Tables => "tables",
            Self::Names => "names",
            Self::Words => "words",
            Self::Addresses => "addresses",
            Self::Requiredness => "requiredness",
            Self::Types => "types",
            Self::Completeness => "completeness",
            Self::Documents => "documents",
            Self::Contract => "contract",
        }
    }
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
    &allow_unused::RULE,
    &encoding::RULE,
    &endless_line::RULE,
    &invalid_json::RULE,
    &json_shorthand::RULE,
    &placeholder_value::RULE,
    &contradictory_names::RULE,
    &word_spelling::RULE,
    &word_outside_list::RULE,
    &list_differs::RULE,
    &table_against_example::RULE,
    &host::RULE,
    &duplicate_row::RULE,
    &vin_check_digit::RULE,
    &announced_list::RULE,
    &missing_cell::RULE,
    &path_parameter::RULE,
    &requiredness_unstated::RULE,
    &reply_missing::RULE,
    &auth_missing::RULE,
    &authentication_words::RULE,
    &base_url::RULE,
    &body_without_method::RULE,
    &column_heading::RULE,
    &word_case::RULE,
    &create_and_update::RULE,
    &date_formats::RULE,
    &deprecated_guaranteed::RULE,
    &error_missing::RULE,
    &example_cell::RULE,
    &host_missing::RULE,
    &include_missing::RULE,
    &include_refused::RULE,
    &integer_amount::RULE,
    &flag_values::RULE,
    &item_twice::RULE,
    &key_types::RULE,
    &link_target::RULE,
    &object_undescribed::RULE,
    &operation_twice::RULE,
    &path_order::RULE,
    &path_overlap::RULE,
    &proper_name::RULE,
    &request_unshown::RULE,
    &required_under_condition::RULE,
    &shortened_name::RULE,
    &signature_encoding::RULE,
    &success_unstated::RULE,
    &template_name::RULE,
    &timestamp_unit::RULE,
    &type_word::RULE,
    &typo::RULE,
    &value_noise::RULE,
    &words_run_together::RULE,
    &operation_unknown::RULE,
    &operation_undocumented::RULE,
    &availability::RULE,
    &success_status::RULE,
    &field_set::RULE,
    &requiredness::RULE,
    &stated_type::RULE,
    &default_or_maximum::RULE,
    &words_against_contract::RULE,
    &example_against_schema::RULE,
    &refusal_example::RULE,
    &test_value::RULE,
    &error_codes::RULE,
    &webhook_against_contract::RULE,
    &header_against_contract::RULE,
];

/// What a finding calls an example: its caption, and the heading above where the caption does not tell enough.
fn name_of(page: &Page<'_>, example: &Example) -> String {
    let operation = page.facts.operation_at(example.span).and_then(|operation| operation.heading.as_deref());
    let heading =
        operation.or_else(|| page.facts.subject_at(example.span).map(|heading| heading.title.as_str()));
    let caption = example.caption.as_ref().map_or("", |caption| caption.text.as_str());
    let words = caption.trim_end_matches([':', '*', ' ']).trim_start_matches(['*', '>', ' ']);
    let words = if words.len() > 70 { "" } else { words };
    match heading {
        Some(heading) if words.is_empty() || words == heading => format!("the example under “{heading}”"),
        Some(heading) if !words.contains(heading) => format!("“{words}” under “{heading}”"),
        None if words.is_empty() => "the example".to_owned(),
        _ => format!("“{words}”"),
    }
}

/// The end of a message that is true of more examples than the one that it names.
fn and_more(examples: usize) -> String {
    if examples == 0 { String::new() } else { format!(", in {} as well", count(examples, "more example")) }
}

/// `1 place`, `2 places`.
fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// Declares the rule of a file: its prose is its documentation and its explanation.
///
/// It looks at one document at a time with the function `check` of the file, or, where a type is named, keeps what it
/// sees in a value of that type, which says how it [watches](Watch).
macro_rules! rule {
    (@declare $id:literal, $name:literal, $severity:ident, $group:ident, $watch:expr, $($prose:literal)+) => {
        $(#[doc = $prose])+
        pub(crate) static RULE: $crate::rules::Rule = $crate::rules::Rule {
            id: $id,
            name: $name,
            severity: $crate::Severity::$severity,
            group: $crate::rules::Group::$group,
            explanation: concat!($($prose, "\n"),+),
            watch: || Box::new($watch),
        };
    };
    ($(#[doc = $prose:literal])+ $id:literal, $name:literal, $severity:ident, $group:ident) => {
        $crate::rules::rule!(
            @declare $id, $name, $severity, $group, $crate::rules::EachPage(check), $($prose)+
        );
    };
    ($(#[doc = $prose:literal])+ $id:literal, $name:literal, $severity:ident, $group:ident, $watch:ident) => {
        $crate::rules::rule!(@declare $id, $name, $severity, $group, $watch::default(), $($prose)+);
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
        assert!(
            rule.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{}",
            rule.name
        );
    }

    #[test]
    fn every_rule_explains_itself_under_an_id_of_its_own() {
        for rule in rules() {
            check(rule);
        }
        assert_eq!(rules().iter().map(|rule| rule.id).collect::<BTreeSet<_>>().len(), rules().len());
        assert_eq!(rules().iter().map(|rule| rule.name).collect::<BTreeSet<_>>().len(), rules().len());
    }
}
