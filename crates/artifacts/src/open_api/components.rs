//! What operations share: schemas, refusals of the protocol, credentials.

use estoppel_contract::{Auth, Authentication, Contract};
use serde_json::{Map, Value, json};

use super::{relocated, responses};
use crate::{ArtifactError, examples::Examples, member};

/// The Components Object.
pub(super) fn object(contract: &Contract, examples: &Examples) -> Result<Value, ArtifactError> {
    let mut components = Map::new();
    components.insert("schemas".to_owned(), schemas(contract, examples));
    components.insert("responses".to_owned(), responses::shared(contract)?);
    if contract.operations.iter().any(|operation| operation.spec.auth == Auth::Bearer) {
        let bearer = json!({"type": "http", "scheme": "bearer", "description": credentials(contract)});
        components.insert("securitySchemes".to_owned(), json!({"bearer": bearer}));
    }
    Ok(Value::Object(components))
}

fn schemas(contract: &Contract, examples: &Examples) -> Value {
    let schema = |name: &str| contract.model(name).map(|model| &model.schema);
    let models = contract.models.iter().map(|model| {
        let mut component = relocated(&model.schema);
        if let Some(keywords) = component.as_object_mut() {
            let shown = examples.of_model(&model.name);
            if !shown.is_empty() {
                keywords.insert("examples".to_owned(), json!(shown));
            }
            if let Some(found) = member::discriminator(&model.schema, schema) {
                let mapping: Map<String, Value> = found
                    .models
                    .iter()
                    .map(|(word, model)| ((*word).to_owned(), format!("#/components/schemas/{model}").into()))
                    .collect();
                let discriminator = json!({"propertyName": found.member, "mapping": mapping});
                keywords.insert("discriminator".to_owned(), discriminator);
            }
        }
        (model.name.clone(), component)
    });
    models.collect()
}

/// How a caller gets what it sends as a bearer token.
pub(crate) fn credentials(contract: &Contract) -> String {
    match contract.service.authentication {
        Authentication::Secret { test_secret, .. } => format!(
            "Send the secret as `Authorization: Bearer …`. Every fresh session of the replay server knows \
             `{test_secret}`."
        ),
        Authentication::ClientCredentials {
            operation,
            client_id,
            secret,
            token,
            test_client_id,
            test_secret,
        } => {
            let route = contract.operation(operation).map_or_else(String::new, |operation| {
                format!(" (`{} {}`)", operation.spec.method, operation.path)
            });
            format!(
                "Call `{operation}`{route} with `{client_id}` and `{secret}`, and send `{token}` of its reply as \
                 `Authorization: Bearer …`. Every fresh session of the replay server knows the client \
                 `{test_client_id}` with the secret `{test_secret}`."
            )
        }
    }
}
