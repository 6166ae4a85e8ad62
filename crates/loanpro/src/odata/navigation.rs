//! What stands for an entity or list that belongs to another.

use std::borrow::Cow;

use estoppel_values::Text;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use serde_json::Value;

/// Another entity or list: where it is, or all of it where `$expand` asked for it (customer-website: Customer Info).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Navigation<T> {
    /// Where it is, relative to the service: `Customers(id=751)/Phones`.
    Deferred(Text),
    /// All of it.
    Expanded(Box<T>),
}

/// The member that tells what is not expanded.
const DEFERRED: &str = "__deferred";

/// Where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    extend("x-source" = "customer-website: Customer Info", "x-basis" = "example"),
    example = serde_json::json!({"__deferred": {"uri": "Customers(id=751)/Phones"}}),
)]
struct Deferred {
    /// Where it is.
    #[serde(rename = "__deferred")]
    link: Link,
}

/// A link to an entity or list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    rename = "DeferredLink",
    extend("x-source" = "customer-website: Customer Info", "x-basis" = "example"),
)]
struct Link {
    /// Where it is, relative to the service.
    uri: Text,
}

impl<T> Navigation<T> {
    /// Where the navigation of this name is, of an entity of a set.
    pub(crate) fn deferred(set: &str, id: u64, name: &str) -> Self {
        Self::Deferred(format!("{set}(id={id})/{name}").into())
    }

    /// What is expanded.
    pub fn expanded(&self) -> Option<&T> {
        match self {
            Self::Deferred(_) => None,
            Self::Expanded(value) => Some(value),
        }
    }
}

impl<T: Serialize> Serialize for Navigation<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Deferred(uri) => Deferred { link: Link { uri: uri.clone() } }.serialize(serializer),
            Self::Expanded(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: serde::de::DeserializeOwned> Deserialize<'de> for Navigation<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        if value.get(DEFERRED).is_some() {
            let deferred = Deferred::deserialize(value).map_err(D::Error::custom)?;
            return Ok(Self::Deferred(deferred.link.uri));
        }
        T::deserialize(value).map(|value| Self::Expanded(Box::new(value))).map_err(D::Error::custom)
    }
}

impl<T: JsonSchema> JsonSchema for Navigation<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{}Navigation", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let deferred = generator.subschema_for::<Deferred>();
        let expanded = generator.subschema_for::<T>();
        json_schema!({"anyOf": [deferred, expanded]})
    }
}
