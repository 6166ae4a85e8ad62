//! Saved payment profiles.

use estoppel_contract::vocabulary;
use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{odata::Metadata, wire::ZeroOne};

vocabulary! {
    /// What a payment profile pays with.
    #![source("R96")]
    #![basis("ruled")]
    pub enum PaymentAccountType {
        /// A card.
        Credit = "paymentAccount.type.credit",
        /// A bank account.
        Checking = "paymentAccount.type.checking",
    }
}

/// A saved payment profile: its name, id, status and type, and no number of an account or card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "customer-website: Pulling Payment Profiles", "x-basis" = "documented"),
    example = json!({
        "__metadata": {
            "uri": "https://loanpro.simnang.com/api/public/api/1/odata.svc/PaymentAccounts(id=289)",
            "type": "Entity.PaymentAccount",
        },
        "id": 289, "entityType": "Entity.Customer", "entityId": 751, "title": "Everyday card",
        "type": "paymentAccount.type.credit", "isPrimary": 1, "isSecondary": 0, "active": 1,
    }),
)]
pub struct PaymentAccount {
    /// What it is and where.
    #[serde(rename = "__metadata")]
    pub metadata: Metadata,
    /// Its id: `paymentAccountId` of a payment, `primaryPaymentMethodId` of an autopay.
    pub id: u64,
    /// Whose type: `Entity.Customer` (R96).
    #[schemars(extend("x-source" = "R96", "x-basis" = "ruled"))]
    pub entity_type: Text,
    /// Whose id (R96).
    #[schemars(extend("x-source" = "R96", "x-basis" = "ruled"))]
    pub entity_id: u64,
    /// Its name.
    pub title: Text,
    /// What it pays with.
    pub r#type: PaymentAccountType,
    /// Whether it is the first choice (R96).
    #[schemars(extend("x-source" = "R96", "x-basis" = "ruled"))]
    pub is_primary: ZeroOne,
    /// Whether it is the second choice (R96).
    #[schemars(extend("x-source" = "R96", "x-basis" = "ruled"))]
    pub is_secondary: ZeroOne,
    /// Its status: whether it is in use.
    pub active: ZeroOne,
}
