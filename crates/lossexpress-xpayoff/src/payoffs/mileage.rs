//! Mileages, as callers may write them.

use std::borrow::Cow;

use estoppel_values::{Number, Text};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

/// A mileage: a number of miles, or text (R106). The document gives no type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Mileage {
    /// Miles.
    Miles(Number),
    /// Miles, as someone wrote them.
    Written(Text),
}

impl JsonSchema for Mileage {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Mileage".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Number::json_schema(generator);
        schema.insert("type".to_owned(), serde_json::json!(["number", "string"]));
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: bool) {
        assert_eq!(serde_json::from_str::<Mileage>(json).is_ok(), expected, "{json}");
    }

    #[test]
    fn numbers_and_text_are_taken() {
        check("39993", true);
        check("39993.5", true);
        check("\"39,993\"", true);
        check("null", false);
        check("[1]", false);
        check("[\"1\"]", false);
        check("9007199254740992", false);
    }
}
