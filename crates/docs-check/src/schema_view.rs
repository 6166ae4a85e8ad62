//! A JSON Schema of the contract, as documentation sees it: members, types, words, what is required.

use std::{collections::BTreeSet, sync::Arc};

use estoppel_contract::{BASIS_KEY, Contract};
use serde_json::Value;

/// Reference upon reference upon reference beyond this names itself.
const REFERENCES_MAX: usize = 16;
/// Numbers beyond this are no limit: they are where doubles lose integers.
const LIMIT_MAX: f64 = 9_007_199_254_740_990.0;

/// A schema with everything that it refers to.
#[derive(Clone, Debug)]
pub(crate) struct SchemaView {
    root: Arc<Value>,
    /// The part of it that is looked at, without definitions.
    part: Value,
    /// The model that the part refers to.
    model: Option<String>,
}

impl SchemaView {
    /// A schema that refers to the contract's models.
    pub(crate) fn of_model(contract: &Contract, schema: &Value) -> Self {
        Self { part: schema.clone(), root: Arc::new(contract.bundle(schema)), model: None }.resolved()
    }

    /// A schema that stands alone.
    pub(crate) fn standalone(schema: &Value) -> Self {
        let mut part = schema.clone();
        if let Some(part) = part.as_object_mut() {
            part.remove("$defs");
        }
        Self { part, root: Arc::new(schema.clone()), model: None }.resolved()
    }

    fn at(&self, part: &Value) -> Self {
        Self { root: Arc::clone(&self.root), part: part.clone(), model: None }.resolved()
    }

    /// Follows references; what stands beside a reference stays. What may also be null is what it is otherwise.
    fn resolved(mut self) -> Self {
        for _ in 0..REFERENCES_MAX {
            if let Some(other) = self.beside_null() {
                self.part = other;
            }
            let target =
                self.part.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
            if self.model.is_none() {
                self.model = target.and_then(|target| target.strip_prefix("/$defs/")).map(str::to_owned);
            }
            let Some(target) = target.and_then(|target| self.root.pointer(target)) else { break };
            let mut merged = target.clone();
            if let (Some(merged), Some(beside)) = (merged.as_object_mut(), self.part.as_object()) {
                for (key, value) in beside.iter().filter(|(key, _)| *key != "$ref" && *key != "$defs") {
                    merged.entry(key).or_insert_with(|| value.clone());
                    if key == "default" || key == BASIS_KEY {
                        merged.insert(key.clone(), value.clone());
                    }
                }
            }
            self.part = merged;
        }
        self
    }

    /// The only alternative to null, where there is one.
    fn beside_null(&self) -> Option<Value> {
        let branches = self.part.get("anyOf").and_then(Value::as_array)?;
        let is_null = |branch: &&Value| branch.get("type").is_some_and(|name| name == "null");
        let mut others = branches.iter().filter(|branch| !is_null(branch));
        let only = others
            .next()
            .filter(|_| branches.len() == 2 && branches.iter().any(|branch| is_null(&branch)))?;
        Some(only.clone())
    }

    /// Whether it is an object without any member.
    pub(crate) fn is_nothing(&self) -> bool {
        self.names().is_empty()
            && self.part.get("oneOf").is_none()
            && self.part.get("type").is_some_and(|t| t == "object")
    }

    fn branches(&self, keyword: &str) -> Vec<Self> {
        let branches = self.part.get(keyword).and_then(Value::as_array);
        branches.into_iter().flatten().map(|branch| self.at(branch)).collect()
    }

    /// The ways that an object can look, where the schema lists several.
    pub(crate) fn alternatives(&self) -> Vec<Self> {
        let mut alternatives = self.branches("oneOf");
        alternatives.extend(
            self.branches("anyOf").into_iter().filter(|branch| branch.part.get("properties").is_some()),
        );
        alternatives
    }

    /// The members that objects of this schema can have. Of alternatives: those that all of them have.
    pub(crate) fn names(&self) -> BTreeSet<String> {
        let own = self.part.get("properties").and_then(Value::as_object);
        let mut names: BTreeSet<String> = own.into_iter().flat_map(|own| own.keys().cloned()).collect();
        for branch in self.branches("allOf") {
            names.extend(branch.names());
        }
        let shared = self.branches("oneOf").into_iter().map(|branch| branch.names());
        if let Some(shared) = shared.reduce(|all, branch| all.intersection(&branch).cloned().collect()) {
            names.extend(shared);
        }
        names
    }

    /// The schema of a member.
    pub(crate) fn member(&self, name: &str) -> Option<Self> {
        if let Some(own) = self.part.get("properties").and_then(|own| own.get(name)) {
            return Some(self.at(own));
        }
        let mut branches = self.branches("allOf");
        branches.extend(self.branches("oneOf"));
        branches.iter().find_map(|branch| branch.member(name))
    }

    /// The schema of the items of an array.
    pub(crate) fn items(&self) -> Option<Self> {
        self.part.get("items").map(|items| self.at(items))
    }

    /// The schema of what stands at a JSON pointer.
    pub(crate) fn inside(&self, pointer: &str) -> Option<Self> {
        let mut view = self.clone();
        for step in pointer.split('/').skip(1) {
            view = view.member(step).or_else(|| view.items())?;
        }
        Some(view)
    }

