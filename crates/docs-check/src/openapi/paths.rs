//! The paths of a draft, each once, with operations whose ids differ.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{Sheet, components::Components, draft::operation_ids, path};
use crate::Operation;

/// Path items as they are collected.
#[derive(Default)]
pub(super) struct Paths {
    items: Map<String, Value>,
    /// The template of each shape: two templates that differ only in names are one path.
    templates: BTreeMap<String, String>,
    ids: BTreeSet<String>,
}

impl Paths {
    /// Adds an operation, unless it is there.
    pub(super) fn add(&mut self, sheet: &Sheet<'_>, operation: &Operation) {
        let own = path::template(&operation.path);
        let template = self.templates.entry(path::shape(&own)).or_insert(own);
        let item = self.items.entry(template.as_str()).or_insert_with(|| json!({}));
        let method = operation.method.to_lowercase();
        if item.get(&method).is_some() {
            return;
        }
        let id = operation_ids(operation).find(|id| !self.ids.contains(id));
        if let (Some(item), Some(id)) = (item.as_object_mut(), id) {
            item.insert(method, sheet.operation(operation, &id, template));
            self.ids.insert(id);
        }
    }

    /// All of them; each operation answers what the documents say of all.
    pub(super) fn into_items(mut self, components: &Components) -> Map<String, Value> {
        let operations = self.items.values_mut().filter_map(Value::as_object_mut).flat_map(Map::values_mut);
        for operation in operations.filter_map(Value::as_object_mut) {
            for status in components.statuses() {
                let responses = operation.entry("responses").or_insert_with(|| json!({}));
                if let Some(responses) = responses.as_object_mut() {
                    let shared = || json!({"$ref": format!("#/components/responses/{status}")});
                    responses.entry(status.as_str()).or_insert_with(shared);
                }
            }
        }
        self.items
    }
}
