//! A loan.

use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::LoanSetup;
use crate::{
    autopays::Autopay,
    customers::Customer,
    examples,
    odata::{Data, ExpandedList, Metadata, Navigation},
    payments::{Payment, Transaction},
    status_archives::StatusArchive,
    wire::{ODataDate, ZeroOne},
};

/// A loan in its envelope.
pub type LoanData = Data<Loan>;

/// A loan. The document names its nested objects and shows none of its own members (R96).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "R96", "x-basis" = "ruled"),
    example = examples::loan(),
)]
pub struct Loan {
    /// What it is and where.
    #[serde(rename = "__metadata")]
    pub metadata: Metadata,
    /// The terms.
    #[serde(rename = "LoanSetup")]
    #[schemars(extend("x-source" = "customer-website: Loan Info", "x-basis" = "documented"))]
    pub loan_setup: Navigation<LoanSetup>,
    /// What is switched on and off.
    #[serde(rename = "LoanSettings")]
    pub loan_settings: Navigation<LoanSettings>,
    /// Who owes it.
    #[serde(rename = "Customers")]
    #[schemars(extend("x-source" = "customer-website: Customer Info", "x-basis" = "documented"))]
    pub customers: Navigation<ExpandedList<Customer>>,
    /// How it stood, day by day; expanded, how it stands today (R94).
    #[serde(rename = "StatusArchive")]
    pub status_archive: Navigation<ExpandedList<StatusArchive>>,
    /// Payments that pay themselves.
    #[serde(rename = "Autopays")]
    #[schemars(extend("x-source" = "customer-website: Pulling Payment History", "x-basis" = "documented"))]
    pub autopays: Navigation<ExpandedList<Autopay>>,
    /// Everything that changed the balance, and the payment schedule.
    #[serde(rename = "Transactions")]
    #[schemars(extend("x-source" = "customer-website: Pulling Payment History", "x-basis" = "documented"))]
    pub transactions: Navigation<ExpandedList<Transaction>>,
    /// Payments.
    #[serde(rename = "Payments")]
    #[schemars(extend("x-source" = "customer-website: Pulling Payment History", "x-basis" = "documented"))]
    pub payments: Navigation<ExpandedList<Payment>>,
    /// Its id.
    pub id: u64,
    /// Its number for people.
    pub display_id: Text,
    /// Its title.
    pub title: Text,
    /// Id of its settings.
    pub settings_id: u64,
    /// Id of its terms.
    pub setup_id: u64,
    /// Whether it is in force.
    pub active: ZeroOne,
    /// Whether it is put away.
    pub archived: ZeroOne,
    /// When it was created.
    pub created: ODataDate,
}

/// What is switched on and off for a loan (R96).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "R96", "x-basis" = "ruled"),
    example = serde_json::json!({
        "__metadata": {
            "uri": "https://loanpro.simnang.com/api/public/api/1/odata.svc/LoanSettings(id=9118)",
            "type": "Entity.LoanSettings",
        },
        "id": 9118, "loanId": 9118, "autopayEnabled": 1,
    }),
)]
pub struct LoanSettings {
    /// What it is and where.
    #[serde(rename = "__metadata")]
    pub metadata: Metadata,
    /// Its id: that of the loan.
    pub id: u64,
    /// Id of the loan.
    pub loan_id: u64,
    /// Whether the loan takes autopays (R99).
    pub autopay_enabled: ZeroOne,
}
