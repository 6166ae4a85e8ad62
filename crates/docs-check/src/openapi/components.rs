//! What operations of a draft share: models, replies to errors, and credentials.

use serde_json::{Map, Value, json};

use super::{
    Sheet,
    draft::{self, merge, sentence},
    schemas::{self, object_schema},
};
use crate::{Credential, TableKind};

/// What operations share.
#[derive(Default)]
pub(super) struct Components {
    schemas: Map<String, Value>,
    responses: Map<String, Value>,
    security: Map<String, Value>,
}

impl Components {
    /// Adds what a document states.
    pub(super) fn add(&mut self, sheet: &Sheet<'_>) {
        for table in sheet.facts.tables.iter().filter(|table| table.kind == TableKind::Object) {
            if sheet.facts.operation_at(table.span).is_none() {
                let name = schemas::name_of(sheet, table);
                self.schemas.entry(name).or_insert_with(|| object_schema(sheet, table));
            }
        }
        for code in &sheet.facts.error_codes {
            self.responses.entry(code.status.to_string()).or_insert_with(
                || json!({"description": sentence(&code.meaning.text), "x-source": sheet.source(code.span)}),
            );
        }
        for credential in &sheet.facts.credentials {
            let stated = |known: &Credential| known.name == credential.name && known.scheme.is_some();
            // What is said of a header without its scheme says less of the same.
            if credential.scheme.is_some() || !sheet.facts.credentials.iter().any(stated) {
                let (name, scheme) = scheme(credential, &sheet.source(credential.span));
                self.security.entry(name).or_insert(scheme);
            }
        }
    }

    /// The statuses that all operations answer.
    pub(super) fn statuses(&self) -> impl Iterator<Item = &String> {
        self.responses.keys()
    }

    /// What a call carries: all credentials that documents name.
    pub(super) fn requirement(&self) -> Value {
        let needed: Map<String, Value> = self.security.keys().map(|name| (name.clone(), json!([]))).collect();
        if needed.is_empty() { Value::Null } else { json!([needed]) }
    }

    /// All of it.
    pub(super) fn into_value(self) -> Value {
        let mut value = json!({});
        merge(&mut value, "schemas", Value::Object(self.schemas));
        merge(&mut value, "responses", Value::Object(self.responses));
        merge(&mut value, "securitySchemes", Value::Object(self.security));
        value
    }
}

/// A name and the security scheme of a header.
fn scheme(credential: &Credential, source: &Value) -> (String, Value) {
    let scheme = credential.scheme.as_deref().unwrap_or_default().to_lowercase();
    if ["bearer", "basic", "digest"].contains(&scheme.as_str()) {
        let http = json!({"type": "http", "scheme": scheme, "x-source": source});
        return (scheme, http);
    }
    let key = json!({"type": "apiKey", "in": credential.place, "name": credential.name, "x-source": source});
    (draft::key(&credential.name), key)
}
