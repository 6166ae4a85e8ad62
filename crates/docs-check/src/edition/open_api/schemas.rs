//! Schemas as nodes: each once, however often it is referred to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    Places,
    needs::{needs, required_only},
};
use crate::edition::surface::{Bound, Field, Need, Node, NodeId, Surface, Type};

/// Schemas that belong together by `allOf` and references beyond this do not belong to anything.
const PARTS_MAX: usize = 64;

/// The nodes of the schemas of one document.
pub(super) struct Schemas<'d> {
    pub(super) surface: Surface,
    root: &'d Value,
    places: &'d Places,
    file: usize,
    known: BTreeMap<String, NodeId>,
    /// Nodes that are still empty, with what they will hold.
    open: Vec<(NodeId, String)>,
}

/// A schema and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Part<'d> {
    pub(super) schema: &'d Map<String, Value>,
    pointer: String,
}

impl<'d> Schemas<'d> {
    pub(super) const fn new(root: &'d Value, places: &'d Places, file: usize, surface: Surface) -> Self {
        Self { surface, root, places, file, known: BTreeMap::new(), open: Vec::new() }
    }

    /// The surface with every node filled.
    pub(super) fn finish(mut self) -> Surface {
        while let Some((id, pointer)) = self.open.pop() {
            let node = self.read(&pointer);
            if let Some(known) = self.surface.nodes.get_mut(id) {
                *known = node;
            }
        }
        self.surface
    }

    /// The node of the schema at a pointer. It is filled when all are.
    pub(super) fn node(&mut self, pointer: &str) -> NodeId {
        let pointer = self.followed(pointer);
        if let Some(known) = self.known.get(&pointer) {
            return *known;
        }
        let id = self.surface.add(Node { at: self.places.at(self.file, &pointer), ..Node::default() });
        self.known.insert(pointer.clone(), id);
        self.open.push((id, pointer));
        id
    }

    /// Where a schema that says nothing but a reference leads.
    fn followed(&self, pointer: &str) -> String {
        let mut pointer = pointer.to_owned();
        for _ in 0..PARTS_MAX {
            let Some(schema) = self.root.pointer(&pointer).and_then(Value::as_object) else { break };
            let plain = schema.keys().all(|key| ANNOTATIONS.contains(&key.as_str()) || key.starts_with("x-"));
            let target =
                schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
            match target.filter(|target| plain && self.root.pointer(target).is_some()) {
                Some(target) => target.clone_into(&mut pointer),
                None => break,
            }
        }
        pointer
    }

    /// A schema with everything that it says by reference or `allOf`.
    fn parts(&self, pointer: &str) -> Vec<Part<'d>> {
        let mut parts: Vec<Part<'d>> = Vec::new();
        let mut open = vec![pointer.to_owned()];
        let mut seen = BTreeSet::new();
        while let Some(pointer) = open.pop() {
            let schema = self.root.pointer(&pointer).and_then(Value::as_object);
            let Some(schema) = schema.filter(|_| parts.len() < PARTS_MAX && seen.insert(pointer.clone()))
            else {
                continue;
            };
            let target =
                schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
            open.extend(target.map(str::to_owned));
            let all = schema.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
            open.extend((0..all).rev().map(|index| format!("{pointer}/allOf/{index}")));
            // One way to be something else than null is that something.
            for keyword in ["anyOf", "oneOf"] {
                let ways = ways(schema, &pointer, keyword);
                if let [only] = ways.as_slice() {
                    open.push(only.clone());
                }
            }
            parts.push(Part { schema, pointer });
        }
        parts
    }

    fn read(&mut self, pointer: &str) -> Node {
        let at = |schemas: &Self, pointer: &str| schemas.places.at(schemas.file, pointer);
        let mut node = Node { at: at(self, pointer), name: component(pointer), ..Node::default() };
        let parts = self.parts(pointer);
        for part in &parts {
            let schema = part.schema;
            types(schema, &mut node);
            node.format = node.format.take().or_else(|| text(schema, "format"));
            node.pattern = node.pattern.take().or_else(|| text(schema, "pattern"));
            limits(schema, &mut node.limits);
            node.closed |= schema.get("additionalProperties") == Some(&Value::Bool(false))
                || schema.get("unevaluatedProperties") == Some(&Value::Bool(false));
            for (key, member) in [("enum", None), ("const", schema.get("const"))] {
                let listed = schema.get(key).and_then(Value::as_array).filter(|_| member.is_none());
                let words = listed.into_iter().flatten().chain(member);
                let place = at(self, &format!("{}/{key}", part.pointer));
                for word in words {
                    let told = word.as_str().map_or_else(|| word.to_string(), str::to_owned);
                    node.words.get_or_insert_default().insert(told, place.clone());
                }
            }
            if schema.contains_key("items") {
                node.items = Some(self.node(&format!("{}/items", part.pointer)));
            }
            self.alternatives(part, &mut node);
            self.fields(part, &mut node);
        }
        needs(&parts, &mut node.fields);
        if node.types.is_empty() && !node.fields.is_empty() {
            node.types.insert(Type::Object);
        }
        node
    }

    fn fields(&mut self, part: &Part<'d>, node: &mut Node) {
        let properties = part.schema.get("properties").and_then(Value::as_object);
        for (name, schema) in properties.into_iter().flatten() {
            let pointer = format!("{}/properties/{}", part.pointer, escaped(name));
            let at = self.places.at(self.file, &pointer);
            let told = |key: &str| schema.get(key).and_then(Value::as_str).map(str::to_owned);
            let deprecated = schema.get("deprecated").and_then(Value::as_bool) == Some(true);
            let field = Field {
                node: self.node(&pointer),
                need: Need::Optional,
                default: schema.get("default").map(Value::to_string),
                description: told("description"),
                deprecated: deprecated.then(|| at.clone()),
                listed: true,
                at,
            };
            node.fields.insert(name.clone(), field);
        }
    }

    /// The ways that a value can look, by what tells them apart. Ways that are all words make one list.
    fn alternatives(&mut self, part: &Part<'d>, node: &mut Node) {
        for keyword in ["oneOf", "anyOf"] {
            if part.schema.get(keyword).and_then(Value::as_array).into_iter().flatten().any(is_null) {
                node.types.insert(Type::Null);
            }
            let ways = ways(part.schema, &part.pointer, keyword);
            if ways.len() < 2 {
                continue;
            }
            let words: Option<Vec<(String, String)>> = ways.iter().map(|way| self.word(way)).collect();
            if let Some(words) = words {
                let listed = node.words.get_or_insert_default();
                for (word, pointer) in words {
                    listed.insert(word, self.places.at(self.file, &pointer));
                }
                continue;
            }
            for (index, way) in ways.iter().enumerate() {
                let label = self.label(way).unwrap_or_else(|| format!("alternative {}", index + 1));
                let id = self.node(way);
                node.alternatives.insert(label, id);
            }
        }
    }

    /// The only word that an alternative can be.
    fn word(&self, pointer: &str) -> Option<(String, String)> {
        let schema = self.root.pointer(pointer)?;
        let word = schema.get("const").or_else(|| match schema.get("enum")?.as_array()?.as_slice() {
            [only] => Some(only),
            _ => None,
        })?;
        Some((word.as_str().map_or_else(|| word.to_string(), str::to_owned), pointer.to_owned()))
    }

    /// What tells an alternative apart: the constant of a member, else its name, else its type.
    fn label(&self, pointer: &str) -> Option<String> {
        let target = self.followed(pointer);
        let schema = self.root.pointer(&target)?;
        let properties = schema.get("properties").and_then(Value::as_object);
        let constant = properties
            .into_iter()
            .flatten()
            .find_map(|(name, member)| Some(format!("`{name}` = `{}`", member.get("const")?.as_str()?)));
        let title = || schema.get("title").and_then(Value::as_str).map(str::to_owned);
        let kind = || schema.get("type").and_then(Value::as_str).map(|kind| format!("of type {kind}"));
        constant.or_else(|| component(&target)).or_else(title).or_else(kind)
    }
}

