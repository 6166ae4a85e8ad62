//! One operation: its parameters, body and replies.

use estoppel_contract::{Auth, Availability, Contract, Operation};
use serde_json::{Map, Value, json};

use super::{components::security_requirement, provenance, relocated, responses};
use crate::{
    ArtifactError,
    examples::Examples,
    member::{Need, description, members},
};

/// The Operation Object.
pub(super) fn object(
    contract: &Contract,
    operation: &Operation,
    examples: &Examples,
) -> Result<Value, ArtifactError> {
    let spec = &operation.spec;
    let mut object = Map::new();
    let mut insert = |key: &str, value: Value| drop(object.insert(key.to_owned(), value));
    insert("operationId", spec.id.into());
    insert("summary", spec.summary.into());
    if !spec.description.is_empty() {
        insert("description", spec.description.into());
    }
    insert("tags", json!([spec.group]));
    insert(
        "security",
        match spec.auth {
            Auth::None => json!([]),
            Auth::Bearer => security_requirement(contract),
        },
    );
    let mut parameters = in_place(contract, "path", &operation.path_parameters, examples)?;
    parameters.extend(in_place(contract, "query", &operation.query, examples)?);
    if !parameters.is_empty() {
        insert("parameters", parameters.into());
    }
    if let Some(body) = &operation.body {
        insert(
            "requestBody",
            json!({"required": true, "content": {"application/json": media(body, examples)}}),
        );
    }
    insert("responses", responses::of_operation(contract, operation, examples)?);
    if let Availability::Announced { .. } = spec.availability {
        insert("x-availability", json!(spec.availability));
    }
    object.extend(provenance(spec.source, spec.basis));
    Ok(Value::Object(object))
}

/// The Media Type Object of a JSON body.
pub(super) fn media(schema: &Value, examples: &Examples) -> Value {
    let mut media = json!({"schema": relocated(schema)});
    if let (Some(members), Some(example)) = (media.as_object_mut(), examples.of_schema(schema)) {
        members.insert("example".to_owned(), example.clone());
    }
    media
}

/// The Parameter Objects of the parameters in one place.
fn in_place(
    contract: &Contract,
    place: &str,
    parameters: &Value,
    examples: &Examples,
) -> Result<Vec<Value>, ArtifactError> {
    let mut objects = Vec::new();
    for parameter in members(parameters) {
        let mut schema = relocated(parameter.schema);
        if let Some(keywords) = schema.as_object_mut() {
            keywords.shift_remove("description");
        }
        let mut object = json!({
            "name": parameter.name,
            "in": place,
            "description": description(parameter.schema),
            "required": parameter.need == Need::Always,
            "schema": schema,
        });
        let example = examples.of_parameter(contract, parameter.name, parameter.schema)?;
        if let (Some(members), Some(example)) = (object.as_object_mut(), example) {
            members.insert("example".to_owned(), example);
        }
        objects.push(object);
    }
    Ok(objects)
}
