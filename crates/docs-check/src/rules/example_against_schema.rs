//! DOC-EXAMPLE-SCHEMA.

use std::collections::BTreeSet;

use estoppel_contract::{Checker, Contract, Violation};
use serde_json::Value;

use super::{placeholder_value::is_placeholder, rule};
use crate::{
    Example, Role, Span,
    corpus::{Corpus, Draft, Findings, Page},
    described,
    identifier::one_slip_apart,
    schema_view::SchemaView,
};

rule! {
    /// ## What it does
    /// Validates JSON examples against the contract: bodies and replies of an operation and errors against their schemas, other
    /// objects against the model whose name, tag or heading they carry. What an example leaves out with dots, or
    /// shows by a placeholder, is not asked for. Values are never repeated in the finding.
    ///
    /// ## Why is this bad?
    /// Clients are generated from examples; one that the API never sends, or refuses, breaks them.
    ///
    /// ## Example
    /// `{"oars": "two"}` where the contract has an integer.
    "DOC-EXAMPLE-SCHEMA", "example-against-schema", Error, Contract
}

fn check(corpus: &Corpus<'_>, findings: &mut Findings<'_>) {
    let Some(contract) = corpus.contract else { return };
    for (page, read) in corpus.pages() {
        for example in &read.facts.examples {
            let Some(value) = &example.value else { continue };
            let Some((schema, subject)) = schema_of(contract, read, example, value) else { continue };
            for draft in compare(corpus, (page, read), example, value, &schema, &subject) {
                findings.report(&RULE, draft);
            }
        }
    }
}

fn schema_of(
    contract: &Contract,
    read: &Page,
    example: &Example,
    value: &Value,
) -> Option<(SchemaView, String)> {
    let declared = read.facts.operation_at(example.span);
    let operation = declared.and_then(|declared| described::operation(contract, declared));
    let of = |schema: &Value| SchemaView::of_model(contract, schema);
    if let Some(operation) = operation {
        let id = operation.spec.id;
        match example.role {
            Role::Request => return Some((of(operation.body.as_ref()?), format!("the body of {id}"))),
            Role::Reply => return Some((of(operation.reply.as_ref()?), format!("the reply of {id}"))),
            Role::Refusal | Role::Object => {}
        }
    }
    if example.role == Role::Refusal {
        let model = contract.model(contract.service.error_model)?;
        return Some((of(&model.schema), format!("the model {}", model.name)));
    }
    tagged(contract, value).or_else(|| {
        let keys: BTreeSet<String> = value.as_object()?.keys().cloned().collect();
        let caption = example.caption.as_ref().map_or("", |caption| caption.text.as_str());
        let heading = read.facts.heading_at(example.span).map_or("", |heading| heading.title.as_str());
        described::model_named(contract, &[caption.trim_end_matches(':'), heading], &keys)
    })
}

/// The alternative of a model whose constants the value carries.
fn tagged(contract: &Contract, value: &Value) -> Option<(SchemaView, String)> {
    let keys: BTreeSet<String> = value.as_object()?.keys().cloned().collect();
    contract.models.iter().find_map(|model| {
        let view = SchemaView::of_model(contract, &model.schema);
        let branch = view.alternatives().into_iter().find(|branch| {
            let tags = branch.tags();
            let fits = tags.iter().all(|(key, tag)| value.get(key).and_then(Value::as_str) == Some(tag));
            !tags.is_empty() && fits && keys.intersection(&branch.names()).count() * 2 >= keys.len()
        })?;
        Some((branch, format!("the model {}", model.name)))
    })
}

fn compare(
    corpus: &Corpus<'_>,
    (page, read): (usize, &Page),
    example: &Example,
    value: &Value,
    schema: &SchemaView,
    subject: &str,
) -> Vec<Draft> {
    let Ok(checker) = Checker::new(schema.to_schema()) else { return Vec::new() };
    let name = super::name_of(read, example);
    let told_elsewhere = |pointer: &str| {
        let key = pointer.rsplit('/').next().unwrap_or_default();
        corpus.is_name_variant(key)
    };
    let mut unknown = Vec::new();
    undeclared(value, schema, "", &mut unknown);
    unknown.retain(|pointer| !told_elsewhere(pointer));
    let mut drafts = Vec::new();
    for violation in checker.check(value) {
        let pointer = violation.pointer.to_string();
        let stands = value.pointer(&pointer).and_then(Value::as_str);
        let shown = stands.is_some_and(|text| is_placeholder(text) || corpus.is_word_variant(text));
        let listed = violation.keyword == "enum" && corpus.lists_words_of(&pointer);
        let misspelled =
            violation.keyword == "required" && unknown.iter().any(|key| misspells(key, &pointer));
        if shown || listed || misspelled || told_elsewhere(&pointer) || is_open(example, &pointer) {
            continue;
        }
        drafts.push(draft(page, example, &violation, &pointer, &name, subject));
    }
    for pointer in unknown {
        let key = pointer.rsplit('/').next().unwrap_or_default();
        let message = format!("{name} has `{key}`, which {subject} does not have in the contract");
        let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        let near = schema.inside(parent).and_then(|around| {
            around.names().into_iter().find(|known| misspells(&pointer, &format!("{parent}/{known}")))
        });
        let help = near.map_or_else(
            || "correct the key, or add it to the contract".to_owned(),
            |near| format!("the contract has `{near}`"),
        );
        let draft = Draft::new(format!("{subject} {pointer}"), message, help);
        drafts.push(draft.at(page, span_of(example, &pointer), "not in the contract"));
    }
    if drafts.len() > DRAFTS_MAX { vec![merged(drafts, &name, subject)] } else { drafts }
}

/// An example that breaks its schema in more places than this is another thing, or an old one: one finding.
const DRAFTS_MAX: usize = 3;

fn merged(drafts: Vec<Draft>, name: &str, subject: &str) -> Draft {
    let message = format!("{name} breaks {subject} in {}", super::count(drafts.len(), "place"));
    let told: Vec<String> = drafts.iter().map(|draft| draft.message.clone()).collect();
    let places: Vec<_> = drafts.into_iter().flat_map(|draft| draft.spots).collect();
    Draft::new(subject, message, told.join("; ")).at_all(places)
}

/// Whether two places have one parent, and the key of one is the key of the other with one slip.
fn misspells(pointer: &str, meant: &str) -> bool {
    match (pointer.rsplit_once('/'), meant.rsplit_once('/')) {
        (Some((parent, key)), Some((other_parent, other))) => {
            let (key, other) = (key.to_lowercase(), other.to_lowercase());
            parent == other_parent && (key == other || one_slip_apart(&key, &other))
        }
        _ => false,
    }
}

fn draft(
    page: usize,
    example: &Example,
    violation: &Violation,
    pointer: &str,
    name: &str,
    subject: &str,
) -> Draft {
    let place = if pointer.is_empty() { "it".to_owned() } else { format!("`{pointer}`") };
    let Violation { expected, actual, keyword, .. } = violation;
    let message = if keyword == "required" {
        format!("{name} breaks {subject}: {place} is missing")
    } else {
        format!("{name} breaks {subject}: {place} must be {expected} and is {actual}")
    };
    Draft::new(format!("{subject} {pointer} {keyword}"), message, "correct the example, or the contract").at(
        page,
        span_of(example, pointer),
        format!("must be {expected}"),
    )
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
