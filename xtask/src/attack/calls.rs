//! Valid calls of all APIs: paths and methods of the contracts, bodies of the generated OpenAPI documents, credentials
//! of the services.

use std::fs;

use estoppel_catalog::apis;
use estoppel_contract::Authentication;
use serde_json::Value;

use super::target::Target;
use crate::check::workspace;

/// One operation, ready to be called.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) api: String,
    pub(super) method: String,
    /// Below the server's root, with the session; parameters are still in braces.
    pub(super) path: String,
    /// Headers that let the call in.
    pub(super) headers: String,
    /// A body that the contract takes, where an operation has one.
    pub(super) body: Option<Value>,
}

/// Every operation of every API, let in by the credentials of this session.
pub(super) fn all(target: &Target, session: &str) -> Vec<Call> {
    let mut calls = Vec::new();
    for api in apis() {
        let contract = api.contract();
        let name = contract.name();
        let headers = credentials(target, name, session);
        let file = workspace().join("schemas").join(name).join("openapi.json");
        let document: Value =
            fs::read(file).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
        for operation in &contract.operations {
            let (method, path) = (operation.spec.method.as_str(), operation.path.as_str());
            calls.push(Call {
                api: name.to_owned(),
                method: method.to_owned(),
                path: path_in(session, &format!("/{name}{path}")),
                headers: headers.clone(),
                body: example(&document, path, method).cloned(),
            });
        }
    }
    calls
}

/// A path of an API in a session.
pub(super) fn path_in(session: &str, path: &str) -> String {
    format!("/sessions/{session}{path}")
}

/// The headers that let calls of an API in.
pub(super) fn credentials(target: &Target, api: &str, session: &str) -> String {
    let Some(api) = estoppel_catalog::api(api) else { return String::new() };
    match &api.service().authentication {
        Authentication::Secret { test_secret, headers } => {
            let others: Vec<String> =
                headers.iter().map(|header| format!("{}: {}\r\n", header.name, header.test_value)).collect();
            let others = others.concat();
            format!("authorization: Bearer {test_secret}\r\n{others}")
        }
        Authentication::ClientCredentials {
            operation,
            client_id,
            secret,
            token,
            test_client_id,
            test_secret,
        } => {
            let token_call = api.contract().operations.iter().find(|known| known.spec.id == *operation);
            let path = token_call.map_or("", |known| known.path.as_str());
            let body = serde_json::json!({ *client_id: test_client_id, *secret: test_secret }).to_string();
            let path = path_in(session, &format!("/{}{path}", api.contract().name()));
            let reply = target.call("POST", &path, "", &body);
            let reply: Value =
                reply.and_then(|reply| serde_json::from_str(&reply.body).ok()).unwrap_or_default();
            let issued = reply.get(*token).and_then(Value::as_str).unwrap_or_default();
            format!("authorization: Bearer {issued}\r\n")
        }
    }
}

/// The example of the body of an operation.
fn example<'d>(document: &'d Value, path: &str, method: &str) -> Option<&'d Value> {
    let operation = document.get("paths")?.get(path)?.get(method.to_lowercase())?;
    let content = operation.get("requestBody")?.get("content")?.as_object()?.values().next()?;
    content.get("example").or_else(|| {
        let first = content.get("examples")?.as_object()?.values().next()?;
        first.get("value")
    })
}
