//! Text that never appears in logs, findings or recordings.

use std::{borrow::Cow, fmt};

use estoppel_contract::SENSITIVE_KEY;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use crate::Text;

/// Text such as an account number or a secret: `Debug` hides it, and its schema says that recordings must.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sensitive(Text);

impl Sensitive {
    /// The text, for the one place that needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl<T: Into<Text>> From<T> for Sensitive {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Sensitive {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sensitive(…)")
    }
}

impl JsonSchema for Sensitive {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Sensitive".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Text::json_schema(generator);
        schema.insert(SENSITIVE_KEY.to_owned(), true.into());
        schema
    }
}
