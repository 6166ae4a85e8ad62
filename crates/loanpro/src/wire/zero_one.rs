//! Truth as 0 and 1.

use std::{borrow::Cow, fmt};

use estoppel_values::Integer;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, IntoDeserializer},
};

use super::number_input::whole_double;

/// Truth as replies write it: 0 or 1 (customer-website: Customer Info).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ZeroOne {
    /// False.
    #[default]
    Zero,
    /// True.
    One,
}

impl From<bool> for ZeroOne {
    fn from(truth: bool) -> Self {
        if truth { Self::One } else { Self::Zero }
    }
}

impl ZeroOne {
    /// Whether it is true.
    pub fn is_one(self) -> bool {
        self == Self::One
    }

    fn from_integer<E: de::Error>(integer: Integer) -> Result<Self, E> {
        match integer.get() {
            0 => Ok(Self::Zero),
            1 => Ok(Self::One),
            _ => Err(E::custom("expected 0 or 1")),
        }
    }
}

impl Serialize for ZeroOne {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(u8::from(self.is_one()))
    }
}

impl<'de> Deserialize<'de> for ZeroOne {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_integer(Integer::deserialize(deserializer)?)
    }
}

impl JsonSchema for ZeroOne {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "ZeroOne".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "enum": [0, 1]})
    }
}

/// Truth as requests may write it: 0 or 1, `true` or `false`, or `"0"` or `"1"` (R86).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FlagInput(ZeroOne);

impl FlagInput {
    /// The truth.
    pub const fn get(self) -> ZeroOne {
        self.0
    }
}

impl From<bool> for FlagInput {
    fn from(truth: bool) -> Self {
        Self(truth.into())
    }
}

impl Serialize for FlagInput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for FlagInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl de::Visitor<'_> for Visitor {
            type Value = ZeroOne;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("0, 1, true, false, \"0\" or \"1\"")
            }

            fn visit_bool<E: de::Error>(self, truth: bool) -> Result<ZeroOne, E> {
                Ok(truth.into())
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<ZeroOne, E> {
                ZeroOne::from_integer(Integer::deserialize(number.into_deserializer())?)
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<ZeroOne, E> {
                ZeroOne::from_integer(Integer::deserialize(number.into_deserializer())?)
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<ZeroOne, E> {
                ZeroOne::from_integer(whole_double(number)?)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<ZeroOne, E> {
                match text {
                    "0" => Ok(ZeroOne::Zero),
                    "1" => Ok(ZeroOne::One),
                    _ => Err(E::custom("expected 0 or 1")),
                }
            }
        }

        deserializer.deserialize_any(Visitor).map(Self)
    }
}

impl JsonSchema for FlagInput {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "FlagInput".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["integer", "boolean", "string"], "enum": [0, 1, false, true, "0", "1"]})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: Option<ZeroOne>) {
        assert_eq!(serde_json::from_str::<FlagInput>(json).ok().map(FlagInput::get), expected, "{json}");
    }

    #[test]
    fn truth_is_read_in_three_forms() {
        for json in ["1", "1.0", "true", "\"1\""] {
            check(json, Some(ZeroOne::One));
        }
        for json in ["0", "-0.0", "false", "\"0\""] {
            check(json, Some(ZeroOne::Zero));
        }
        for json in ["2", "0.5", "1e-300", "null", "\"true\"", "\"\"", "[]"] {
            check(json, None);
        }
    }
}
