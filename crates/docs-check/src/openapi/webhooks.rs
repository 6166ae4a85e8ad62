//! Webhooks of a draft.

use serde_json::{Value, json};

use super::{
    Sheet,
    draft::merge,
    schemas::{example_schema, object_schema, once},
};

impl Sheet<'_> {
    /// What the document sends on its own account, by name.
    pub(super) fn webhooks(&self) -> Vec<(String, Value)> {
        let hooks = self.facts.webhooks.iter().map(|webhook| {
            let table = webhook.table.and_then(|index| self.facts.tables.get(index));
            let example = webhook.example.and_then(|index| self.facts.examples.get(index));
            let mut schema = match (table, example) {
                (Some(table), _) => object_schema(self, table),
                (None, Some(example)) => example_schema(self, example),
                (None, None) => json!({}),
            };
            let guaranteed = once(webhook.guaranteed.iter().map(|word| word.text.as_str()));
            if !guaranteed.is_empty() {
                merge(&mut schema, "required", json!(guaranteed));
            }
            let mut content = json!({"schema": schema});
            if let Some(value) = example.and_then(|example| example.value.clone()) {
                merge(&mut content, "example", value);
            }
            let mut headers: Vec<Value> = Vec::new();
            for header in self.facts.signatures.iter().map(|signature| &signature.header) {
                if headers.iter().all(|known| known["name"] != header.text.as_str()) {
                    headers.push(json!({
                        "name": header.text, "in": "header", "schema": {"type": "string"},
                        "x-source": self.source(header.span),
                    }));
                }
            }
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
