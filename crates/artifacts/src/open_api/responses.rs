//! Replies and refusals, by status.

use std::collections::BTreeMap;

use estoppel_contract::{Auth, Availability, Contract, Notice, Operation, Protocol, Violation};
use serde_json::{Map, Value, json};

use super::{operation, provenance};
use crate::{
    ArtifactError,
    examples::{self, Examples},
    member,
};

/// The refusals of the protocol that an operation can get, with the faults that lead to each.
const SHARED: [(&str, &[Protocol]); 7] = [
    ("UnknownRoute", &[Protocol::UnknownRoute]),
    ("MethodNotAllowed", &[Protocol::MethodNotAllowed]),
    ("Unauthorized", &[Protocol::Unauthorized, Protocol::CredentialExpired]),
    ("NotAcceptable", &[Protocol::NotAcceptable]),
    ("BodyTooLarge", &[Protocol::BodyTooLarge]),
    ("UnsupportedMediaType", &[Protocol::UnsupportedMediaType]),
    ("Internal", &[Protocol::Internal]),
];

/// The refusals that operations refer to, by name.
pub(super) fn shared(contract: &Contract) -> Result<Value, ArtifactError> {
    let mut responses = Map::new();
    for (name, faults) in SHARED {
        let notices: Vec<Notice> = faults.iter().map(contract.service.protocol).collect();
        responses.insert(name.to_owned(), refusals(contract, &notices, &[])?);
    }
    Ok(Value::Object(responses))
}

/// The Responses Object of an operation.
pub(super) fn of_operation(
    contract: &Contract,
    operation: &Operation,
    examples: &Examples,
) -> Result<Value, ArtifactError> {
    let mut by_status: BTreeMap<u16, Value> = BTreeMap::new();
    by_status.insert(operation.spec.status, success(contract, operation, examples));
    let violations = examples::violations(contract, operation, examples)?;
    let mut notices: BTreeMap<u16, Vec<Notice>> = BTreeMap::new();
    let own = operation.refusals.iter().map(|notice| **notice);
    let inline = inline_faults(operation).into_iter().map(|fault| (contract.service.protocol)(&fault));
    for notice in own.chain(inline) {
        notices.entry(notice.status).or_default().push(notice);
    }
    for name in shared_names(operation) {
        let Some((_, faults)) = SHARED.iter().find(|(shared, _)| *shared == name) else { continue };
        let shared: Vec<Notice> = faults.iter().map(contract.service.protocol).collect();
        let Some(status) = shared.first().map(|notice| notice.status) else { continue };
        match notices.get_mut(&status) {
            Some(own) => own.extend(shared),
            None => {
                by_status.insert(status, json!({"$ref": format!("#/components/responses/{name}")}));
            }
        }
    }
    for (status, notices) in notices {
        by_status.insert(status, refusals(contract, &notices, &violations)?);
    }
    Ok(by_status.into_iter().map(|(status, response)| (status.to_string(), response)).collect())
}

fn success(contract: &Contract, operation: &Operation, examples: &Examples) -> Value {
    let Some(reply) = &operation.reply else {
        return json!({
            "description": "The raw bytes, with the media type that they have.",
            "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
        });
    };
    let model = member::target(reply).and_then(|name| contract.model(name));
    let told = model.map_or("", |model| member::description(&model.schema));
    json!({
        "description": if told.is_empty() { "It is done." } else { told },
        "content": {"application/json": operation::media(reply, examples)},
    })
}

/// The faults whose notices stand beside the operation's own, because their examples differ between operations.
fn inline_faults(operation: &Operation) -> Vec<Protocol> {
    let mut faults = Vec::new();
    let parameters = [&operation.path_parameters, &operation.query];
    if operation.body.is_some() || parameters.iter().any(|schema| !member::members(schema).is_empty()) {
        faults.push(Protocol::Invalid(Vec::new()));
    }
    if operation.body.is_some() {
        faults.push(Protocol::MalformedBody);
    }
    faults
}

/// The shared refusals that apply to the operation.
fn shared_names(operation: &Operation) -> Vec<&'static str> {
    let mut names = vec!["NotAcceptable", "Internal"];
    if let Availability::Announced { .. } = operation.spec.availability {
        names.push("UnknownRoute");
    }
    if operation.spec.auth == Auth::Bearer {
        names.push("Unauthorized");
    }
    if operation.body.is_some() {
        names.extend(["BodyTooLarge", "UnsupportedMediaType"]);
    }
    names
}

/// The Response Object of the refusals of one status, each with the body that it has.
fn refusals(
    contract: &Contract,
    notices: &[Notice],
    violations: &[Violation],
) -> Result<Value, ArtifactError> {
    let model = contract.service.error_model;
    let schema = json!({"$ref": format!("#/$defs/{model}")});
    let mut shown = Map::new();
    for notice in notices {
        let is_invalid = notice.id == (contract.service.protocol)(&Protocol::Invalid(Vec::new())).id;
        let violations = if is_invalid { violations } else { &[] };
        let body = (contract.service.error)(notice, violations).body;
        examples::check(contract, notice.id, &schema, &body)?;
        let mut example =
            Map::from_iter([("summary".to_owned(), Value::from(notice.when)), ("value".to_owned(), body)]);
        example.extend(provenance(notice.source, notice.basis));
        shown.insert(notice.id.to_owned(), Value::Object(example));
    }
    let mut reasons: Vec<&str> = notices.iter().map(|notice| notice.when).collect();
    reasons.dedup();
    Ok(json!({
        "description": reasons.join(" Or: "),
        "content": {"application/json": {"schema": super::relocated(&schema), "examples": shown}},
    }))
}
