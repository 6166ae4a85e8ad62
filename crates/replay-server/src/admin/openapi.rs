//! The controls as an OpenAPI document, made from their table.

use axum::response::Response;
use http::StatusCode;
use serde_json::{Map, Value, json};

use super::routes::{self, Route, Verb};
use crate::vendor;

pub(super) async fn show() -> Response {
    vendor::json(StatusCode::OK, &document())
}

fn document() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in routes::all() {
        let path = route.path.replace("{*", "{");
        let parameters = path_parameters(&path);
        let item = paths.entry(path).or_insert_with(|| json!({ "parameters": parameters }));
        let Some(operations) = item.as_object_mut() else { continue };
        for method in methods(route.verb) {
            operations.insert((*method).to_owned(), operation(&route, method));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Controls of the Estoppel replay server",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Sessions, clocks, journals and webhooks. No vendor has these paths.",
        },
        "paths": paths,
        "components": {
            "schemas": {
                "Error": {
                    "type": "object",
                    "required": ["error", "help"],
                    "properties": {
                        "error": {"type": "string", "description": "What is wrong."},
                        "help": {"type": "string", "description": "What to do about it."},
                    },
                },
            },
        },
    })
}

const fn methods(verb: Verb) -> &'static [&'static str] {
    match verb {
        Verb::Get => &["get"],
        Verb::Post => &["post"],
        Verb::Delete => &["delete"],
        Verb::Any => &["get", "post", "put", "delete"],
    }
}

fn operation(route: &Route, method: &str) -> Value {
    let id = match route.verb {
        Verb::Any => format!("{}-{method}", route.id),
        Verb::Get | Verb::Post | Verb::Delete => route.id.to_owned(),
    };
    let error = json!({"schema": {"$ref": "#/components/schemas/Error"}});
    let mut operation = json!({
        "operationId": id,
        "summary": route.summary,
        "responses": {
            route.status.to_string(): {
                "description": "Done.",
                "content": {"application/json": {"schema": {"type": "object", "required": route.reply}}},
            },
            "default": {"description": "Not done, and why.", "content": {"application/json": error}},
        },
    });
    let Some(members) = operation.as_object_mut() else { return operation };
    if !route.query.is_empty() {
        let described = route.query.iter().map(|parameter| {
            json!({
                "name": parameter.name,
                "in": "query",
                "description": parameter.description,
                "schema": {"type": parameter.kind},
            })
        });
        members.insert("parameters".to_owned(), described.collect::<Vec<_>>().into());
    }
    if let Some(body) = route.body {
        members
            .insert("requestBody".to_owned(), json!({"content": {"application/json": {"schema": body()}}}));
    }
    operation
}

/// The parameters that stand in a path.
fn path_parameters(path: &str) -> Vec<Value> {
    let names = path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
    let described = names.map(|name| {
        let schema = if name == "id" { json!({"type": "integer"}) } else { json!({"type": "string"}) };
        json!({"name": name, "in": "path", "required": true, "schema": schema})
    });
    described.collect()
}
