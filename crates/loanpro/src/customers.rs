//! Customers: who they are, how they are reached and how they pay.

mod contact;
mod customer;
mod payment_account;
mod vocabularies;

pub(crate) mod fetch_address;
pub(crate) mod fetch_customer;
pub(crate) mod fetch_customer_navigation;
pub(crate) mod fetch_payment_account;
pub(crate) mod fetch_payment_accounts;
pub(crate) mod fetch_phone;
pub(crate) mod open_customer;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::odata::{EntityKey, Expand};

pub use contact::{Address, Phone};
pub(crate) use customer::{AccountRecord, CustomerRecord};
pub use customer::{Customer, CustomerData, Undescribed};
pub use fetch_address::FetchAddress;
pub use fetch_customer::FetchCustomer;
pub use fetch_customer_navigation::{
    CustomerNavigationPath, FetchCustomerNavigation, NavigationQuery, OfCustomer,
};
pub use fetch_payment_account::FetchPaymentAccount;
pub use fetch_payment_accounts::FetchPaymentAccounts;
pub use fetch_phone::FetchPhone;
pub use open_customer::{NewCustomer, OpenCustomer, OpenedCustomer};
pub use payment_account::{PaymentAccount, PaymentAccountType};
pub use vocabularies::{CustomerIdType, CustomerNavigation, CustomerType, Gender, GenerationCode, PhoneType};

/// Names one customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CustomerPath {
    /// The customer's id, as `751` or `id=751` (R81).
    pub id: EntityKey,
}

/// What comes along with an entity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "customer-website: Customer Info", "x-basis" = "documented"))]
pub struct ExpandQuery {
    /// Names of navigation properties, with commas between them; `/` leads further (R94).
    #[serde(rename = "$expand", default)]
    pub expand: Expand,
}
