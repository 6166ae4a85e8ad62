//! Postal addresses in the United States.

use estoppel_contract::Optional;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Text;

/// A postal address in five parts, each of which may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(example = PostalAddress::example())]
pub struct PostalAddress {
    /// Street and house number.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub street_address: Optional<Text>,
    /// Suite, floor or the like.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub street_address2: Optional<Text>,
    /// City.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub city: Optional<Text>,
    /// State, as two letters.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub state: Optional<Text>,
    /// ZIP code.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub zip_code: Optional<Text>,
}

impl PostalAddress {
    /// The address that reference pages show.
    pub fn example() -> Self {
        Self {
            street_address: Text::from_static("1000 Main Street").into(),
            street_address2: Text::from_static("Ste. 500").into(),
            city: Text::from_static("Dallas").into(),
            state: Text::from_static("TX").into(),
            zip_code: Text::from_static("75204").into(),
        }
    }
}
