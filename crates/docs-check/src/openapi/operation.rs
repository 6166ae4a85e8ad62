//! Operations of a draft: parameters, bodies and replies.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    Sheet,
    draft::{merge, sentence},
    path,
    schemas::{example_schema, object_schema, parameter},
};
use crate::{Operation, Role, Table, TableKind};

/// Tables of parameters outside the path, and where `OpenAPI` says these are.
const PLACES: [(TableKind, &str); 3] =
    [(TableKind::Query, "query"), (TableKind::Header, "header"), (TableKind::Cookie, "cookie")];

impl Sheet<'_> {
    /// An operation under an id and the template of its path.
    pub(super) fn operation(&self, operation: &Operation, id: &str, template: &str) -> Value {
        let mut draft = json!({"operationId": id});
        if let Some(heading) = &operation.heading {
            merge(&mut draft, "summary", heading.as_str().into());
        }
        if let Some(description) = &operation.description {
            merge(&mut draft, "description", sentence(&description.text).into());
        }
        merge(&mut draft, "parameters", Value::Array(self.parameters(operation, template)));
        merge(&mut draft, "requestBody", self.request_body(operation));
        merge(&mut draft, "responses", self.responses(operation));
        let deprecated = self.facts.notices.iter().any(|notice| {
            notice.kind == crate::NoticeKind::Deprecated && operation.scope.contains(notice.span)
        });
        if deprecated {
            merge(&mut draft, "deprecated", true.into());
        }
        merge(&mut draft, "x-source", self.source(operation.span));
        draft
    }

    fn tables(&self, operation: &Operation, kind: TableKind) -> impl Iterator<Item = &Table> {
        let scope = operation.scope;
        self.facts.tables.iter().filter(move |table| table.kind == kind && scope.contains(table.span))
    }

    fn parameters(&self, operation: &Operation, template: &str) -> Vec<Value> {
        let mut parameters: Vec<Value> = Vec::new();
        let own = path::template(&operation.path);
        // What this document calls each parameter, and what the path calls it that was there first.
        let named: BTreeMap<&str, &str> = path::names(&own).into_iter().zip(path::names(template)).collect();
        let known = |parameters: &[Value], name: &str, place: &str| {
            parameters.iter().any(|known| known["name"] == name && known["in"] == place)
        };
        for row in self.tables(operation, TableKind::Path).flat_map(|table| &table.rows) {
            let Some(name) = named.get(row.name.text.as_str()) else { continue };
            if !known(&parameters, name, "path") {
                parameters.push(parameter(self, row, name, "path"));
            }
        }
        for name in named.values() {
            if !known(&parameters, name, "path") {
                parameters.push(json!({
                    "name": name, "in": "path", "required": true, "schema": {"type": "string"},
                    "x-source": self.source(operation.span),
                }));
            }
        }
        for (kind, place) in PLACES {
            for row in self.tables(operation, kind).flat_map(|table| &table.rows) {
                if !known(&parameters, &row.name.text, place) {
                    parameters.push(parameter(self, row, &row.name.text, place));
                }
            }
        }
        for word in &operation.query {
            if !known(&parameters, &word.text, "query") {
                parameters.push(json!({
                    "name": word.text, "in": "query", "schema": {}, "x-source": self.source(word.span),
                }));
            }
        }
        parameters
    }

    fn request_body(&self, operation: &Operation) -> Value {
        let example = self
            .facts
            .examples
            .iter()
            .find(|example| example.role == Role::Request && operation.scope.contains(example.span));
        let table = self.tables(operation, TableKind::Body).next();
        let schema = match (table, example) {
            (Some(table), _) => object_schema(self, table),
            (None, Some(example)) => example_schema(self, example),
            (None, None) => return Value::Null,
        };
        let required = schema.get("required").is_some();
        let mut content = json!({"schema": schema});
        if let Some(value) = example.and_then(|example| example.value.clone()) {
            merge(&mut content, "example", value);
        }
        let mut body = json!({"content": {"application/json": content}});
        if required {
            merge(&mut body, "required", true.into());
        }
        body
    }

    fn responses(&self, operation: &Operation) -> Value {
        let mut responses = Map::new();
        let place = self.facts.operations.iter().position(|known| known.span == operation.span);
        let reply = |reply: &&crate::Reply| reply.operation == place && place.is_some();
        for reply in self.facts.replies.iter().filter(reply) {
            let when = reply.when.as_ref().map_or_else(String::new, |when| sentence(&when.text));
            let response = responses
                .entry(reply.status.to_string())
                .or_insert_with(|| json!({"description": when, "x-source": self.source(reply.span)}));
            let example = reply.example.and_then(|index| self.facts.examples.get(index));
            if let Some(example) = example {
                self.show(response, operation, example);
            }
        }
        let shown = self.facts.examples.iter().find(|example| {
            example.role == Role::Reply && example.status.is_none() && operation.scope.contains(example.span)
        });
        if let Some(example) = shown {
            // No document says which success this is.
            let response = responses
                .entry("2XX")
                .or_insert_with(|| json!({"description": "", "x-source": self.source(example.span)}));
            self.show(response, operation, example);
        }
        Value::Object(responses)
    }

    fn show(&self, response: &mut Value, operation: &Operation, example: &crate::Example) {
        let table = self.tables(operation, TableKind::Object).next();
        let schema = match table.filter(|_| example.role == Role::Reply) {
            Some(table) => object_schema(self, table),
            None => example_schema(self, example),
        };
        let mut content = json!({"schema": schema});
        if let Some(value) = &example.value {
            merge(&mut content, "example", value.clone());
        }
        merge(response, "content", json!({"application/json": content}));
    }
}
