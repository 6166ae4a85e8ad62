//! Numbers as requests may write them.

use std::{borrow::Cow, fmt};

use estoppel_values::{Integer, Number};
use rust_decimal::prelude::ToPrimitive;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, IntoDeserializer},
};

use super::Money;

/// A number, or a decimal string of one (R85).
///
/// Quirk: the document writes the amount of a payment as a string and that of an autopay as a number
/// (customer-website: Creating a Payment or `AutoPay`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct NumberInput(Number);

/// A whole number, or a decimal string of one (R85).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct WholeInput(i64);

impl NumberInput {
    /// The number.
    pub const fn number(self) -> Number {
        self.0
    }

    /// The number as dollars and cents; `None` where it has parts of cents or is beyond ten trillion.
    pub fn money(self) -> Option<Money> {
        self.units::<2>().map(Money::of)
    }

    /// How many of the last of so many places; `None` where it has more places or is too large.
    pub(crate) fn units<const PLACES: u32>(self) -> Option<i64> {
        let units = self.0.decimal().checked_mul(10_i64.checked_pow(PLACES)?.into())?.normalize();
        let units = (units.scale() == 0).then(|| units.to_i64())??;
        (units.unsigned_abs() < 1_000_000_000_000_000).then_some(units)
    }
}

impl From<Money> for NumberInput {
    fn from(money: Money) -> Self {
        Self(Number::scaled(money.units(), 2))
    }
}

impl WholeInput {
    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl From<u32> for WholeInput {
    fn from(number: u32) -> Self {
        Self(number.into())
    }
}

/// Whether a text is a decimal number with at most 15 digits before its point and 10 after it.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let holds = |part: &str, max: usize| {
        (1..=max).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    holds(whole, 15) && rest.is_none_or(|rest| holds(rest, 10))
}

/// The whole number that a double is. One that is nearly zero is none.
pub(super) fn whole_double<E: de::Error>(number: f64) -> Result<Integer, E> {
    if number.fract() != 0.0 {
        return Err(E::custom("expected a whole number"));
    }
    Integer::deserialize(number.into_deserializer())
}

/// Reads numbers and texts of numbers.
struct Visitor;

impl de::Visitor<'_> for Visitor {
    type Value = Number;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number or a decimal string")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Number, E> {
        Number::deserialize(number.into_deserializer())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Number, E> {
        Number::deserialize(number.into_deserializer())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Number, E> {
        Number::deserialize(number.into_deserializer())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Number, E> {
        if !is_decimal(text) {
            return Err(E::custom("expected a decimal number"));
        }
        text.parse().map_err(E::custom)
    }
}

impl<'de> Deserialize<'de> for NumberInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor).map(Self)
    }
}

impl<'de> Deserialize<'de> for WholeInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Whole;

        impl de::Visitor<'_> for Whole {
            type Value = Integer;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a whole number or a string of one")
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Integer, E> {
                Integer::deserialize(number.into_deserializer())
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Integer, E> {
                Integer::deserialize(number.into_deserializer())
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Integer, E> {
                whole_double(number)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Integer, E> {
                if text.contains('.') || !is_decimal(text) {
                    return Err(E::custom("expected a whole number"));
                }
                let number: Number = text.parse().map_err(E::custom)?;
                number.try_into().map_err(E::custom)
            }
        }

        deserializer.deserialize_any(Whole).map(|integer| Self(integer.get()))
    }
}

impl Serialize for NumberInput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Serialize for WholeInput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl JsonSchema for NumberInput {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "NumberInput".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let number = Number::json_schema(generator);
        json_schema!({"anyOf": [number, {"type": "string", "pattern": r"^-?[0-9]{1,15}(\.[0-9]{1,10})?$"}]})
    }
}

impl JsonSchema for WholeInput {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "WholeInput".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let integer = Integer::json_schema(generator);
        json_schema!({"anyOf": [integer, {"type": "string", "pattern": "^-?[0-9]{1,15}$"}]})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, number: Option<&str>, whole: Option<i64>) {
        let read = serde_json::from_str::<NumberInput>(json).ok();
        assert_eq!(read.map(|read| read.number().to_string()).as_deref(), number, "{json}");
        assert_eq!(serde_json::from_str::<WholeInput>(json).ok().map(WholeInput::get), whole, "{json}");
    }

    #[test]
    fn numbers_are_read_from_numbers_and_strings() {
        check("250.00", Some("250"), Some(250));
        check("\"303.78\"", Some("303.78"), None);
        check("\"0289\"", Some("289"), Some(289));
        check("-0.0", Some("0"), Some(0));
        check("\"1e3\"", None, None);
        check("\"\"", None, None);
        check("\"1.\"", None, None);
        check("\" 1\"", None, None);
        check("true", None, None);
        check("1e300", None, None);
        check("1e-300", Some("0"), None);
    }

    #[test]
    fn money_has_no_parts_of_cents() {
        let money = |json: &str| serde_json::from_str::<NumberInput>(json).unwrap().money();
        assert_eq!(money("\"303.78\""), Some(Money::of(30378)));
        assert_eq!(money("1e3"), Some(Money::of(100_000)));
        assert_eq!(money("0.001"), None);
        assert_eq!(money("9007199254740991"), None);
    }
}
