//! One example beside its schema.

use std::collections::{BTreeMap, BTreeSet};

use estoppel_contract::{Checker, Violation};
use serde_json::Value;

use crate::{
    Example, Span, corpus::Corpus, findings::Draft, identifier::one_slip_apart,
    rules::placeholder_value::is_placeholder, schema_view::SchemaView, spot::Spot,
};

/// An example that breaks its schema in more places than this is another thing, or an old one: one finding.
const DRAFTS_MAX: usize = 3;

/// An example that does not fit its schema, and how they differ.
#[derive(Debug)]
pub(super) struct Comparison {
    page: usize,
    example: Example,
    value: Value,
    schema: SchemaView,
    /// What the schema describes.
    subject: String,
    /// What the finding calls the example.
    name: String,
    violations: Vec<Violation>,
    /// JSON pointers of members that the schema does not name.
    unknown: Vec<String>,
    /// JSON pointers of members that the schema requires.
    missing: Vec<String>,
}

/// Checkers of schemas, each made once: it takes longer than to check an example.
#[derive(Debug, Default)]
pub(super) struct Checkers(BTreeMap<String, Option<Checker>>);

impl Checkers {
    /// How a value breaks a schema of the contract; `None` where the schema is none.
    fn check(&mut self, schema: &SchemaView, value: &Value) -> Option<Vec<Violation>> {
        let known = self.0.entry(schema.part().to_string());
        let checker = known.or_insert_with(|| Checker::new(schema.to_schema()).ok());
        checker.as_ref().map(|checker| checker.check(value))
    }
}

impl Comparison {
    /// Compares; `None` where the schema is none, or nothing differs.
    pub(super) fn new(
        page: usize,
        (example, value): (&Example, &Value),
        (schema, subject): (SchemaView, String),
        name: String,
        checkers: &mut Checkers,
    ) -> Option<Self> {
        let violations = checkers.check(&schema, value)?;
        let mut unknown = Vec::new();
        undeclared(value, &schema, "", &mut unknown);
        if violations.is_empty() && unknown.is_empty() {
            return None;
        }
        let missing = violations.iter().filter(|violation| violation.keyword == "required");
        let missing = missing.map(|violation| violation.pointer.to_string()).collect();
        let (example, value) = (example.clone(), value.clone());
        Some(Self { page, example, value, schema, subject, name, violations, unknown, missing })
    }

    /// The findings, when all documents tell which names and words are spellings of others.
    pub(super) fn drafts(mut self, corpus: &Corpus<'_>) -> Vec<Draft> {
        self.unknown.retain(|pointer| !corpus.is_name_variant(key_of(pointer)));
        let told: BTreeSet<&String> = self.unknown.iter().filter_map(|key| self.meant(key)).collect();
        let violations = self.violations.iter().filter_map(|violation| {
            let pointer = violation.pointer.to_string();
            let misspelled = violation.keyword == "required" && told.contains(&pointer);
            (!misspelled && !self.excuses(corpus, violation, &pointer))
                .then(|| self.broken(violation, &pointer))
        });
        let mut drafts: Vec<Draft> = violations.collect();
        drafts.extend(self.unknown.iter().map(|pointer| self.undeclared(pointer)));
        if drafts.len() > DRAFTS_MAX { vec![self.merged(drafts)] } else { drafts }
    }

    /// Whether the example does not claim to show what the schema asks for, or another rule tells it.
    fn excuses(&self, corpus: &Corpus<'_>, violation: &Violation, pointer: &str) -> bool {
        let text = self.value.pointer(pointer).and_then(Value::as_str);
        let again = |text: &str| text == key_of(pointer) && text.chars().any(char::is_uppercase);
        let stands_in =
            text.is_some_and(|text| is_placeholder(text) || again(text) || corpus.is_word_variant(text));
        let listed = violation.keyword == "enum" && corpus.lists_words_of(pointer);
        stands_in || listed || corpus.is_name_variant(key_of(pointer)) || is_open(&self.example, pointer)
    }

    /// The missing member that an unknown one is meant for: one slip away, or the only one missing beside it.
    fn meant(&self, unknown: &str) -> Option<&String> {
        let slip = self.missing.iter().find(|missing| misspells(unknown, missing));
        slip.or_else(|| {
            let beside = |other: &&String| parent_of(other) == parent_of(unknown);
            let mut missing = self.missing.iter().filter(beside);
            let first = missing.next()?;
            let only = missing.next().is_none() && self.unknown.iter().filter(beside).count() == 1;
            only.then_some(first)
        })
    }

