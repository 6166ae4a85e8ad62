//! Facts as an `OpenAPI` 3.1 draft: what documents state, each part with its `x-source`, and nothing else.

mod components;
mod draft;
mod operation;
mod path;
mod paths;
mod schemas;
mod servers;
mod webhooks;

use serde_json::{Map, Value, json};

use crate::{
    Document, Facts, Span,
    extract::{Reading, read},
    text::Text,
};
use components::Components;
use draft::merge;
use paths::Paths;

/// One document, read, as the draft is made from it.
struct Sheet<'d> {
    file: &'d str,
    text: Text<'d>,
    facts: Facts,
}

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
    let mut paths = Paths::default();
    let mut webhooks = Map::new();
    let mut components = Components::default();
    for sheet in &sheets {
        for operation in &sheet.facts.operations {
            paths.add(sheet, operation);
        }
        for (name, hook) in sheet.webhooks() {
            webhooks.entry(name).or_insert(hook);
        }
        components.add(sheet);
    }
    merge(&mut draft, "servers", Value::Array(servers::servers(&sheets)));
    merge(&mut draft, "paths", Value::Object(paths.into_items(&components)));
    merge(&mut draft, "webhooks", Value::Object(webhooks));
    merge(&mut draft, "security", components.requirement());
    merge(&mut draft, "components", components.into_value());
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
