//! Decimal strings: money, rates and percentages.

use std::{borrow::Cow, fmt, str::FromStr};

use estoppel_values::{NumberError, deserialize_text};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A decimal string with exactly so many places, such as `297.47` or `4.5000`.
///
/// It is held as a whole number of its last place, so no arithmetic on it is binary (customer-website: Loan Info).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fixed<const PLACES: usize>(i64);

/// An amount of US dollars, in cents: `297.47`.
pub type Money = Fixed<2>;
/// A number with four places: a rate in percent a year, or a term in months: `4.5000`.
pub type Rate = Fixed<4>;
/// A share in percent: `68.03`.
pub type Percent = Fixed<2>;

impl<const PLACES: usize> Fixed<PLACES> {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many of the last place: `Money::of(29747)` is 297.47.
    pub const fn of(units: i64) -> Self {
        Self(units)
    }

    /// How many of the last place.
    pub const fn units(self) -> i64 {
        self.0
    }

    /// This and more; the largest number where it is too much.
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// What is left of this, or nothing.
    pub fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(0))
    }

    /// Units in a whole one.
    fn scale() -> u64 {
        10_u64.saturating_pow(u32::try_from(PLACES).unwrap_or(u32::MAX))
    }
}

impl<const PLACES: usize> fmt::Display for Fixed<PLACES> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let units = self.0.unsigned_abs();
        let (whole, rest) = (units / Self::scale(), units % Self::scale());
        write!(formatter, "{sign}{whole}.{rest:0PLACES$}")
    }
}

impl<const PLACES: usize> FromStr for Fixed<PLACES> {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (whole, rest) = digits.split_once('.').ok_or(NumberError)?;
        let decimal = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !decimal(whole) || !decimal(rest) || rest.len() != PLACES || whole.len() > 13 {
            return Err(NumberError);
        }
        let units: i64 = format!("{whole}{rest}").parse().map_err(|_| NumberError)?;
        Ok(Self(if negative { -units } else { units }))
    }
}

impl<const PLACES: usize> Serialize for Fixed<PLACES> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, const PLACES: usize> Deserialize<'de> for Fixed<PLACES> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_text(deserializer, "a decimal string", str::parse)
    }
}

impl<const PLACES: usize> JsonSchema for Fixed<PLACES> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Fixed{PLACES}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": format!(r"^-?[0-9]{{1,13}}\.[0-9]{{{PLACES}}}$")})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<i64>) {
        let money = text.parse::<Money>();
        assert_eq!(money.map(Money::units).ok(), expected, "{text}");
        if let Ok(money) = money {
            assert_eq!(money.to_string().trim_start_matches('-'), text.trim_start_matches(['-']), "{text}");
        }
    }

    #[test]
    fn decimal_strings_have_their_places() {
        check("297.47", Some(29747));
        check("0.00", Some(0));
        check("-1.05", Some(-105));
        check("297.4", None);
        check("297", None);
        check("297.470", None);
        check(" 1.00", None);
        check("+1.00", None);
        check("1e2.00", None);
        assert_eq!(Rate::of(45_000).to_string(), "4.5000");
        assert_eq!(Money::of(5).less(Money::of(7)), Money::ZERO);
    }
}
