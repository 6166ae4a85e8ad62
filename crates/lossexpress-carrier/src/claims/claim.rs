//! A claim as the API shows it.

use estoppel_contract::Optional;
use estoppel_values::{Date, Integer, Number, Sensitive, Text, Timestamp, Usd, Vin};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CauseOfLoss, FinanceType, InsurerType};
use crate::ids::{ClaimId, LenderId};

/// A total-loss claim. What a carrier never sent is absent (R53).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "carrier: Claims", "x-basis" = "documented"),
    example = crate::examples::claim(),
)]
pub struct Claim {
    /// The customer's account number for the loan.
    pub account_number: Sensitive,
    /// The primary adjuster's name.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub adjuster_name: Optional<Text>,
    /// The primary adjuster's email address.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub adjuster_email_address: Optional<Text>,
    /// The primary adjuster's phone number.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub adjuster_phone_number: Optional<Text>,
    /// What caused the loss.
    pub cause_of_loss: CauseOfLoss,
    /// The LossExpress UUID of the claim.
    pub claim_id: ClaimId,
    /// The carrier's own number for the claim.
    pub claim_number: Text,
    /// When the claim was created.
    pub created_at: Timestamp,
    /// The day of the loss.
    pub date_of_loss: Date,
    /// The deductible, in US dollars.
    pub deductible: Usd,
    /// The documents on the claim, oldest first; empty where there are none.
    pub documents: Vec<Document>,
    /// Whether the vehicle is bought or leased.
    pub finance_type: FinanceType,
    /// Whose insurer the carrier is.
    pub insurer_type: InsurerType,
    /// The lender's name.
    pub lender_name: Text,
    /// The lender in the lender database; absent until the lender is verified (R51).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub lender_id: Optional<LenderId>,
    /// The latest request for a letter of guarantee.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub letter_of_guarantee_request: Optional<LetterOfGuaranteeRequest>,
    /// The vehicle's mileage.
    pub odometer: Number,
    /// The vehicle owner's name.
    #[schemars(extend("x-personal" = true))]
    pub owners_name: Text,
    /// The vehicle owner's phone number.
    #[schemars(extend("x-personal" = true))]
    pub owners_phone_number: Text,
    /// Whether the owner keeps the vehicle, as the tables spell it.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub owners_retained: Optional<bool>,
    /// The same as `ownersRetained`, as the examples spell it (R1).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-source" = "R1", "x-basis" = "ruled"))]
    pub owner_retained: Optional<bool>,
    /// The vehicle owner's full address.
    #[schemars(extend("x-personal" = true))]
    pub owners_street_address: Text,
    /// What it takes to pay the loan off, once the lender has said so.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub payoff_data: Optional<Box<PayoffData>>,
    /// The settlement, in US dollars.
    pub settlement_amount: Usd,
    /// The full address to which the title goes.
    #[schemars(extend("x-personal" = true))]
    pub title_remittance_address: Text,
    /// When anything about the claim last changed. Follow the activity feed rather than this.
    pub updated_at: Timestamp,
    /// Make, model and year, if the VIN tells them.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub vehicle: Optional<Vehicle>,
    /// The full address where the vehicle is, if it is not where the title goes.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub vehicle_location: Optional<Text>,
    /// The vehicle identification number.
    pub vin: Vin,
}

/// A document on a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: Example Claim Object", "x-basis" = "example"))]
pub struct Document {
    /// When it was added.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Where its bytes are.
    #[schemars(extend("format" = "uri"))]
    pub document_url: Text,
    /// Its type, in lower case: one of the standard types or any other text (R46).
    pub r#type: Text,
}

/// A request for a letter of guarantee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: Example Claim Object", "x-basis" = "example"))]
pub struct LetterOfGuaranteeRequest {
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Where the letter is, once there is one.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("format" = "uri"))]
    pub document_url: Optional<Text>,
}

/// What it takes to pay a loan off. It may come in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: Example Claim Object", "x-basis" = "example"))]
pub struct PayoffData {
    /// When it was added.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub created_at: Optional<Timestamp>,
    /// When it last changed.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub updated_at: Optional<Timestamp>,
    /// What pays the loan off through the date given, in US dollars.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub payoff_amount: Optional<Usd>,
    /// The per diem, in US dollars. How it goes together with the amount is a ruling (R57).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub per_diem: Optional<Usd>,
    /// Through when the payoff is valid; the document does not say for which amount (R57).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub valid_through_date: Optional<Timestamp>,
    /// Where the money goes.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub remittance_information: Optional<RemittanceInformation>,
}

/// Where a payoff goes, by kind of mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: payoff-data-added", "x-basis" = "example"))]
pub struct RemittanceInformation {
    /// By standard mail.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub standard: Optional<Remittance>,
    /// By overnight mail.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub overnight: Optional<Remittance>,
}

/// A payee and its address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: payoff-data-added", "x-basis" = "example"))]
pub struct Remittance {
    /// Payee of the check.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub make_check_payable_to: Optional<Text>,
    /// Attention line.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub attn: Optional<Text>,
    /// Street and house number.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub street_address: Optional<Text>,
    /// Suite, floor or the like.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub street_address2: Optional<Text>,
    /// City.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub city: Optional<Text>,
    /// State, as two letters.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub state: Optional<Text>,
    /// ZIP code.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub zip_code: Optional<Text>,
}

/// A vehicle's make, model and year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "carrier: Claims", "x-basis" = "documented"))]
pub struct Vehicle {
    /// Make.
    pub make: Text,
    /// Model.
    pub model: Text,
    /// Model year.
    pub year: Integer,
}
