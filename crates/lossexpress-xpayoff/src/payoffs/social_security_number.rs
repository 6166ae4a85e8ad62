//! Social security numbers, whole or their last four digits.

use std::{borrow::Cow, fmt, str::FromStr};

use estoppel_contract::SENSITIVE_KEY;
use estoppel_values::Sensitive;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

/// A social security number: all nine digits, with or without hyphens, or the last four (R105).
///
/// `Debug` hides it, and its schema says that recordings must. Source: xpayoff, Create Request.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct SocialSecurityNumber(Sensitive);

/// The text is neither a social security number nor the end of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("expected nine digits, with or without hyphens, or the last four")]
pub struct SocialSecurityNumberError;

/// The schema's pattern for the same texts.
const PATTERN: &str = "^(?:[0-9]{3}-?[0-9]{2}-?[0-9]{4}|[0-9]{4})$";

impl SocialSecurityNumber {
    /// Whether all nine digits are there.
    pub fn is_full(&self) -> bool {
        self.0.reveal().len() > 4
    }
}

impl FromStr for SocialSecurityNumber {
    type Err = SocialSecurityNumberError;

    fn from_str(text: &str) -> Result<Self, SocialSecurityNumberError> {
        let digits = |part: &str, count: usize| {
            part.len() == count && part.bytes().all(|character| character.is_ascii_digit())
        };
        let is_whole = || {
            let (area, rest) = text.split_at_checked(3)?;
            let (group, rest) = rest.strip_prefix('-').unwrap_or(rest).split_at_checked(2)?;
            let serial = rest.strip_prefix('-').unwrap_or(rest);
            Some(digits(area, 3) && digits(group, 2) && digits(serial, 4))
        };
        if digits(text, 4) || is_whole() == Some(true) {
            Ok(Self(Sensitive::from(text)))
        } else {
            Err(SocialSecurityNumberError)
        }
    }
}

impl<'de> Deserialize<'de> for SocialSecurityNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        estoppel_contract::deserialize_text(deserializer, "a social security number", str::parse)
    }
}

/// Shows no digit.
impl fmt::Debug for SocialSecurityNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SocialSecurityNumber(…)")
    }
}

impl JsonSchema for SocialSecurityNumber {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "SocialSecurityNumber".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = json_schema!({"type": "string", "pattern": PATTERN});
        schema.insert(SENSITIVE_KEY.to_owned(), true.into());
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<bool>) {
        let number = text.parse::<SocialSecurityNumber>().ok();
        assert_eq!(number.map(|number| number.is_full()), expected, "{text}");
    }

    #[test]
    fn whole_numbers_and_last_four_digits_are_taken() {
        check("900010001", Some(true));
        check("900-01-0001", Some(true));
        check("900-010001", Some(true));
        check("0001", Some(false));
        check("", None);
        check("00011", None);
        check("90-001-0001", None);
        check("900-01-00011", None);
        check("90001000é", None);
        check("é00010001", None);
        check("900–01–0001", None);
    }
}
