//! Whether a reply of the server is what the contract and the simulator say.

use std::collections::BTreeMap;

use estoppel_contract::{Checker, Contract, Notice, Operation};
use estoppel_simulator::{Outcome, Verdict};
use serde_json::Value;

use super::{
    call::Reply,
    comparison::{Comparison, Difference},
    correspondence::Correspondence,
    declared::start_of,
    origin::Origin,
};
use crate::{Rule, redaction::Redaction};

/// One thing that is wrong with a reply, and what says so.
#[derive(Clone, Debug)]
pub(super) struct Complaint {
    pub(super) difference: Difference,
    pub(super) origin: Origin,
}

/// A reply that should have come back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expected<'e> {
    pub(super) operation: &'e Operation,
    pub(super) reply: &'e Reply,
    pub(super) verdict: &'e Verdict,
    /// Pointers whose values are the server's own.
    pub(super) varies: &'e [String],
    /// The rule that a wrong status breaks, where the call had one thing wrong.
    pub(super) rule: Option<Rule>,
}

/// Holds replies to a contract.
#[derive(Debug)]
pub(super) struct Judge {
    contract: &'static Contract,
    notices: Vec<Notice>,
    checkers: BTreeMap<&'static str, Checker>,
}

impl Judge {
    pub(super) fn new(contract: &'static Contract) -> Self {
        Self { contract, notices: contract.notices(), checkers: BTreeMap::new() }
    }

    /// The notice with this id.
    pub(super) fn notice(&self, id: &str) -> Option<&Notice> {
        self.notices.iter().find(|notice| notice.id == id)
    }

    /// Everything that is wrong with a reply. What corresponds is learnt from a reply with nothing wrong.
    pub(super) fn complaints(
        &mut self,
        expected: Expected<'_>,
        actual: &Reply,
        correspondence: &mut Correspondence,
        redaction: &Redaction,
    ) -> Vec<Complaint> {
        let mut learnt = correspondence.clone();
        let complaints = match expected.verdict.outcome {
            Outcome::Served => self.of_success(expected, actual, &mut learnt, redaction),
            Outcome::Refused(id) | Outcome::Faulty(id) => {
                self.of_refusal(id, expected, actual, &mut learnt, redaction)
            }
            // The model has no such limits.
            Outcome::Exhausted(_) => Vec::new(),
        };
        if complaints.is_empty() {
            *correspondence = learnt;
        }
        complaints
    }

    fn of_success(
        &mut self,
        expected: Expected<'_>,
        actual: &Reply,
        correspondence: &mut Correspondence,
        redaction: &Redaction,
    ) -> Vec<Complaint> {
        let operation = expected.operation;
        let mut differences = Vec::new();
        if actual.status != expected.reply.status {
            differences.push(Difference {
                rule: Rule::ReplyStatus,
                pointer: None,
                expected: expected.reply.status.to_string(),
                actual: actual.shown(redaction),
            });
        }
        if (200..300).contains(&actual.status) {
            differences.extend(media_type_difference(expected.reply, actual));
            match (&operation.reply, actual.json()) {
                (None, _) => differences.extend(byte_difference(expected, actual)),
                (Some(_), None) => differences.push(Difference {
                    rule: Rule::ReplyJson,
                    pointer: None,
                    expected: "a JSON document".to_owned(),
                    actual: redaction.body(&actual.body),
                }),
                (Some(schema), Some(body)) => {
                    differences.extend(self.schema_differences(operation, schema, &body, redaction));
                    let model = expected.reply.json().unwrap_or(Value::Null);
                    let varies = expected.varies;
                    let mut comparison =
                        Comparison { correspondence, varies, redaction, differences: Vec::new() };
                    comparison.compare("", &model, &body);
                    differences.extend(comparison.differences);
                }
            }
        }
        let schema = self.checkers.get(operation.spec.id).map(Checker::schema);
        let complaint = |difference: Difference| {
            let pointer = difference.pointer.as_deref().unwrap_or_default();
            Complaint { origin: Origin::of_place(operation, schema, pointer), difference }
        };
        differences.into_iter().map(complaint).collect()
    }

    fn schema_differences(
        &mut self,
        operation: &Operation,
        schema: &Value,
        body: &Value,
        redaction: &Redaction,
    ) -> Vec<Difference> {
        let id = operation.spec.id;
        if !self.checkers.contains_key(id)
            && let Ok(checker) = self.contract.checker(schema)
        {
            self.checkers.insert(id, checker);
        }
        let violations = self.checkers.get(id).map(|checker| checker.check(body)).unwrap_or_default();
        violations
            .into_iter()
            .map(|violation| {
                let pointer = violation.pointer.to_string();
                let actual = body.pointer(&pointer).map(|value| redaction.value(&pointer, value));
                Difference {
                    rule: Rule::ReplySchema,
                    expected: violation.expected,
                    actual: actual.unwrap_or(violation.actual),
                    pointer: Some(pointer),
                }
            })
            .collect()
    }

