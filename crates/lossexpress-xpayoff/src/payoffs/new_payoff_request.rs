//! What a caller sends to ask for a payoff.

use std::borrow::Cow;

use estoppel_contract::{Optional, vocabulary};
use estoppel_values::{Sensitive, Text, Vin};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::json;
use thiserror::Error;

use super::{Mileage, SocialSecurityNumber};
use crate::ids::LenderId;

vocabulary! {
    /// How a loan came about.
    #![source("xpayoff: Create Request")]
    #![basis("documented")]
    pub enum FinanceType {
        /// The vehicle is bought with a loan.
        Retail = "Retail",
        /// The vehicle is leased.
        Lease = "Lease",
    }
}

/// The members of a payoff request, in documented order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NewPayoffRequestMembers {
    /// The account number of the loan. Without it, some payoffs cannot be had.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub(crate) account_number: Optional<Sensitive>,
    /// The customer's name on the loan.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub(crate) customer_name: Optional<Text>,
    /// The customer's address on the loan.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-source" = "R107", "x-basis" = "ruled"))]
    #[schemars(extend("x-personal" = true))]
    pub(crate) customer_address: Optional<Text>,
    /// The customer's date of birth, as text of any form.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-source" = "R107", "x-basis" = "ruled"))]
    #[schemars(extend("x-personal" = true))]
    pub(crate) customer_birthdate: Optional<Text>,
    /// The customer's phone number, as text of any form.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-source" = "R107", "x-basis" = "ruled"))]
    #[schemars(extend("x-personal" = true))]
    pub(crate) customer_phone_number: Optional<Text>,
    /// The organization that asks for the payoff and will act on it.
    pub(crate) entity_name: Text,
    /// How the loan came about.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub(crate) finance_type: Optional<FinanceType>,
    /// The lender, as the lender search names it. This or `lenderName` is needed, and this one wins (R3).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub(crate) lender_id: Optional<LenderId>,
    /// The name of a lender that is not in the lender database. Alone it needs the Fulfillment Center (R3).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub(crate) lender_name: Optional<Text>,
    /// The e-mail address of the person who asks. Fulfillment Center only.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub(crate) requester_email_address: Optional<Text>,
    /// The name of the person who asks. Fulfillment Center only.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub(crate) requester_name: Optional<Text>,
    /// The phone number of the person who asks. Fulfillment Center only.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-personal" = true))]
    pub(crate) requester_phone_number: Optional<Text>,
    /// The customer's social security number, whole or its last four digits (R105).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub(crate) social_security_number: Optional<SocialSecurityNumber>,
    /// The mileage of the vehicle (R106).
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    #[schemars(extend("x-source" = "R106", "x-basis" = "ruled"))]
    pub(crate) vehicle_mileage: Optional<Mileage>,
    /// The vehicle identification number.
    pub(crate) vin: Vin,
}

/// What a caller sends to ask for a payoff.
///
/// `lenderId` or `lenderName` is needed (R3). The more is told about loan and customer, the likelier is a payoff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "NewPayoffRequestMembers", into = "NewPayoffRequestMembers")]
pub struct NewPayoffRequest(NewPayoffRequestMembers);

/// The request names no lender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("one of lenderId and lenderName is needed")]
pub struct NoLenderError;

impl TryFrom<NewPayoffRequestMembers> for NewPayoffRequest {
    type Error = NoLenderError;

    fn try_from(members: NewPayoffRequestMembers) -> Result<Self, NoLenderError> {
        if members.lender_id.is_absent() && members.lender_name.is_absent() {
            return Err(NoLenderError);
        }
        Ok(Self(members))
    }
}

impl From<NewPayoffRequest> for NewPayoffRequestMembers {
    fn from(request: NewPayoffRequest) -> Self {
        request.0
    }
}

impl NewPayoffRequest {
    /// A request with these members, one of which names its lender.
    pub(crate) const fn of(members: NewPayoffRequestMembers) -> Self {
        Self(members)
    }

    /// The members.
    pub(crate) const fn members(&self) -> &NewPayoffRequestMembers {
        &self.0
    }

    /// Whether the request tells the account number of the loan.
    pub const fn has_account_number(&self) -> bool {
        self.0.account_number.is_present()
    }

    /// The customer's social security number, if the request tells it.
    pub const fn social_security_number(&self) -> Option<&SocialSecurityNumber> {
        self.0.social_security_number.as_option()
    }
}

impl JsonSchema for NewPayoffRequest {
    fn schema_name() -> Cow<'static, str> {
        "NewPayoffRequest".into()
    }

    fn schema_id() -> Cow<'static, str> {
        concat!(module_path!(), "::NewPayoffRequest").into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = NewPayoffRequestMembers::json_schema(generator);
        let description = "What a caller sends to ask for a payoff.\n\n`lenderId` or `lenderName` is needed (R3). The \
            more is told about loan and customer, the likelier is a payoff.";
        schema.insert("description".to_owned(), description.into());
        schema.insert("anyOf".to_owned(), json!([{"required": ["lenderId"]}, {"required": ["lenderName"]}]));
        schema.insert("x-source".to_owned(), "xpayoff: Create Request".into());
        schema.insert("x-basis".to_owned(), "documented".into());
        let examples = json!([
            crate::examples::new_payoff_request(),
            crate::examples::new_payoff_request_by_lender_name()
        ]);
        schema.insert("examples".to_owned(), examples);
        schema
    }
}
