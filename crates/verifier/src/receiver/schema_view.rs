//! A schema, to look at: its members, its examples, and values that keep it.

use estoppel_contract::INSTANT_KEY;
use serde_json::{Map, Value, json};

use crate::instant::InstantForm;

/// How deep invented values go.
const DEPTH_MAX: usize = 8;

/// A schema, to look at.
#[derive(Clone, Copy, Debug)]
pub(super) struct SchemaView<'s> {
    root: &'s Value,
    schema: &'s Value,
}

impl<'s> SchemaView<'s> {
    /// A schema that stands alone.
    pub(super) const fn new(root: &'s Value) -> Self {
        Self { root, schema: root }
    }

    fn at(self, schema: &'s Value) -> Self {
        Self { schema, ..self }
    }

    /// The schema itself, behind references and where there is a choice its first alternative that is a value.
    fn resolved(self) -> Self {
        let mut view = self;
        for _ in 0..DEPTH_MAX {
            let target = view.schema.get("$ref").and_then(Value::as_str);
            let target =
                target.and_then(|target| target.strip_prefix('#')).and_then(|at| self.root.pointer(at));
            let alternatives = ["anyOf", "oneOf", "allOf"].into_iter().find_map(|word| view.schema.get(word));
            let alternatives = alternatives.and_then(Value::as_array).into_iter().flatten();
            let value = alternatives.clone().find(|schema| schema.get("type") != Some(&json!("null")));
            match target.or_else(|| value.filter(|_| view.schema.get("properties").is_none())) {
                Some(next) => view = self.at(next),
                None => break,
            }
        }
        view
    }

    /// The value of a keyword, of the schema or of what it refers to.
    fn keyword(self, word: &str) -> Option<&'s Value> {
        self.schema.get(word).or_else(|| self.resolved().schema.get(word))
    }

    /// The examples that it declares.
    pub(super) fn examples(self) -> Vec<&'s Value> {
        self.keyword("examples").and_then(Value::as_array).into_iter().flatten().collect()
    }

    /// Its members, in declared order.
    pub(super) fn members(self) -> Vec<(&'s str, Self)> {
        let members = self.resolved().schema.get("properties").and_then(Value::as_object);
        members.into_iter().flatten().map(|(name, schema)| (name.as_str(), self.at(schema))).collect()
    }

    /// One of its members.
    pub(super) fn member(self, name: &str) -> Option<Self> {
        let schema = self.resolved().schema.get("properties")?.get(name)?;
        Some(self.at(schema))
    }

    /// Its type, where it has one besides null.
    pub(super) fn type_name(self) -> Option<&'s str> {
        match self.keyword("type")? {
            Value::String(name) => Some(name),
            Value::Array(names) => names.iter().filter_map(Value::as_str).find(|name| *name != "null"),
            _ => None,
        }
    }

    /// Its format.
    pub(super) fn format(self) -> Option<&'s str> {
        self.keyword("format").and_then(Value::as_str)
    }

    /// How it writes an instant, if it holds one.
    pub(super) fn instant(self) -> Option<InstantForm> {
        InstantForm::of(self.keyword(INSTANT_KEY), self.format())
    }

    /// The words of a closed vocabulary.
    pub(super) fn words(self) -> Vec<&'s str> {
        self.keyword("enum")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }

    /// Whether it is text that people write: neither a vocabulary nor of any format.
    pub(super) fn is_free_text(self) -> bool {
        self.type_name() == Some("string")
            && ["enum", "const", "format", "pattern", INSTANT_KEY]
                .into_iter()
                .all(|word| self.keyword(word).is_none())
    }

    /// A value that keeps it, as far as can be told from types, formats and words.
    pub(super) fn invent(self) -> Value {
        self.invent_at(0)
    }

    fn invent_at(self, depth: usize) -> Value {
        if let Some(constant) = self.keyword("const") {
            return constant.clone();
        }
        if let Some(example) = self.examples().first() {
            return (*example).clone();
        }
        if let Some(word) = self.words().first() {
            return Value::from(*word);
        }
        if depth > DEPTH_MAX {
            return Value::Null;
        }
        match self.type_name() {
            Some("object") => {
                let members = self.members().into_iter();
                let members = members.map(|(name, schema)| (name.to_owned(), schema.invent_at(depth + 1)));
                Value::Object(members.collect::<Map<_, _>>())
            }
            Some("array") => {
                let items = self.resolved().schema.get("items");
                items.map_or_else(|| json!([]), |items| json!([self.at(items).invent_at(depth + 1)]))
            }
            Some("boolean") => json!(true),
            Some("integer") => self.keyword("minimum").cloned().unwrap_or_else(|| json!(7)),
            Some("number") => json!(1234.56),
            Some("string") => match self.format() {
                Some("uuid") => json!("3f0c9a4e-5d1b-4c7a-8e2f-6b9d0a1c2e3f"),
                Some("date-time") => json!("2021-01-08T22:03:09.598Z"),
                Some("date") => json!("2021-01-08"),
                Some("uri") => json!("https://example.com/"),
                Some("email") => json!("jane@example.com"),
                _ => json!("text"),
            },
            _ => Value::Null,
        }
    }
}

#[cfg(test)]
mod tests {
    use estoppel_contract::Checker;

    use super::*;

    #[test]
    fn invented_values_keep_their_schema() {
        let schema = json!({
            "$ref": "#/$defs/Boat",
            "$defs": {
                "Boat": {
                    "type": "object",
                    "required": ["id", "rig", "built", "price", "crew", "owner", "sails", "sold"],
                    "properties": {
                        "id": {"type": "string", "format": "uuid"},
                        "rig": {"$ref": "#/$defs/Rig"},
                        "built": {"type": "string", "format": "date-time"},
                        "price": {"type": "number"},
                        "crew": {"type": "integer", "minimum": 12},
                        "owner": {"anyOf": [{"type": "null"}, {"type": "object", "required": ["name"],
                            "properties": {"name": {"type": ["string", "null"], "minLength": 2}}}]},
                        "sails": {"type": "array", "minItems": 1, "items": {"const": "jib"}},
                        "sold": {"type": "boolean"},
                    },
                },
                "Rig": {"type": "string", "enum": ["sloop", "yawl"]},
            },
        });
        let view = SchemaView::new(&schema);
        let checker = Checker::new(schema.clone()).unwrap();
        assert_eq!(checker.check(&view.invent()), []);
        assert_eq!(view.member("rig").unwrap().words(), ["sloop", "yawl"]);
        assert!(!view.member("id").unwrap().is_free_text());
        assert!(!view.member("rig").unwrap().is_free_text());
        assert_eq!(view.members().len(), 8);
    }
}
