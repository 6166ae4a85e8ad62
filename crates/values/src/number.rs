//! Numbers as JavaScript knows them.

use std::{borrow::Cow, fmt, str::FromStr};

use rust_decimal::{Decimal, prelude::ToPrimitive};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

/// The largest whole number that JavaScript holds exactly.
const SAFE_INTEGER_MAX: i64 = 9_007_199_254_740_991;

/// The number cannot be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("expected a number between -9007199254740991 and 9007199254740991")]
pub struct NumberError;

/// A decimal number between ±(2⁵³ − 1), exact to 28 digits, written in its shortest form: `10222`, `2.3`.
///
/// A JSON number arrives as the decimal digits that JavaScript would print for it; from then on arithmetic is
/// decimal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Decimal);

impl Number {
    /// A whole number of units of 10⁻ˢᶜᵃˡᵉ: `scaled(1022233, 2)` is 10222.33.
    pub fn scaled(units: i64, scale: u32) -> Self {
        Self(Decimal::new(units.clamp(-SAFE_INTEGER_MAX, SAFE_INTEGER_MAX), scale.min(28)).normalize())
    }

    /// The decimal value.
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// The number of decimal places that it needs.
    pub const fn decimal_places(self) -> u32 {
        self.0.scale()
    }
}

impl TryFrom<Decimal> for Number {
    type Error = NumberError;

    fn try_from(value: Decimal) -> Result<Self, NumberError> {
        let max = Decimal::from(SAFE_INTEGER_MAX);
        if (-max..=max).contains(&value) { Ok(Self(value.normalize())) } else { Err(NumberError) }
    }
}

impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let value =
            if text.contains(['e', 'E']) { Decimal::from_scientific(text) } else { Decimal::from_str(text) };
        value.map_err(|_| NumberError)?.try_into()
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.scale() == 0
            && let Some(whole) = self.0.to_i64()
        {
            return serializer.serialize_i64(whole);
        }
        // The nearest double has the decimal's digits as its shortest form: no arithmetic, a change of notation.
        let double: f64 = self.0.to_string().parse().map_err(serde::ser::Error::custom)?;
        serializer.serialize_f64(double)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl de::Visitor<'_> for Visitor {
            type Value = Number;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a number between -9007199254740991 and 9007199254740991")
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Number, E> {
                Decimal::from(value).try_into().map_err(E::custom)
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Number, E> {
                Decimal::from(value).try_into().map_err(E::custom)
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Number, E> {
                if value.abs() < 1e-27 {
                    return Ok(Number::default());
                }
                value.to_string().parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_f64(Visitor)
    }
}

impl JsonSchema for Number {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "number", "minimum": -SAFE_INTEGER_MAX, "maximum": SAFE_INTEGER_MAX})
    }
}

/// A whole number between ±(2⁵³ − 1). `1.0` and `1e3` are whole numbers too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Integer(i64);

impl Integer {
    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl From<u32> for Integer {
    fn from(value: u32) -> Self {
        Self(value.into())
    }
}

impl TryFrom<Number> for Integer {
    type Error = NumberError;

    fn try_from(value: Number) -> Result<Self, NumberError> {
        if value.0.scale() > 0 {
            return Err(NumberError);
        }
        value.0.to_i64().map(Self).ok_or(NumberError)
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

impl Serialize for Integer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Number::deserialize(deserializer)?;
        number.try_into().map_err(|_| de::Error::custom("expected a whole number"))
    }
}

impl JsonSchema for Integer {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Integer".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "minimum": -SAFE_INTEGER_MAX, "maximum": SAFE_INTEGER_MAX})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: Option<&str>) {
        let actual = serde_json::from_str::<Number>(json).ok();
        let written = actual.map(|number| serde_json::to_string(&number).unwrap());
        assert_eq!(written.as_deref(), expected, "{json}");
    }

    #[test]
    fn numbers_are_written_as_javascript_writes_them() {
        check("10222.0", Some("10222"));
        check("10222.33", Some("10222.33"));
        check("2.30", Some("2.3"));
        check("1e3", Some("1000"));
        check("0.1", Some("0.1"));
        check("-0.0", Some("0"));
        check("9007199254740991", Some("9007199254740991"));
        check("9007199254740992", None);
        check("1e300", None);
        check("null", None);
        check("\"1\"", None);
    }

    #[test]
    fn whole_numbers_may_be_written_with_a_fraction_of_zero() {
        let check = |json: &str| serde_json::from_str::<Integer>(json).ok().map(Integer::get);
        assert_eq!(
            [check("1.0"), check("1e3"), check("7"), check("1.5")],
            [Some(1), Some(1000), Some(7), None]
        );
    }
}
