//! A customer.

use estoppel_generate::{Address as Place, Person};
use estoppel_values::{Sensitive, Text};
use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Address, CustomerIdType, CustomerType, Gender, GenerationCode, PaymentAccount, PaymentAccountType, Phone,
};
use crate::{
    examples,
    loans::Loan,
    odata::{Data, ExpandedList, Metadata, Navigation},
    wire::{ODataDate, ZeroOne},
};

/// A customer in its envelope.
pub type CustomerData = Data<Customer>;

/// An entity or list whose members the document does not show: none is served (R96).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "R96", "x-basis" = "ruled"))]
pub struct Undescribed {}

/// A person or company that has loans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "customer-website: Customer Info", "x-basis" = "example"),
    example = examples::customer(),
)]
pub struct Customer {
    /// What it is and where.
    #[serde(rename = "__metadata")]
    pub metadata: Metadata,
    /// Where the customer lives.
    #[serde(rename = "PrimaryAddress")]
    pub primary_address: Navigation<Option<Address>>,
    /// Where the customer gets mail.
    #[serde(rename = "MailAddress")]
    pub mail_address: Navigation<Option<Address>>,
    /// For whom the customer works; nothing is known about it (R96).
    #[serde(rename = "Employer")]
    pub employer: Navigation<Option<Undescribed>>,
    /// Who knows the customer; nobody is listed (R96).
    #[serde(rename = "References")]
    pub references: Navigation<ExpandedList<Undescribed>>,
    /// How the customer pays.
    #[serde(rename = "PaymentAccounts")]
    pub payment_accounts: Navigation<ExpandedList<PaymentAccount>>,
    /// The customer's telephones.
    #[serde(rename = "Phones")]
    pub phones: Navigation<ExpandedList<Phone>>,
    /// Values of the tenant's own fields; there are none (R96).
    #[serde(rename = "CustomFieldValues")]
    pub custom_field_values: Navigation<ExpandedList<Undescribed>>,
    /// Documents; there are none (R96).
    #[serde(rename = "Documents")]
    pub documents: Navigation<ExpandedList<Undescribed>>,
    /// The credit score; nothing is known about it (R96).
    #[serde(rename = "CreditScore")]
    pub credit_score: Navigation<Option<Undescribed>>,
    /// The loans.
    #[serde(rename = "Loans")]
    pub loans: Navigation<ExpandedList<Loan>>,
    /// Lines of credit; there are none (R96).
    #[serde(rename = "LineOfCredits")]
    pub line_of_credits: Navigation<ExpandedList<Undescribed>>,
    /// Profiles in social networks; there are none (R96).
    #[serde(rename = "SocialProfiles")]
    pub social_profiles: Navigation<ExpandedList<Undescribed>>,
    /// Notes about the customer; there are none (R96).
    #[serde(rename = "Notes")]
    pub notes: Navigation<ExpandedList<Undescribed>>,
    /// Its id.
    pub id: u64,
    /// The tenant's own id.
    pub custom_id: Option<Text>,
    /// An id across tenants.
    pub mc_id: u64,
    /// What kind of customer this is.
    pub customer_type: CustomerType,
    /// Status, such as `Active`.
    pub status: Text,
    /// First name.
    #[schemars(extend("x-personal" = true))]
    pub first_name: Text,
    /// Last name.
    #[schemars(extend("x-personal" = true))]
    pub last_name: Text,
    /// Middle name.
    #[schemars(extend("x-personal" = true))]
    pub middle_name: Option<Text>,
    /// Day of birth.
    #[schemars(extend("x-personal" = true))]
    pub birth_date: ODataDate,
    /// Gender.
    #[schemars(extend("x-personal" = true))]
    pub gender: Gender,
    /// What follows the name.
    #[schemars(extend("x-personal" = true))]
    pub generation_code: GenerationCode,
    /// Email address; empty where none is known.
    #[schemars(extend("x-personal" = true))]
    pub email: Text,
    /// Social security number: five `X` and its last four digits.
    pub ssn: Sensitive,
    /// Number of the driver's license.
    pub driver_license: Sensitive,
    /// Name of the company.
    #[schemars(extend("x-personal" = true))]
    pub company_name: Option<Text>,
    /// Name of the contact at the company.
    #[schemars(extend("x-personal" = true))]
    pub contact_name: Option<Text>,
    /// Which number identifies the customer.
    pub customer_id_type: CustomerIdType,
    /// The identifying number of a company.
    #[schemars(extend("x-personal" = true))]
    pub customer_id: Option<Text>,
    /// Most that may be lent, in dollars.
    pub credit_limit: u64,
    /// Name under which the customer logs in.
    #[schemars(extend("x-personal" = true))]
    pub access_user_name: Text,
    /// Whether the customer is active.
    pub active: ZeroOne,
    /// Whether a sanctions list holds the name.
    pub ofac_match: ZeroOne,
    /// Whether the name was looked up in sanctions lists.
    pub ofac_tested: ZeroOne,
    /// Whether personal data go along when a loan is sold.
    pub sale_transfer_pii: ZeroOne,
    /// Whether the customer has changed the first password.
    pub password_changed: ZeroOne,
    /// Whether there is a picture of the customer.
    pub has_avatar: ZeroOne,
    /// The customer's role on a loan.
    pub loan_role: Option<Text>,
    /// When the customer was created.
    pub created: ODataDate,
    /// When the customer was last changed.
    pub last_update: ODataDate,
    /// Id of the credit score.
    pub credit_score_id: Option<u64>,
}

/// A customer as the state holds it.
#[derive(Clone, Debug)]
pub(crate) struct CustomerRecord {
    pub(crate) id: u64,
    pub(crate) mc_id: u64,
    pub(crate) first_name: Text,
    pub(crate) last_name: Text,
    pub(crate) birth_date: Date,
    pub(crate) gender: Gender,
    pub(crate) email: Text,
    pub(crate) ssn_end: u64,
    pub(crate) driver_license: Sensitive,
    pub(crate) user_name: Text,
    pub(crate) credit_score_id: Option<u64>,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    pub(crate) address: Place,
    pub(crate) phone: Text,
    pub(crate) accounts: Vec<AccountRecord>,
    pub(crate) loans: Vec<u64>,
}

/// A payment profile as the state holds it.
#[derive(Clone, Debug)]
pub(crate) struct AccountRecord {
    pub(crate) id: u64,
    pub(crate) title: Text,
    pub(crate) kind: PaymentAccountType,
}

impl CustomerRecord {
    /// The name under which a person logs in.
    pub(crate) fn user_name_of(person: &Person) -> Text {
        estoppel_generate::Line::new().plain(person.first_name).plain(person.last_name).finish()
    }
}
