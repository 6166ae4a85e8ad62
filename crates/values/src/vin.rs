//! Vehicle identification numbers.

use std::{borrow::Cow, fmt, str::FromStr};

use estoppel_contract::{PERSONAL_KEY, deserialize_text};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// A vehicle identification number: 17 letters and digits without I, O and Q, in either case.
///
/// The check digit is not examined: documented test numbers fail it (R36). Two numbers are equal whatever their
/// case; the case that was given is kept.
#[derive(Clone, Copy)]
pub struct Vin([u8; 17]);

/// The text is not a vehicle identification number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("expected 17 letters and digits without I, O and Q")]
pub struct VinError;

impl Vin {
    /// Seventeen zeros: a number by every rule, check digit included, and no vehicle's.
    pub const ZEROS: Self = Self([b'0'; 17]);

    /// The number as it was given.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    fn folded(&self) -> [u8; 17] {
        self.0.map(|character| character.to_ascii_uppercase())
    }
}

/// The schema's pattern for the same characters.
const PATTERN: &str = "^[A-HJ-NPR-Za-hj-npr-z0-9]{17}$";

impl FromStr for Vin {
    type Err = VinError;

    fn from_str(text: &str) -> Result<Self, VinError> {
        let characters: [u8; 17] = text.as_bytes().try_into().map_err(|_| VinError)?;
        let allowed = |character: &u8| {
            character.is_ascii_alphanumeric() && !matches!(character.to_ascii_uppercase(), b'I' | b'O' | b'Q')
        };
        if characters.iter().all(allowed) { Ok(Self(characters)) } else { Err(VinError) }
    }
}

impl PartialEq for Vin {
    fn eq(&self, other: &Self) -> bool {
        self.folded() == other.folded()
    }
}

impl Eq for Vin {}

impl fmt::Debug for Vin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Vin({})", self.as_str())
    }
}

impl fmt::Display for Vin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Serialize for Vin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Vin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_text(deserializer, "a vehicle identification number", str::parse)
    }
}

impl JsonSchema for Vin {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Vin".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": PATTERN, PERSONAL_KEY: true})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        assert_eq!(text.parse::<Vin>().is_ok(), expected, "{text}");
    }

    #[test]
    fn seventeen_letters_and_digits_without_three() {
        check("1N4AL3AP8JC231503", true);
        check("1n4al3ap8jc231503", true);
        check("1N4AL3AP8JC23150", false);
        check("1N4AL3AP8JC23150O", false);
        check("1N4AL3AP8JC23150é", false);
    }

    #[test]
    fn equality_ignores_case() {
        let (upper, lower): (Vin, Vin) =
            ("1N4AL3AP8JC231503".parse().unwrap(), "1n4al3ap8jc231503".parse().unwrap());
        assert_eq!(upper, lower);
        assert_eq!(lower.to_string(), "1n4al3ap8jc231503");
    }
}
