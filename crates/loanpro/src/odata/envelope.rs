//! The envelope of replies.

use estoppel_contract::Optional;
use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The body of every reply: what was asked for, under `d`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    rename = "{T}Data",
    bound = "T: JsonSchema",
    extend("x-source" = "customer-website: Customer Info", "x-basis" = "example"),
)]
pub struct Data<T> {
    /// What was asked for.
    pub d: T,
}

impl<T> Data<T> {
    /// In its envelope.
    pub const fn of(d: T) -> Self {
        Self { d }
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    rename = "{T}List",
    bound = "T: JsonSchema",
    extend("x-source" = "R95", "x-basis" = "ruled"),
)]
pub struct List<T> {
    /// The rows.
    pub results: Vec<T>,
    /// Where the next page is, absolute; absent on the last page (R95).
    #[serde(rename = "__next", default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("format" = "uri"))]
    pub next: Optional<Text>,
}

/// A list within an entity: all of its rows (R94).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    rename = "Expanded{T}List",
    bound = "T: JsonSchema",
    extend("x-source" = "R94", "x-basis" = "ruled"),
)]
pub struct ExpandedList<T> {
    /// The rows.
    pub results: Vec<T>,
}

impl<T> FromIterator<T> for ExpandedList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        Self { results: rows.into_iter().collect() }
    }
}

/// What an entity is and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    extend("x-source" = "customer-website: Customer Info", "x-basis" = "example"),
    example = Metadata::of("https://loanpro.simnang.com/api/public/api/1", "Customers", 751, "Entity.Customer"),
)]
pub struct Metadata {
    /// Its URL, absolute (R88).
    #[schemars(extend("format" = "uri", "x-source" = "R88", "x-basis" = "ruled"))]
    pub uri: Text,
    /// Its type, such as `Entity.Customer`.
    pub r#type: Text,
}

impl Metadata {
    /// The metadata of an entity of a set.
    pub(crate) fn of(base_url: &str, set: &str, id: u64, entity_type: &'static str) -> Self {
        Self {
            uri: format!("{base_url}/odata.svc/{set}(id={id})").into(),
            r#type: Text::from_static(entity_type),
        }
    }
}
