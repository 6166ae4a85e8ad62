//! Closed sets of words.

use serde_json::{Map, Value};

/// Schema keyword of a closed set of words: an object that tells what each word means.
pub const WORDS_KEY: &str = "x-enumDescriptions";

/// A closed set of words, as a vendor writes them. Made by [`vocabulary!`](crate::vocabulary).
pub trait Words: Sized + Copy + 'static {
    /// Every word, in documented order.
    const ALL: &'static [Self];

    /// The word as the vendor writes it.
    fn as_str(self) -> &'static str;

    /// The value for a word, compared exactly.
    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.as_str() == word)
    }
}

/// Adds what each word means to the schema of a closed set, under [`WORDS_KEY`].
#[doc(hidden)]
pub fn describe_words(schema: &mut schemars::Schema, meanings: &[(&str, &str)]) {
    let told = meanings.iter().filter(|(_, meaning)| !meaning.is_empty());
    let told: Map<String, Value> =
        told.map(|(word, meaning)| ((*word).to_owned(), Value::from(*meaning))).collect();
    if !told.is_empty() {
        schema.insert(WORDS_KEY.to_owned(), told.into());
    }
}

/// Declares a closed set of words: an enum with its JSON form (a string and nothing else), schema and list.
///
/// ```
/// use estoppel_contract::{Words, vocabulary};
/// vocabulary! {
///     /// How the vehicle is financed.
///     pub enum FinanceType {
///         /// A loan.
///         Retail = "Retail",
///         /// A lease.
///         Lease = "Lease",
///     }
/// }
/// assert_eq!(FinanceType::ALL, [FinanceType::Retail, FinanceType::Lease]);
/// assert!(serde_json::from_str::<FinanceType>(r#"{"Retail":null}"#).is_err());
/// ```
#[macro_export]
macro_rules! vocabulary {
    (
        $(#[doc = $doc:literal])+
        $(#![source($source:literal)])?
        $(#![basis($basis:literal)])?
        $visibility:vis enum $name:ident {
            $($(#[doc = $word_doc:literal])* $variant:ident = $word:literal),+ $(,)?
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility enum $name {
            $($(#[doc = $word_doc])* $variant),+
        }

        impl $crate::Words for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str($crate::Words::as_str(*self))
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::Words::as_str(*self))
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::deserialize_text(deserializer, "one of the words of the vocabulary", |word| {
                    <Self as $crate::Words>::from_word(word)
                        .ok_or_else(|| format!("unknown word, expected one of {}", [$($word),+].join(", ")))
                })
            }
        }

        impl ::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($name)).into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                let description = [$($doc),+].map(str::trim).join("\n");
                #[allow(unused_mut)]
                let mut schema = ::schemars::json_schema!({
                    "description": description,
                    "type": "string",
                    "enum": [$($word),+],
                });
                let meanings = [$(($word, concat!($($word_doc),*).trim())),+];
                $crate::describe_words(&mut schema, &meanings);
                $(schema.insert($crate::SOURCE_KEY.to_owned(), $source.into());)?
                $(schema.insert($crate::BASIS_KEY.to_owned(), $basis.into());)?
                schema
            }
        }
    };
}
