//! The control `POST /customers`: open a customer.

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Optional, Source, Spec};
use estoppel_generate::Key;
use estoppel_simulator::Call;
use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{loanpro::LoanPro, seed};

/// Open a customer, as the tenant's staff would.
#[derive(Debug)]
pub enum OpenCustomer {}

impl Endpoint for OpenCustomer {
    const SPEC: Spec = Spec {
        id: "openCustomer",
        method: Method::Post,
        path: "/customers",
        summary: "Open a customer, as the tenant's staff would.",
        description: "What is not given is invented. The customer has one payment profile.",
        group: "Customers",
        auth: Auth::None,
        status: 201,
        availability: Availability::Served,
        basis: Basis::Ruled,
        source: Source::ruling("R98"),
    };
    type Path = Nothing;
    type Query = Nothing;
    type Body = NewCustomer;
    type Reply = OpenedCustomer;
    type Refusal = estoppel_contract::Invalid;
}

/// A customer to open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "R98", "x-basis" = "ruled"),
    example = json!({"firstName": "Ada", "lastName": "Example", "email": "ada@example.com"}),
)]
pub struct NewCustomer {
    /// First name.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub first_name: Optional<Text>,
    /// Last name.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub last_name: Optional<Text>,
    /// Email address.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub email: Optional<Text>,
}

/// The ids of a customer and of what it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "R98", "x-basis" = "ruled"),
    example = json!({"customerId": 10_001, "paymentAccountId": 10_002}),
)]
pub struct OpenedCustomer {
    /// Id of the customer.
    pub customer_id: u64,
    /// Id of the payment profile.
    pub payment_account_id: u64,
}

pub(crate) fn open_customer(
    loanpro: &mut LoanPro,
    call: Call<OpenCustomer>,
) -> Result<OpenedCustomer, estoppel_contract::Invalid> {
    let customer_id = loanpro.next_id();
    let payment_account_id = loanpro.next_id();
    let draw = Key::new(customer_id).entity(crate::SERVICE_NAME).entity("opened customer");
    let mut customer = seed::invented_customer(draw, customer_id, payment_account_id, call.now);
    let NewCustomer { first_name, last_name, email } = call.body;
    customer.first_name = first_name.unwrap_or(customer.first_name);
    customer.last_name = last_name.unwrap_or(customer.last_name);
    customer.email = email.unwrap_or(customer.email);
    loanpro.add_customer(customer);
    Ok(OpenedCustomer { customer_id, payment_account_id })
}
