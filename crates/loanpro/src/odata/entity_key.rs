//! Keys in parentheses.

use std::{borrow::Cow, fmt, str::FromStr};

use estoppel_values::{NumberError, deserialize_text};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The key of an entity in a path: `751` or `id=751` (R81).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityKey(u64);

impl EntityKey {
    /// The entity's id.
    pub const fn id(self) -> u64 {
        self.0
    }
}

impl FromStr for EntityKey {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let digits = text.strip_prefix("id=").unwrap_or(text);
        if !(1..=15).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NumberError);
        }
        digits.parse().map(Self).map_err(|_| NumberError)
    }
}

impl fmt::Display for EntityKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

impl Serialize for EntityKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EntityKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_text(deserializer, "an id", str::parse)
    }
}

impl JsonSchema for EntityKey {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "EntityKey".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^(id=)?[0-9]{1,15}$"})
    }
}

/// Names one entity of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntityPath {
    /// The entity's id, as `1501` or `id=1501` (R81).
    pub id: EntityKey,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<u64>) {
        assert_eq!(text.parse::<EntityKey>().ok().map(EntityKey::id), expected, "{text}");
    }

    #[test]
    fn keys_have_two_forms() {
        check("751", Some(751));
        check("id=751", Some(751));
        check("0751", Some(751));
        check("ID=751", None);
        check("751)", None);
        check("-1", None);
        check("", None);
        check("id=", None);
        check("1000000000000000", None);
    }
}
