//! The OpenAPI 3.1 document of an API.

mod components;
mod operation;
mod responses;
mod webhooks;

use estoppel_contract::{Contract, Source};
use serde_json::{Map, Value, json};

use crate::{ArtifactError, examples::Examples};
pub(crate) use components::{credential_headers, credentials};

/// What the project's generated files are licensed under.
const LICENSE: &str = "MIT OR Apache-2.0";

/// The OpenAPI document of a contract.
pub(crate) fn document(contract: &Contract, examples: &Examples) -> Result<Value, ArtifactError> {
    let service = &contract.service;
    let mut paths: Map<String, Value> = Map::new();
    for operation in &contract.operations {
        let methods = paths.entry(operation.path.as_str()).or_insert_with(|| json!({}));
        let method = operation.spec.method.as_str().to_ascii_lowercase();
        if let Some(methods) = methods.as_object_mut() {
            methods.insert(method, operation::object(contract, operation, examples)?);
        }
    }
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": service.title,
            "summary": format!("What edition {} of its documents states, as a contract.", service.edition),
            "description": description(contract),
            "license": {"name": LICENSE, "identifier": LICENSE},
            "version": service.edition,
        },
        "servers": servers(contract),
        "tags": tags(contract),
        "paths": paths,
        "components": components::object(contract, examples)?,
        "x-documents": service.documents,
        "x-test-values": service.test_values,
        "x-readings": service.readings,
        "x-rulings": service.rulings,
    });
    if let (Some(members), Some(rules)) = (document.as_object_mut(), &service.deliveries) {
        members.insert("webhooks".to_owned(), webhooks::object(contract, rules, examples));
        members.insert("x-deliveries".to_owned(), json!(rules));
    }
    Ok(document)
}

fn description(contract: &Contract) -> String {
    format!(
        "{}\n\nEvery operation, model and refusal names its source in `x-source`: a heading of a document \
         (`x-documents`) or a ruling (`x-rulings`), which decides where the documents are silent. `x-basis` says how \
         we know: `documented`, `example` (only an example shows it), `inferred` or `ruled`. Some rulings can be \
         chosen otherwise (`x-readings`), and some inputs set something off (`x-test-values`).",
        contract.service.description
    )
}

fn servers(contract: &Contract) -> Value {
    let own = contract.service.servers.iter().map(|server| json!(server));
    own.chain([json!({"url": sandbox_url(contract), "description": "The replay server on this machine"})])
        .collect()
}

/// Where the replay server answers for an API unless it is told otherwise.
pub(crate) fn sandbox_url(contract: &Contract) -> String {
    format!("http://127.0.0.1:8080/{}", contract.name())
}

fn tags(contract: &Contract) -> Value {
    let mut groups: Vec<&str> = Vec::new();
    let of_operations = contract.operations.iter().map(|operation| operation.spec.group);
    for group in of_operations.chain(contract.webhooks.iter().map(|webhook| webhook.spec.group)) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups.into_iter().map(|group| json!({"name": group})).collect()
}

/// `{"x-source": …, "x-basis": …}`.
fn provenance(source: Source, basis: estoppel_contract::Basis) -> [(String, Value); 2] {
    [
        (estoppel_contract::SOURCE_KEY.to_owned(), json!(source)),
        (estoppel_contract::BASIS_KEY.to_owned(), json!(basis)),
    ]
}

/// A schema whose references lead to the components of an OpenAPI document.
fn relocated(schema: &Value) -> Value {
    match schema {
        Value::Object(keywords) => keywords
            .iter()
            .map(|(keyword, value)| {
                let moved = match (keyword.as_str(), value) {
                    ("$ref", Value::String(target)) => {
                        target.replacen("#/$defs/", "#/components/schemas/", 1).into()
                    }
                    ("example" | "examples" | "const" | "enum" | "default", _) => value.clone(),
                    _ => relocated(value),
                };
                (keyword.clone(), moved)
            })
            .collect(),
        Value::Array(items) => items.iter().map(relocated).collect(),
        _ => schema.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_lead_to_components_and_examples_stay() {
        let schema = json!({
            "properties": {"hull": {"$ref": "#/$defs/Hull"}},
            "examples": [{"$ref": "#/$defs/Hull"}],
        });
        assert_eq!(
            relocated(&schema),
            json!({
                "properties": {"hull": {"$ref": "#/components/schemas/Hull"}},
                "examples": [{"$ref": "#/$defs/Hull"}],
            })
        );
    }
}
