//! Identifiers in the form of a UUID.

use thiserror::Error;
#[doc(hidden)]
pub use uuid;

/// The text is not a UUID with hyphens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("expected a UUID such as `c30ae9da-9222-4de5-81fe-fe1ac590fa0f`")]
pub struct IdentifierError;

/// Parses the hyphenated form and no other.
#[doc(hidden)]
pub fn parse_hyphenated(text: &str) -> Result<uuid::Uuid, IdentifierError> {
    if text.len() != 36 {
        return Err(IdentifierError);
    }
    uuid::Uuid::try_parse(text).map_err(|_| IdentifierError)
}

/// Declares identifiers: newtypes around a UUID, written in lower case with hyphens.
///
/// ```
/// estoppel_values::identifiers! {
///     /// Names one claim.
///     pub struct ClaimId;
/// }
/// let id: ClaimId = "c30ae9da-9222-4de5-81fe-fe1ac590fa0f".parse().unwrap();
/// assert_eq!(id.to_string(), "c30ae9da-9222-4de5-81fe-fe1ac590fa0f");
/// ```
#[macro_export]
macro_rules! identifiers {
    ($($(#[doc = $doc:literal])+ $visibility:vis struct $name:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility struct $name($crate::uuid::Uuid);

        impl $name {
            /// The identifier with these bits; the version and variant bits are set as for a random UUID.
            $visibility fn from_bits(bits: u128) -> Self {
                Self($crate::uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::IdentifierError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::parse_hyphenated(text).map(Self)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let mut text = [0; 36];
                formatter.write_str(self.0.hyphenated().encode_lower(&mut text))
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut text = [0; 36];
                serializer.serialize_str(self.0.hyphenated().encode_lower(&mut text))
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::deserialize_text(deserializer, "a UUID", |text| text.parse::<Self>())
            }
        }

        impl ::schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                ::schemars::json_schema!({"type": "string", "format": "uuid"})
            }
        }
    )+};
}
