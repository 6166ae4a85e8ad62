//! Addresses and telephones. The document names them and shows no member of theirs (R96).

use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::PhoneType;
use crate::{odata::Metadata, wire::ZeroOne};

/// A postal address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "R96", "x-basis" = "ruled"),
    example = json!({
        "__metadata": {
            "uri": "https://loanpro.simnang.com/api/public/api/1/odata.svc/Addresses(id=1501)",
            "type": "Entity.Address",
        },
        "id": 1501, "address1": "100 Estoppel Avenue", "address2": null, "city": "Dallas",
        "state": "geo.state.TX", "zipcode": "75201", "country": "company.country.usa", "active": 1,
    }),
)]
pub struct Address {
    /// What it is and where.
    #[serde(rename = "__metadata")]
    pub metadata: Metadata,
    /// Its id.
    pub id: u64,
    /// Street and house number.
    #[schemars(extend("x-personal" = true))]
    pub address1: Text,
    /// Suite, floor or the like.
    #[schemars(extend("x-personal" = true))]
    pub address2: Option<Text>,
    /// City.
    #[schemars(extend("x-personal" = true))]
    pub city: Text,
    /// State: `geo.state.` and two letters.
    #[schemars(extend("x-personal" = true))]
    pub state: Text,
    /// ZIP code.
    #[schemars(extend("x-personal" = true))]
    pub zipcode: Text,
    /// Country: `company.country.usa`.
    pub country: Text,
    /// Whether it is in use.
    pub active: ZeroOne,
}

/// A telephone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "R96", "x-basis" = "ruled"),
    example = json!({
        "__metadata": {
            "uri": "https://loanpro.simnang.com/api/public/api/1/odata.svc/Phones(id=2251)",
            "type": "Entity.Phone",
        },
        "id": 2251, "entityType": "Entity.Customer", "entityId": 751, "phone": "2145550123",
        "type": "phone.type.cell", "isPrimary": 1, "isSecondary": 0, "active": 1,
    }),
)]
pub struct Phone {
    /// What it is and where.
    #[serde(rename = "__metadata")]
    pub metadata: Metadata,
    /// Its id.
    pub id: u64,
    /// Whose type: `Entity.Customer`.
    pub entity_type: Text,
    /// Whose id.
    pub entity_id: u64,
    /// Ten digits.
    #[schemars(extend("x-personal" = true))]
    pub phone: Text,
    /// What kind of telephone it is.
    pub r#type: PhoneType,
    /// Whether it is the first to call.
    pub is_primary: ZeroOne,
    /// Whether it is the second to call.
    pub is_secondary: ZeroOne,
    /// Whether it is in use.
    pub active: ZeroOne,
}