    fn broken(&self, violation: &Violation, pointer: &str) -> Draft {
        let Violation { expected, actual, keyword, .. } = violation;
        let (name, subject) = (&self.name, &self.subject);
        let place = if pointer.is_empty() { "it".to_owned() } else { format!("`{pointer}`") };
        let (message, label) = if keyword == "required" {
            (format!("{name} breaks {subject}: {place} is missing"), format!("{place} is missing"))
        } else {
            let must = format!("must be {expected}");
            (format!("{name} breaks {subject}: {place} {must} and is {actual}"), must)
        };
        let cause = format!("{subject} {pointer} {keyword}");
        let span = span_of(&self.example, pointer);
        Draft::new(cause, message, "correct the example, or the contract")
            .at(Spot::new(self.page, span), label)
    }

    fn undeclared(&self, pointer: &str) -> Draft {
        let (name, subject, key) = (&self.name, &self.subject, key_of(pointer));
        let near = self.meant(pointer).cloned().or_else(|| {
            let around = self.schema.inside(parent_of(pointer))?;
            let places = around.names().into_iter().map(|known| format!("{}/{known}", parent_of(pointer)));
            places.into_iter().find(|place| misspells(pointer, place))
        });
        let help = near.map_or_else(
            || "correct the key, or add it to the contract".to_owned(),
            |near| format!("the contract has `{}`", key_of(&near)),
        );
        let message = format!("{name} has `{key}`, which {subject} does not have in the contract");
        let draft = Draft::new(format!("{subject} {pointer}"), message, help);
        draft.at(Spot::new(self.page, span_of(&self.example, pointer)), "not in the contract")
    }

    fn merged(&self, drafts: Vec<Draft>) -> Draft {
        let (name, subject) = (&self.name, &self.subject);
        let message = format!("{name} breaks {subject} in {}", crate::rules::count(drafts.len(), "place"));
        let told: Vec<String> = drafts.iter().map(|draft| draft.message.clone()).collect();
        let places: Vec<_> = drafts.into_iter().flat_map(|draft| draft.spots).collect();
        Draft::new(subject, message, told.join("; ")).at_all(places)
    }
}

fn key_of(pointer: &str) -> &str {
    pointer.rsplit('/').next().unwrap_or_default()
}

/// The object or array around a place.
fn parent_of(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// Whether two places have one parent, and the key of one is the key of the other with one slip.
fn misspells(pointer: &str, meant: &str) -> bool {
    let (key, other) = (key_of(pointer).to_lowercase(), key_of(meant).to_lowercase());
    parent_of(pointer) == parent_of(meant) && (key == other || one_slip_apart(&key, &other))
}

/// Whether the example leaves out what stands at this place, or around it.
fn is_open(example: &Example, pointer: &str) -> bool {
    let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    example.open.iter().any(|open| {
        open == pointer
            || (open == parent && !pointer.is_empty())
            || pointer
                .strip_prefix(open.as_str())
                .is_some_and(|rest| rest.starts_with('/') && !open.is_empty())
    })
}

/// The place of a member, or of the nearest member around it.
fn span_of(example: &Example, pointer: &str) -> Span {
    let mut pointer = pointer;
    while !pointer.is_empty() {
        if let Some(member) = example.members.iter().find(|member| member.pointer == pointer) {
            return Span::new(member.key_span.start, member.value_span.end.max(member.key_span.end));
        }
        pointer = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    }
    Span::new(example.span.start, (example.span.start + 1).min(example.span.end))
}

/// JSON pointers of the members that the schema does not name. Values are at most as deep as examples are read.
fn undeclared(value: &Value, schema: &SchemaView, pointer: &str, unknown: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            let known = schema.names();
            // Without members of its own, or with several forms, the schema says nothing about names.
            if known.is_empty() || !schema.alternatives().is_empty() {
                return;
            }
            for (key, value) in members {
                let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                match schema.member(key) {
                    Some(member) => undeclared(value, &member, &pointer, unknown),
                    None => unknown.push(pointer),
                }
            }
        }
        Value::Array(items) => {
            let Some(schema) = schema.items() else { return };
            for (index, item) in items.iter().enumerate() {
                undeclared(item, &schema, &format!("{pointer}/{index}"), unknown);
            }
        }
        _ => {}
    }
}
