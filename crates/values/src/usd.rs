//! Money.

use std::{borrow::Cow, fmt};

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use crate::{Number, NumberError};

/// An amount of US dollars, such as 10222.33: a decimal, never a binary fraction.
///
/// ```
/// use estoppel_values::Usd;
/// let payoff: Usd = serde_json::from_str("10222.330").unwrap();
/// let per_diem = Usd::from_cents(230);
/// assert_eq!(payoff.plus_days(per_diem, 10).unwrap().to_string(), "10245.33");
/// assert_eq!(serde_json::to_string(&per_diem).unwrap(), "2.3");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Usd(Number);

impl Usd {
    /// A whole number of cents.
    pub fn from_cents(cents: i64) -> Self {
        Self(Number::scaled(cents, 2))
    }

    /// The amount as a number.
    pub const fn number(self) -> Number {
        self.0
    }

    /// This amount after `days` days at `per_diem` dollars a day. Fails past 2⁵³ dollars.
    pub fn plus_days(self, per_diem: Self, days: u32) -> Result<Self, NumberError> {
        let interest = per_diem.0.decimal().checked_mul(Decimal::from(days)).ok_or(NumberError)?;
        let total = self.0.decimal().checked_add(interest).ok_or(NumberError)?;
        Number::try_from(total).map(Self)
    }
}

impl From<Number> for Usd {
    fn from(number: Number) -> Self {
        Self(number)
    }
}

impl fmt::Display for Usd {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

impl JsonSchema for Usd {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Usd".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Number::json_schema(generator)
    }
}
