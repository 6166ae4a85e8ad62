//! JSON inside a string.

use std::borrow::Cow;

use estoppel_values::Text;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A JSON document, written as text within the JSON of a reply (customer-website: Loan Info).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JsonText(Text);

impl JsonText {
    /// The text of a document.
    pub fn of(document: &Value) -> Self {
        Self(document.to_string().into())
    }

    /// Text that is a document, as it is.
    pub fn verbatim(text: impl AsRef<str>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl JsonSchema for JsonText {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "JsonText".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "contentMediaType": "application/json"})
    }
}