    fn of_refusal(
        &self,
        id: &str,
        expected: Expected<'_>,
        actual: &Reply,
        correspondence: &mut Correspondence,
        redaction: &Redaction,
    ) -> Vec<Complaint> {
        let notice = self.notice(id);
        let origin = notice.map_or_else(|| Origin::of_operation(expected.operation), Origin::of_notice);
        let mut differences = Vec::new();
        if actual.status == expected.reply.status {
            differences.extend(media_type_difference(expected.reply, actual));
            let model = expected.reply.json().unwrap_or(Value::Null);
            match actual.json() {
                None => differences.push(Difference {
                    rule: Rule::RefusalEnvelope,
                    pointer: None,
                    expected: redaction.value("", &model),
                    actual: redaction.body(&actual.body),
                }),
                Some(body) => {
                    let mut comparison =
                        Comparison { correspondence, varies: &[], redaction, differences: Vec::new() };
                    comparison.compare("", &model, &body);
                    let faults = !expected.verdict.violations.is_empty();
                    differences.extend(comparison.differences.into_iter().map(|difference| {
                        let rule = refusal_rule(&difference, &model, notice, faults);
                        Difference { rule, ..difference }
                    }));
                }
            }
            differences.extend(allow_difference(expected.reply, actual));
        } else {
            differences.push(Difference {
                rule: expected.rule.unwrap_or(Rule::RefusalStatus),
                pointer: None,
                expected: expected.reply.shown(redaction),
                actual: actual.shown(redaction),
            });
        }
        let complaint = |difference| Complaint { origin: origin.clone(), difference };
        differences.into_iter().map(complaint).collect()
    }
}

/// The rule that a wrong member of a refusal breaks.
fn refusal_rule(difference: &Difference, model: &Value, notice: Option<&Notice>, faults: bool) -> Rule {
    let pointer = difference.pointer.as_deref().unwrap_or_default();
    let expected = model.pointer(pointer);
    if faults && (expected.is_none() || !matches!(expected, Some(Value::Number(_)))) {
        return Rule::RefusalValidation;
    }
    let text = notice.map(|notice| notice.message);
    match expected.and_then(Value::as_str) {
        Some(value) if Some(value) == text => Rule::RefusalText,
        _ => Rule::RefusalEnvelope,
    }
}

fn media_type_difference(expected: &Reply, actual: &Reply) -> Option<Difference> {
    let differs = !match (expected.media_type(), actual.media_type()) {
        (Some(expected), Some(actual)) => expected.eq_ignore_ascii_case(actual),
        (expected, actual) => expected == actual,
    };
    differs.then(|| Difference {
        rule: Rule::ReplyContentType,
        pointer: None,
        expected: expected.media_type().unwrap_or("no content type").to_owned(),
        actual: actual.content_type.clone().unwrap_or_else(|| "no content type".to_owned()),
    })
}

fn byte_difference(expected: Expected<'_>, actual: &Reply) -> Option<Difference> {
    let own = expected.varies.iter().any(String::is_empty);
    let wrong = if own { actual.body.is_empty() } else { actual.body != expected.reply.body };
    let shown = |bytes: &[u8]| format!("{} bytes: {}", bytes.len(), start_of(bytes));
    wrong.then(|| Difference {
        rule: Rule::ReplyBytes,
        pointer: None,
        expected: if own { "any bytes".to_owned() } else { shown(&expected.reply.body) },
        actual: shown(&actual.body),
    })
}

/// `Allow` lists the same methods; `HEAD` and `OPTIONS` may be there besides.
fn allow_difference(expected: &Reply, actual: &Reply) -> Option<Difference> {
    let wanted = expected.allow.as_deref()?;
    let methods = |allow: &str| {
        let names = allow.split(',').map(|name| name.trim().to_ascii_uppercase());
        let mut names: Vec<String> =
            names.filter(|name| !matches!(name.as_str(), "" | "HEAD" | "OPTIONS")).collect();
        names.sort();
        names
    };
    let differs = actual.allow.as_deref().map(methods) != Some(methods(wanted));
    differs.then(|| Difference {
        rule: Rule::MethodAllow,
        pointer: None,
        expected: format!("Allow: {wanted}"),
        actual: actual.allow.as_ref().map_or("no Allow".to_owned(), |allow| format!("Allow: {allow}")),
    })
}
