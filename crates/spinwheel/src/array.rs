//! Arrays of requests.

use std::{borrow::Cow, ops::Deref};

use estoppel_contract::{Optional, objects};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, de};

/// An array with at least one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct NonEmpty<T>(Vec<T>);

impl<T> NonEmpty<T> {
    /// An array of this item and more.
    pub(crate) fn of(first: T, more: impl IntoIterator<Item = T>) -> Self {
        Self(std::iter::once(first).chain(more).collect())
    }

    /// These items, if there are any.
    fn checked<E: de::Error>(items: Vec<T>) -> Result<Self, E> {
        if items.is_empty() { Err(E::custom("expected at least one item")) } else { Ok(Self(items)) }
    }
}

impl<T> Deref for NonEmpty<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for NonEmpty<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::checked(Vec::deserialize(deserializer)?)
    }
}

impl<T: JsonSchema> JsonSchema for NonEmpty<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("NonEmpty{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Vec::<T>::json_schema(generator);
        schema.insert("minItems".to_owned(), 1.into());
        schema
    }
}

/// For `deserialize_with` on an array of objects.
pub(crate) fn some_objects<'de, D, T>(deserializer: D) -> Result<NonEmpty<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    NonEmpty::checked(objects(deserializer)?)
}

/// For `deserialize_with` on an array of objects that may be empty or left out.
pub(crate) fn optional_objects<'de, D, T>(deserializer: D) -> Result<Optional<Vec<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    objects(deserializer).map(Optional::Present)
}