    /// Whether a member must be there; `None` where that depends on other members.
    pub(crate) fn requires(&self, name: &str) -> Option<bool> {
        let listed = |part: &Value| {
            let required = part.get("required").and_then(Value::as_array);
            required.is_some_and(|required| required.iter().any(|known| known == name))
        };
        if listed(&self.part)
            || self.branches("allOf").iter().any(|branch| branch.requires(name) == Some(true))
        {
            return Some(true);
        }
        let alternatives = self.branches("oneOf");
        if !alternatives.is_empty() && alternatives.iter().all(|branch| branch.requires(name) == Some(true)) {
            return Some(true);
        }
        let conditional = ["anyOf", "oneOf", "then", "else", "dependentRequired", "if"];
        let mentioned =
            conditional.iter().filter_map(|keyword| self.part.get(*keyword)).any(|part| mentions(part, name));
        if mentioned { None } else { Some(false) }
    }

    /// The type, such as `string`; an integer is told from a number.
    pub(crate) fn type_name(&self) -> Option<&str> {
        match self.part.get("type") {
            Some(Value::String(name)) => Some(name),
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).find(|name| *name != "null"),
            _ => self.words().map(|_| "string"),
        }
    }

    /// The format, such as `uuid`.
    pub(crate) fn format(&self) -> Option<&str> {
        self.part.get("format").and_then(Value::as_str)
    }

    /// The words that it can be, where they are a closed list.
    pub(crate) fn words(&self) -> Option<Vec<String>> {
        let listed = self.part.get("enum").and_then(Value::as_array);
        if let Some(listed) = listed {
            return listed.iter().map(|word| word.as_str().map(str::to_owned)).collect();
        }
        if let Some(word) = self.part.get("const").and_then(Value::as_str) {
            return Some(vec![word.to_owned()]);
        }
        let branches = self.branches("oneOf");
        let words: Option<Vec<Vec<String>>> = branches.iter().map(Self::words).collect();
        words
            .map(Vec::<Vec<String>>::into_iter)
            .map(Iterator::flatten)
            .map(Iterator::collect)
            .filter(|words: &Vec<String>| !words.is_empty())
    }

    /// The constant texts that its members must be, by member: what tells alternatives apart.
    pub(crate) fn tags(&self) -> Vec<(String, String)> {
        let names = self.names();
        let tags = names.into_iter().filter_map(|name| {
            let constant = self.member(&name)?.part.get("const")?.as_str()?.to_owned();
            Some((name, constant))
        });
        tags.collect()
    }

    pub(crate) fn default(&self) -> Option<&Value> {
        self.part.get("default")
    }

    /// The number that a keyword such as `maximum` gives, unless it is where doubles lose integers.
    pub(crate) fn limit(&self, keyword: &str) -> Option<f64> {
        self.part.get(keyword).and_then(Value::as_f64).filter(|limit| *limit < LIMIT_MAX)
    }

    /// The name of the model that it refers to.
    pub(crate) fn model(&self) -> Option<&str> {
        self.model.as_deref()
    }

    /// What tells it from other schemas of the same definitions.
    pub(crate) fn part(&self) -> &Value {
        &self.part
    }

    /// Whether documents state it, or only we do.
    pub(crate) fn is_documented(&self) -> bool {
        let basis = self.part.get(BASIS_KEY).and_then(Value::as_str);
        !matches!(basis, Some("ruled" | "inferred"))
    }

    /// The schema itself, with everything that it refers to.
    pub(crate) fn to_schema(&self) -> Value {
        let mut schema = self.part.clone();
        if let (Some(schema), Some(definitions)) = (schema.as_object_mut(), self.root.get("$defs")) {
            schema.insert("$defs".to_owned(), definitions.clone());
        }
        schema
    }
}

/// Whether a part of a schema lists a member as required, at any depth that our schemas have.
fn mentions(part: &Value, name: &str) -> bool {
    let required = part.get("required").and_then(Value::as_array);
    if required.is_some_and(|required| required.iter().any(|known| known == name)) {
        return true;
    }
    match part {
        Value::Array(parts) => parts.iter().any(|part| mentions(part, name)),
        Value::Object(parts) => parts
            .iter()
            .filter(|(key, _)| {
                ["anyOf", "oneOf", "allOf", "then", "else", "if", "not"].contains(&key.as_str())
            })
            .any(|(_, part)| mentions(part, name)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn view() -> SchemaView {
        SchemaView::standalone(&json!({
            "$ref": "#/$defs/Boat",
            "$defs": {
                "Boat": {
                    "type": "object",
                    "required": ["name"],
                    "properties": {
                        "name": {"type": "string"},
                        "rig": {"$ref": "#/$defs/Rig", "x-basis": "ruled"},
                        "oars": {"type": "integer", "default": 2, "maximum": 9_007_199_254_740_991_i64},
                    },
                    "anyOf": [{"required": ["rig"]}, {"required": ["sails"]}],
                },
                "Rig": {"type": "string", "enum": ["sloop", "yawl"]},
            },
        }))
    }

    fn check(name: &str, expected: (Option<bool>, Option<&str>, Option<usize>, bool)) {
        let view = view();
        let member = view.member(name).unwrap();
        let words = member.words().map(|words| words.len());
        assert_eq!(
            (view.requires(name), member.type_name(), words, member.is_documented()),
            expected,
            "{name}"
        );
    }

    #[test]
    fn members_are_seen_through_references() {
        check("name", (Some(true), Some("string"), None, true));
        check("rig", (None, Some("string"), Some(2), false));
        check("oars", (Some(false), Some("integer"), None, true));
        assert_eq!(view().member("oars").unwrap().limit("maximum"), None);
        assert_eq!(view().names().len(), 3);
    }
}
