//! `GET /claims/order-types`

use estoppel_contract::Words;
use estoppel_contract::{Auth, Availability, Basis, Endpoint, Invalid, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::OrderType;
use crate::carrier::Carrier;

/// List what can be ordered.
#[derive(Debug)]
pub enum FetchOrderTypes {}

impl Endpoint for FetchOrderTypes {
    const SPEC: Spec = Spec {
        id: "fetchOrderTypes",
        method: Method::Get,
        path: "/claims/order-types",
        summary: "List what can be ordered.",
        description: "",
        group: "Orders",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Example,
        source: Source::document("carrier", "Fetch Order Types"),
    };
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Reply = OrderTypes;
    type Refusal = Invalid;
}

/// What can be ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "carrier: Fetch Order Types", "x-basis" = "example"),
    example = json!({"orderTypes": ["Copy of Title", "Repo Affidavit"], "success": true}),
)]
pub struct OrderTypes {
    /// The types.
    pub order_types: Vec<OrderType>,
    /// Always true.
    pub success: bool,
}

pub(crate) fn fetch_order_types(
    _carrier: &mut Carrier,
    _call: Call<FetchOrderTypes>,
) -> Result<OrderTypes, Invalid> {
    Ok(OrderTypes { order_types: OrderType::ALL.to_vec(), success: true })
}
