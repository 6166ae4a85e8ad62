//! Facts as an `OpenAPI` 3.1 draft: what documents state, each part with its `x-source`, and nothing else.

mod draft;
mod schemas;

use serde_json::{Map, Value, json};

use crate::{
    Document, Facts, Operation, Role, Span, Table, TableKind,
    extract::{Reading, read},
    text::Text,
};
use draft::{merge, operation_id, path_template, sentence};
use schemas::{example_schema, object_schema, parameter};

/// One document, read, as the draft is made from it.
struct Sheet<'d> {
    file: &'d str,
    text: Text<'d>,
    facts: Facts,
}

/// Tables of parameters, and where `OpenAPI` says these are.
const PLACES: [(TableKind, &str); 4] = [
    (TableKind::Path, "path"),
    (TableKind::Query, "query"),
    (TableKind::Header, "header"),
    (TableKind::Cookie, "cookie"),
];

/// What documents state, as an `OpenAPI` 3.1 draft. Of two documents that state one thing the first is taken.
pub fn openapi(documents: &[Document<'_>]) -> Value {
    let sheets = documents.iter().map(|document| {
        let Reading { text, facts, .. } = read(document.bytes);
        Sheet { file: document.name, text, facts }
    });
    let sheets: Vec<Sheet<'_>> = sheets.collect();
    let title = sheets.iter().find_map(Sheet::title).unwrap_or_else(|| "Draft".to_owned());
    let mut draft = json!({
        "openapi": "3.1.0",
        "info": {"title": title, "version": "draft"},
        "paths": {},
    });
    let mut servers = Vec::new();
    let mut paths = Map::new();
    let mut webhooks = Map::new();
    let mut components = Components::default();
    for sheet in &sheets {
        servers.extend(sheet.servers());
        for operation in &sheet.facts.operations {
            let item = paths.entry(path_template(&operation.path)).or_insert_with(|| json!({}));
            if let Some(item) = item.as_object_mut() {
                let method = operation.method.to_lowercase();
                item.entry(method).or_insert_with(|| sheet.operation(operation));
            }
        }
        for (name, hook) in sheet.webhooks() {
            webhooks.entry(name).or_insert(hook);
        }
        components.add(sheet);
    }
    let mut known = Vec::new();
    servers.retain(|server| {
        let url = server.get("url").cloned();
        let fresh = !known.contains(&url);
        known.push(url);
        fresh
    });
    merge(&mut draft, "servers", Value::Array(servers));
    merge(&mut draft, "paths", Value::Object(paths));
    merge(&mut draft, "webhooks", Value::Object(webhooks));
    merge(&mut draft, "components", components.into_value());
    if draft.pointer("/components/securitySchemes/bearer").is_some() {
        merge(&mut draft, "security", json!([{"bearer": []}]));
    }
    draft
}

impl Sheet<'_> {
    /// What the head or the first heading of more than one word calls the document.
    fn title(&self) -> Option<String> {
        let named = self.facts.title.as_ref().map(|title| title.text.to_string());
        let spoken = |heading: &&crate::Heading| heading.title.contains(' ') && !heading.part;
        let first = self.facts.headings.iter().find(spoken).or_else(|| self.facts.headings.first());
        named.or_else(|| first.map(|heading| heading.title.clone()))
    }

    /// Where a fact stands.
    fn source(&self, span: Span) -> Value {
        let span = self.text.in_source(span);
        let (start, end) = (self.text.position(span.start), self.text.position(span.end));
        json!({
            "file": self.file,
            "line": start.line,
            "column": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        })
    }

    fn servers(&self) -> Vec<Value> {
        let stated = self.facts.base_urls.iter().map(
            |base| json!({"url": base.url, "description": base.label, "x-source": self.source(base.span)}),
        );
        let used =
            self.facts.servers.iter().filter(|server| !server.url.contains(['{', '<'])).map(|server| {
                let span = server.spans.first().copied().unwrap_or_default();
                json!({"url": server.url, "x-source": self.source(span)})
            });
        stated.chain(used).collect()
    }

    fn operation(&self, operation: &Operation) -> Value {
        let mut draft = json!({});
        merge(&mut draft, "operationId", operation_id(operation).into());
        if let Some(heading) = &operation.heading {
            merge(&mut draft, "summary", heading.as_str().into());
        }
        if let Some(description) = &operation.description {
            merge(&mut draft, "description", sentence(&description.text).into());
        }
        merge(&mut draft, "parameters", Value::Array(self.parameters(operation)));
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

    fn parameters(&self, operation: &Operation) -> Vec<Value> {
        let mut parameters: Vec<Value> = Vec::new();
        let path = path_template(&operation.path);
        let known = |parameters: &[Value], name: &str, place: &str| {
            parameters.iter().any(|known| known["name"] == name && known["in"] == place)
        };
        for (kind, place) in PLACES {
            for row in self.tables(operation, kind).flat_map(|table| &table.rows) {
                let in_path = path.contains(&format!("{{{}}}", row.name.text));
                if !known(&parameters, &row.name.text, place) && (place != "path" || in_path) {
                    parameters.push(parameter(self, row, place));
                }
            }
        }
        for name in path.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
            if !known(&parameters, name, "path") {
                parameters.push(json!({
                    "name": name, "in": "path", "required": true, "schema": {"type": "string"},
                    "x-source": self.source(operation.span),
                }));
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

    fn webhooks(&self) -> Vec<(String, Value)> {
        let hooks = self.facts.webhooks.iter().map(|webhook| {
            let table = webhook.table.and_then(|index| self.facts.tables.get(index));
            let example = webhook.example.and_then(|index| self.facts.examples.get(index));
            let mut schema = match (table, example) {
                (Some(table), _) => object_schema(self, table),
                (None, Some(example)) => example_schema(self, example),
                (None, None) => json!({}),
            };
            let guaranteed: Vec<&str> = webhook.guaranteed.iter().map(|word| word.text.as_str()).collect();
            if !guaranteed.is_empty() {
                merge(&mut schema, "required", json!(guaranteed));
            }
            let mut content = json!({"schema": schema});
            if let Some(value) = example.and_then(|example| example.value.clone()) {
                merge(&mut content, "example", value);
            }
            let headers: Vec<Value> = self
                .facts
                .signatures
                .iter()
                .map(|signature| {
                    json!({
                        "name": signature.header.text, "in": "header", "schema": {"type": "string"},
                        "x-source": self.source(signature.header.span),
                    })
                })
                .collect();
            let mut post = json!({
                "summary": webhook.name,
                "requestBody": {"content": {"application/json": content}},
            });
            merge(&mut post, "parameters", Value::Array(headers));
            merge(&mut post, "x-source", self.source(webhook.span));
            (webhook.name.clone(), json!({"post": post}))
        });
        hooks.collect()
    }
}

/// What operations share.
#[derive(Default)]
struct Components {
    schemas: Map<String, Value>,
    responses: Map<String, Value>,
    security: Map<String, Value>,
}

impl Components {
    fn add(&mut self, sheet: &Sheet<'_>) {
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
            let source = sheet.source(credential.span);
            let bearer =
                credential.scheme.as_deref().is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer"));
            let (name, scheme) = if bearer {
                ("bearer".to_owned(), json!({"type": "http", "scheme": "bearer", "x-source": source}))
            } else {
                let scheme = json!({
                    "type": "apiKey", "in": credential.place, "name": credential.name, "x-source": source,
                });
                (credential.name.clone(), scheme)
            };
            self.security.entry(name).or_insert(scheme);
        }
    }

    fn into_value(self) -> Value {
        let mut value = json!({});
        merge(&mut value, "schemas", Value::Object(self.schemas));
        merge(&mut value, "responses", Value::Object(self.responses));
        merge(&mut value, "securitySchemes", Value::Object(self.security));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# Boats\n\n`Authorization: Bearer x`\n\n## Fetch Boat\n\nThis fetches a boat.\n\n\
        > Example response:\n\nSTATUS 201\n\n```json\n{\"name\": \"Argo\", \"oars\": 50}\n```\n\n\
        `GET https://b.test/boats/:boatId?full=true`\n\n### URL Parameters\n\n\
        Parameter | Description\n--|--\nboatId | The boat (uuid)\n\n## Add Boat\n\n`POST https://b.test/boats`\n\n\
        Body Parameter | Description | Required?\n--|--|--\nname | Its name, at most 9 characters | Y\n\
        rig | One of `sloop` or `yawl` | N\n\nThis will throw a 409 if it is there.\n";

    fn check(pointer: &str, expected: &Value) {
        let draft = openapi(&[Document { name: "b.md", bytes: PAGE.as_bytes() }]);
        assert_eq!(draft.pointer(pointer), Some(expected), "{draft:#}");
    }

    #[test]
    fn facts_become_a_draft() {
        check("/servers/0/url", &json!("https://b.test"));
        check("/security", &json!([{"bearer": []}]));
        check("/paths/~1boats~1{boatId}/get/operationId", &json!("fetchBoat"));
        check("/paths/~1boats~1{boatId}/get/description", &json!("This fetches a boat."));
        check(
            "/paths/~1boats~1{boatId}/get/parameters/0/schema",
            &json!({"type": "string", "format": "uuid"}),
        );
        check("/paths/~1boats~1{boatId}/get/parameters/1/name", &json!("full"));
        let reply = "/paths/~1boats~1{boatId}/get/responses/201/content/application~1json";
        check(&format!("{reply}/schema/properties/oars/type"), &json!("integer"));
        check(&format!("{reply}/example"), &json!({"name": "Argo", "oars": 50}));
        let body = "/paths/~1boats/post/requestBody/content/application~1json/schema";
        check(&format!("{body}/required"), &json!(["name"]));
        check(&format!("{body}/properties/rig/enum"), &json!(["sloop", "yawl"]));
        check(&format!("{body}/properties/name/maxLength"), &json!(9));
        check(
            &format!("{body}/properties/rig/x-source"),
            &json!({"file": "b.md", "line": 32, "column": 1, "endLine": 32, "endColumn": 4}),
        );
        check("/paths/~1boats/post/responses/409/description", &json!("if it is there"));
    }
}