/// Keywords beside a reference that say nothing about values.
const ANNOTATIONS: [&str; 10] = [
    "$ref",
    "description",
    "title",
    "default",
    "deprecated",
    "example",
    "examples",
    "readOnly",
    "writeOnly",
    "$comment",
];

/// A part of a JSON pointer.
pub(super) fn escaped(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

/// The name of the model that stands at a pointer.
fn component(pointer: &str) -> Option<String> {
    let name = pointer.strip_prefix("/components/schemas/").or_else(|| pointer.strip_prefix("/$defs/"))?;
    (!name.contains('/')).then(|| name.replace("~1", "/").replace("~0", "~"))
}

fn text(schema: &Map<String, Value>, key: &str) -> Option<String> {
    schema.get(key).and_then(Value::as_str).map(str::to_owned)
}

/// The alternatives of a schema that say what a value is, without null.
fn ways(schema: &Map<String, Value>, pointer: &str, keyword: &str) -> Vec<String> {
    let ways = schema.get(keyword).and_then(Value::as_array).into_iter().flatten().enumerate();
    let ways = ways.filter(|(_, way)| !is_null(way) && required_only(way).is_none());
    ways.map(|(index, _)| format!("{pointer}/{keyword}/{index}")).collect()
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|kind| kind == "null") || schema.get("const").is_some_and(Value::is_null)
}

fn types(schema: &Map<String, Value>, node: &mut Node) {
    let names = match schema.get("type") {
        Some(Value::String(name)) => vec![name.as_str()],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    node.types.extend(names.into_iter().filter_map(Type::named));
    if schema.get("nullable").and_then(Value::as_bool) == Some(true) {
        node.types.insert(Type::Null);
    }
}

fn limits(schema: &Map<String, Value>, limits: &mut BTreeMap<&'static str, Bound>) {
    const AT_MOST: [&str; 5] = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];
    const AT_LEAST: [&str; 5] = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
    for key in AT_MOST {
        if let Some(value) = schema.get(key).and_then(Value::as_f64) {
            limits.insert(excluded(schema, key), Bound::AtMost(value));
        }
    }
    for key in AT_LEAST {
        if let Some(value) = schema.get(key).and_then(Value::as_f64) {
            limits.insert(excluded(schema, key), Bound::AtLeast(value));
        }
    }
}

/// The keyword of 3.1 for a bound: 3.0 tells in another member whether the bound itself is left out.
fn excluded(schema: &Map<String, Value>, key: &'static str) -> &'static str {
    let out = |member: &str| schema.get(member) == Some(&Value::Bool(true));
    match key {
        "maximum" if out("exclusiveMaximum") => "exclusiveMaximum",
        "minimum" if out("exclusiveMinimum") => "exclusiveMinimum",
        _ => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pointer: &str, expected: Option<&str>) {
        assert_eq!(component(pointer).as_deref(), expected, "{pointer}");
    }

    #[test]
    fn components_are_named_by_their_pointer() {
        check("/components/schemas/Boat", Some("Boat"));
        check("/components/schemas/Boat/properties/name", None);
        check("/$defs/Boat", Some("Boat"));
        check("", None);
    }
}
