//! What the API sends by itself.

use estoppel_contract::{Contract, DeliveryRules, Success, WebhookDeclaration};
use serde_json::{Map, Value, json};

use super::{provenance, relocated};
use crate::{
    delivery::{limits_in_words, recipe, success_in_words, worked_example},
    examples::Examples,
    member,
};

/// The webhooks by id, each a Path Item Object.
pub(super) fn object(contract: &Contract, rules: &DeliveryRules, examples: &Examples) -> Value {
    let webhooks = contract.webhooks.iter().map(|webhook| {
        let post = operation(contract, rules, webhook, examples);
        (webhook.spec.id.to_owned(), json!({"post": post}))
    });
    Value::Object(webhooks.collect())
}

fn operation(
    contract: &Contract,
    rules: &DeliveryRules,
    webhook: &WebhookDeclaration,
    examples: &Examples,
) -> Value {
    let spec = &webhook.spec;
    let mut object = Map::new();
    let mut insert = |key: &str, value: Value| drop(object.insert(key.to_owned(), value));
    insert("operationId", spec.id.into());
    insert("summary", spec.summary.into());
    if !spec.description.is_empty() {
        insert("description", spec.description.into());
    }
    insert("tags", json!([spec.group]));
    // A receiver asks for no credential; where there is a signature, it is a header.
    insert("security", json!([]));
    if let Some(signature) = signature(contract, rules, webhook, examples) {
        insert("parameters", json!([signature]));
    }
    let content = json!({"application/json": {
        "schema": relocated(&webhook.payload),
        "examples": shown(webhook, examples),
    }});
    insert("requestBody", json!({"required": true, "content": content}));
    insert("responses", responses(rules));
    insert("x-guaranteed", json!(spec.guaranteed));
    if let Some((member, value)) = spec.event {
        insert("x-event", json!({"member": member, "value": value}));
    }
    insert("x-request", json!(spec.request));
    object.extend(provenance(spec.source, spec.basis));
    Value::Object(object)
}

/// The header that carries the signature, where there is one.
fn signature(
    contract: &Contract,
    rules: &DeliveryRules,
    webhook: &WebhookDeclaration,
    examples: &Examples,
) -> Option<Value> {
    let signing = rules.signing?;
    let mut parameter = json!({
        "name": signing.header,
        "in": "header",
        "required": true,
        "description": recipe(&signing),
        "schema": {"type": "string"},
        estoppel_contract::SOURCE_KEY: signing.source,
    });
    let worked = worked_example(contract, webhook, examples);
    if let (Some(members), Some(worked)) = (parameter.as_object_mut(), worked) {
        members.insert("example".to_owned(), worked.signature.into());
    }
    Some(parameter)
}

/// The examples of the body, by name: that of the webhook, with a number from the second on.
fn shown(webhook: &WebhookDeclaration, examples: &Examples) -> Map<String, Value> {
    let known = member::target(&webhook.payload).map(|name| examples.of_model(name)).unwrap_or_default();
    let named = known.iter().enumerate().map(|(index, value)| {
        let id = webhook.spec.id;
        let name = if index == 0 { id.to_owned() } else { format!("{id}-{}", index + 1) };
        (name, json!({"value": value}))
    });
    named.collect()
}

fn responses(rules: &DeliveryRules) -> Value {
    let received = match rules.success {
        Success::Exactly(status) => status.to_string(),
        Success::Any2xx => "2XX".to_owned(),
    };
    let limits = limits_in_words(rules);
    let limits =
        limits.map_or_else(String::new, |limits| format!(" {limits} deactivate the webhooks of an account."));
    json!({
        received: {"description": "Received."},
        "default": {"description": format!(
            "Not received: only {} counts. No reply in time counts as a failure too.{limits}",
            success_in_words(rules)
        )},
    })
}
