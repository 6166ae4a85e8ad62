//! Examples of models that show none, put together from the examples of what they hold.

use serde_json::{Map, Value};

use super::{Examples, declared};
use crate::member::{self, Need, members};

impl Examples {
    /// A value for a schema: an example of the model that it refers to, or its needed members put together. `None` where
    /// something that it needs shows no example yet.
    pub(super) fn composed(&self, name: &str, schema: &Value) -> Option<Value> {
        if let Some(model) = member::target(schema) {
            return self.of_model(model).first().cloned();
        }
        if let Some(example) = declared(schema).first().or_else(|| schema.get("const")) {
            return Some(example.clone());
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(alternatives) = schema.get(keyword).and_then(Value::as_array) {
                return alternatives.iter().find_map(|alternative| self.composed(name, alternative));
            }
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("object") => {
                let mut object = Map::new();
                for needed in members(schema).iter().filter(|member| member.need == Need::Always) {
                    object.insert(needed.name.to_owned(), self.composed(needed.name, needed.schema)?);
                }
                Some(Value::Object(object))
            }
            Some("array") => Some(Value::Array(vec![self.composed(name, schema.get("items")?)?])),
            Some("null") => Some(Value::Null),
            _ => self.members.get(name)?.first().cloned(),
        }
    }
}
