//! The JSON Schemas of an API's models, for what a caller sends and for what it receives.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

/// Schema keyword that holds the [`Source`](crate::Source) of a model or field.
pub const SOURCE_KEY: &str = "x-source";
/// Schema keyword that holds the [`Basis`](crate::Basis) of a model or field.
pub const BASIS_KEY: &str = "x-basis";
/// Schema keyword of a field whose value never appears in logs, findings or recordings.
pub const SENSITIVE_KEY: &str = "x-sensitive";
/// Schema keyword of a field that says who somebody is, how to reach them or what they own: names, birth dates, addresses,
/// telephone numbers, vehicles. Beyond the machine that debugs it is masked.
pub const PERSONAL_KEY: &str = "x-personal";
/// Schema keyword of a field that holds an instant: how it writes it. `rfc3339`, which the format `date-time` says as
/// well; `epoch-milliseconds`, a number since the start of 1970; or an object with `prefix`, `suffix` and `unit`
/// (`seconds` or `milliseconds`), text with the number since then between the two.
pub const INSTANT_KEY: &str = "x-instant";

/// Which way a payload travels. What may be left out when it is sent can be guaranteed when it is received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the caller to the API: the deserialize contract.
    Request,
    /// From the API to the caller: the serialize contract.
    Reply,
}

/// Collects the schemas of types, each model once.
#[derive(Debug)]
pub struct Schemas {
    request: SchemaGenerator,
    reply: SchemaGenerator,
}

impl Default for Schemas {
    fn default() -> Self {
        let settings = || {
            SchemaSettings::draft2020_12().with(|settings| {
                settings.meta_schema = None;
            })
        };
        Self {
            request: settings().for_deserialize().into_generator(),
            reply: settings().for_serialize().into_generator(),
        }
    }
}

impl Schemas {
    /// The schema of `T`: a `$ref` into the collected definitions where `T` is a model.
    pub fn collect<T: JsonSchema>(&mut self, direction: Direction) -> Schema {
        match direction {
            Direction::Request => self.request.subschema_for::<T>(),
            Direction::Reply => self.reply.subschema_for::<T>(),
        }
    }

    /// Adds the models that stand inside a schema that stands alone.
    pub(crate) fn adopt(&mut self, standalone: &Value) {
        let definitions = standalone.get("$defs").and_then(Value::as_object);
        for (name, schema) in definitions.into_iter().flatten() {
            self.request.definitions_mut().entry(name.clone()).or_insert_with(|| schema.clone());
        }
    }

    /// Every model by name. A model that travels both ways has one schema; where the two differ, the request's
    /// is also listed, under the name followed by `Request`.
    pub fn into_definitions(mut self) -> Map<String, Value> {
        let requests = self.request.take_definitions(true);
        let mut definitions = self.reply.take_definitions(true);
        for (name, schema) in requests {
            match definitions.get(&name) {
                None => drop(definitions.insert(name, schema)),
                Some(reply) if *reply == schema => {}
                Some(_) => drop(definitions.insert(format!("{name}Request"), schema)),
            }
        }
        definitions.sort_keys();
        definitions
    }
}

/// A schema that stands alone: `schema` with those of `definitions` that it reaches, under `$defs`.
pub(crate) fn bundle(schema: &Value, definitions: &Map<String, Value>) -> Value {
    let mut reached = Map::new();
    let mut open = references(schema);
    while let Some(name) = open.pop() {
        if reached.contains_key(&name) {
            continue;
        }
        if let Some(definition) = definitions.get(&name) {
            open.extend(references(definition));
            reached.insert(name, definition.clone());
        }
    }
    let mut bundled = schema.clone();
    if let (Some(object), false) = (bundled.as_object_mut(), reached.is_empty()) {
        reached.sort_keys();
        object.insert("$defs".to_owned(), Value::Object(reached));
    }
    bundled
}

/// The names of the definitions that `schema` refers to directly.
fn references(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(object) => object
            .iter()
            .flat_map(|(key, value)| match value.as_str() {
                Some(target) if key == "$ref" => {
                    target.strip_prefix("#/$defs/").map(str::to_owned).into_iter().collect()
                }
                _ => references(value),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

/// The schema of one type for one direction, standing alone. Its own members stand at the top, not behind a `$ref`.
pub(crate) fn standalone<T: JsonSchema>(direction: Direction) -> Value {
    let mut schemas = Schemas::default();
    let schema = schemas.collect::<T>(direction).to_value();
    let definitions = match direction {
        Direction::Request => schemas.request.take_definitions(true),
        Direction::Reply => schemas.reply.take_definitions(true),
    };
    let target =
        schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix("#/$defs/"));
    let own = target.and_then(|name| definitions.get(name));
    bundle(own.unwrap_or(&schema), &definitions)
}

/// The schema of an object with no members.
pub(crate) fn is_nothing(schema: &Value) -> bool {
    let object = schema.get("type") == Some(&json!("object"));
    object && schema.get("properties").and_then(Value::as_object).is_none_or(Map::is_empty)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::Nothing;

    #[derive(Deserialize, JsonSchema)]
    #[expect(dead_code, reason = "only its schema matters")]
    struct Boat {
        hull: Hull,
    }

    #[derive(Deserialize, JsonSchema)]
    #[expect(dead_code, reason = "only its schema matters")]
    struct Hull {
        length: f64,
    }

    #[test]
    fn a_schema_that_stands_alone_shows_its_members_at_the_top() {
        let boat = standalone::<Boat>(Direction::Request);
        assert_eq!(boat.pointer("/properties/hull"), Some(&json!({"$ref": "#/$defs/Hull"})));
        assert_eq!(boat.pointer("/$defs/Hull/required"), Some(&json!(["length"])));
        assert!(!is_nothing(&boat));
        assert!(is_nothing(&standalone::<Nothing>(Direction::Request)));
    }

    #[test]
    fn models_inside_an_adopted_schema_are_models() {
        let mut schemas = Schemas::default();
        schemas.adopt(&standalone::<Boat>(Direction::Request));
        assert_eq!(schemas.into_definitions().keys().collect::<Vec<_>>(), ["Hull"]);
    }
}
