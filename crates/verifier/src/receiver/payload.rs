//! Bodies of a webhook, made from its schema and its examples.

use estoppel_contract::{Checker, Contract, WebhookDeclaration};
use serde_json::{Map, Value, json};

use super::schema_view::SchemaView;
use crate::signature::{BodyStyle, Numbers};

/// What bodies of one webhook are made from.
#[derive(Debug)]
pub(super) struct Payloads<'c> {
    pub(super) webhook: &'c WebhookDeclaration,
    checker: Checker,
    /// The body that all others are changes of.
    pub(super) base: Map<String, Value>,
    /// The documented examples.
    pub(super) examples: Vec<Map<String, Value>>,
}

impl<'c> Payloads<'c> {
    /// The bodies of this webhook. Fails where its schema gives none.
    pub(super) fn of(contract: &Contract, webhook: &'c WebhookDeclaration) -> Result<Self, String> {
        let checker = contract.checker(&webhook.payload)?;
        let view = SchemaView::new(checker.schema());
        let examples: Vec<Map<String, Value>> =
            view.examples().into_iter().filter_map(|example| example.as_object().cloned()).collect();
        let invented = || view.invent().as_object().cloned();
        let base = examples.first().cloned().or_else(invented);
        let base = base.filter(|base| !base.is_empty());
        let base = base.ok_or_else(|| "its schema describes no object".to_owned())?;
        Ok(Self { webhook, checker, base, examples })
    }

    /// The schema, to look at.
    pub(super) fn view(&self) -> SchemaView<'_> {
        SchemaView::new(self.checker.schema())
    }

    /// Whether the webhook can have this body.
    pub(super) fn accepts(&self, body: &Map<String, Value>) -> bool {
        self.checker.accepts(&Value::Object(body.clone()))
    }

    /// The body with every documented member: those that the base lacks are invented.
    pub(super) fn complete(&self) -> Map<String, Value> {
        let mut body = self.base.clone();
        for (name, schema) in self.view().members() {
            if !body.contains_key(name) {
                let with = insert(&body, name, schema.invent());
                if self.accepts(&with) {
                    body = with;
                }
            }
        }
        body
    }

    /// The body with nothing but the guaranteed members.
    pub(super) fn minimal(&self) -> Map<String, Value> {
        let complete = Value::Object(self.complete());
        let mut body = json!({});
        for path in self.webhook.spec.guaranteed {
            let steps: Vec<&str> = path.split('.').collect();
            let value = steps.iter().try_fold(&complete, |value, step| value.get(step));
            if let Some(value) = value {
                put(&mut body, &steps, value.clone());
            }
        }
        body.as_object().cloned().unwrap_or_default()
    }

    /// Whether every body holds the member, or something in it.
    pub(super) fn is_guaranteed(&self, member: &str) -> bool {
        self.webhook.spec.guaranteed.iter().any(|path| path.split('.').next() == Some(member))
    }

    /// Whether the member tells which request or which webhook it is.
    pub(super) fn identifies(&self, member: &str) -> bool {
        let spec = &self.webhook.spec;
        spec.request.contains(&member) || spec.event.is_some_and(|(name, _)| name == member)
    }

    /// The request that a body belongs to.
    pub(super) fn request<'b>(&self, body: &'b Map<String, Value>) -> Option<&'b Value> {
        self.webhook.spec.request.iter().find_map(|member| body.get(*member)).filter(|value| !value.is_null())
    }

    /// The same body, for another request: its identifier changes wherever it stands.
    pub(super) fn for_request(&self, body: &Map<String, Value>, request: &str) -> Map<String, Value> {
        let Some(old) = self.request(body).cloned() else { return body.clone() };
        let new = if old.is_number() {
            request.parse::<u64>().map_or(old.clone(), Value::from)
        } else {
            Value::from(request)
        };
        let mut body = Value::Object(body.clone());
        replace(&mut body, &old, &new);
        body.as_object().cloned().unwrap_or_default()
    }
}

/// The identifier of another request, of the same kind as an example of one.
pub(super) fn invented_request(example: Option<&Value>, seed: u64, number: u64) -> String {
    match example {
        Some(Value::Number(_)) => seed.wrapping_mul(1_000_000).wrapping_add(number).to_string(),
        Some(Value::String(text)) if !is_uuid(text) => format!("{text}-{seed}-{number}"),
        // Version 4 and variant 1, so that it is a UUID for whoever looks closely.
        _ => format!("{:08x}-e570-4bbe-8e57-{:012x}", seed & 0xffff_ffff, number & 0xffff_ffff_ffff),
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.char_indices().all(|(place, character)| match place {
            8 | 13 | 18 | 23 => character == '-',
            _ => character.is_ascii_hexdigit(),
        })
}

/// The body as a sender writes it: no blanks, whole numbers without a fraction, nothing escaped that need not be.
pub(super) fn written(body: &Map<String, Value>) -> Vec<u8> {
    let style = BodyStyle { numbers: Numbers::WholeWithoutFraction, ..BodyStyle::PLAIN };
    style.write(&Value::Object(body.clone()))
}

/// The body with one more member, or another value of it.
pub(super) fn insert(body: &Map<String, Value>, name: &str, value: Value) -> Map<String, Value> {
    let mut body = body.clone();
    body.insert(name.to_owned(), value);
    body
}

/// The body without a member.
pub(super) fn without(body: &Map<String, Value>, name: &str) -> Map<String, Value> {
    let kept = body.iter().filter(|(member, _)| *member != name);
    kept.map(|(member, value)| (member.clone(), value.clone())).collect()
}

fn put(body: &mut Value, steps: &[&str], value: Value) {
    let Some((first, rest)) = steps.split_first() else { return *body = value };
    if !body.is_object() {
        *body = json!({});
    }
    if let Some(members) = body.as_object_mut() {
        put(members.entry(*first).or_insert(Value::Null), rest, value);
    }
}

fn replace(value: &mut Value, old: &Value, new: &Value) {
    if value == old {
        new.clone_into(value);
        return;
    }
    match value {
        Value::Object(members) => members.values_mut().for_each(|member| replace(member, old, new)),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, old, new)),
        _ => {}
    }
}
