//! What operations share: schemas, refusals of the protocol, credentials.

use estoppel_contract::{Auth, Authentication, Contract, CredentialHeader};
use serde_json::{Map, Value, json};

use super::{relocated, responses};
use crate::{ArtifactError, examples::Examples, member};

/// The Components Object.
pub(super) fn object(contract: &Contract, examples: &Examples) -> Result<Value, ArtifactError> {
    let mut components = Map::new();
    components.insert("schemas".to_owned(), schemas(contract, examples));
    components.insert("responses".to_owned(), responses::shared(contract)?);
    if contract.operations.iter().any(|operation| operation.spec.auth == Auth::Bearer) {
        components.insert("securitySchemes".to_owned(), security_schemes(contract));
    }
    Ok(Value::Object(components))
}

/// The bearer token, and every further header under its own name.
fn security_schemes(contract: &Contract) -> Value {
    let bearer = json!({"type": "http", "scheme": "bearer", "description": credentials(contract)});
    let headers = credential_headers(contract).iter().map(|header| {
        let scheme =
            json!({"type": "apiKey", "in": "header", "name": header.name, "description": header.description});
        (header.name.to_owned(), scheme)
    });
    Value::Object([("bearer".to_owned(), bearer)].into_iter().chain(headers).collect())
}

/// All credentials of an operation together.
pub(super) fn security_requirement(contract: &Contract) -> Value {
    let headers = credential_headers(contract).iter().map(|header| header.name);
    let needed = ["bearer"].into_iter().chain(headers).map(|name| (name.to_owned(), json!([])));
    json!([Value::Object(needed.collect())])
}

/// The headers that every call carries beside its token.
pub(crate) const fn credential_headers(contract: &Contract) -> &'static [CredentialHeader] {
    match contract.service.authentication {
        Authentication::Secret { headers, .. } => headers,
        Authentication::ClientCredentials { .. } => &[],
    }
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
        Authentication::Secret { test_secret, headers } => {
            let further = headers.iter().map(|header| {
                format!(" Send `{}: {}` with it: {}", header.name, header.test_value, header.description)
            });
            format!(
                "Send the secret as `Authorization: Bearer …`. Every fresh session of the replay server knows \
                 `{test_secret}`.{}",
                further.collect::<String>()
            )
        }
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
