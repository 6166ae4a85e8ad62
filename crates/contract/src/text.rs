//! Values that are written as text.

use std::fmt;

use serde::{Deserializer, de};

/// Decodes a value from a JSON string, and from nothing else, without copying it.
pub fn deserialize_text<'de, D, T, E>(
    deserializer: D,
    expected: &str,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    E: fmt::Display,
{
    struct Visitor<'e, P>(&'e str, P);

    impl<T, E: fmt::Display, P: Fn(&str) -> Result<T, E>> de::Visitor<'_> for Visitor<'_, P> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str(self.0)
        }

        fn visit_str<F: de::Error>(self, text: &str) -> Result<T, F> {
            (self.1)(text).map_err(F::custom)
        }
    }

    deserializer.deserialize_str(Visitor(expected, parse))
}
