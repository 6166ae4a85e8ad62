//! A member of a JSON object that may be absent, and is never null.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A member that may be left out. Unlike `Option`, it refuses `null`: absent, null and empty are three things.
///
/// Every field of this type carries
/// `#[serde(default, skip_serializing_if = "Optional::is_absent")]`.
///
/// ```
/// use estoppel_contract::Optional;
/// #[derive(serde::Deserialize)]
/// struct Message {
///     #[serde(default)]
///     text: Optional<String>,
/// }
/// assert!(serde_json::from_str::<Message>("{}").unwrap().text.is_absent());
/// assert!(serde_json::from_str::<Message>(r#"{"text":null}"#).is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Optional<T> {
    /// The member is not in the object.
    #[default]
    Absent,
    /// The member is in the object, with this value.
    Present(T),
}

impl<T> Optional<T> {
    /// Whether the member is left out.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the member is there.
    pub const fn is_present(&self) -> bool {
        matches!(self, Self::Present(_))
    }

    /// The value, if it is there.
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Absent => None,
            Self::Present(value) => Some(value),
        }
    }

    /// The value, if it is there.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Absent => None,
            Self::Present(value) => Some(value),
        }
    }

    /// The value, or what the contract says stands for its absence.
    pub fn unwrap_or(self, default: T) -> T {
        self.into_option().unwrap_or(default)
    }
}

impl<T: Default> Optional<T> {
    /// The value, or the type's default.
    pub fn unwrap_or_default(self) -> T {
        self.into_option().unwrap_or_default()
    }
}

impl<T> From<Option<T>> for Optional<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Present)
    }
}

impl<T> From<T> for Optional<T> {
    fn from(value: T) -> Self {
        Self::Present(value)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Optional<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::Present)
    }
}

/// An absent value has no JSON form; a field of this type is skipped while it is absent.
impl<T: Serialize> Serialize for Optional<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_option().serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Optional<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
