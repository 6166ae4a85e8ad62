//! `POST /claims/{claimId}/orders`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec};
use estoppel_simulator::Call;
use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Order, OrderState, OrderType};
use crate::{
    activities::{ActivityData, OrderCreated},
    carrier::Carrier,
    claims::ClaimPath,
    errors::ClaimRefusal,
    ids::{ClaimId, OrderId},
};

/// Order from the lender.
#[derive(Debug)]
pub enum CreateOrders {}

impl Endpoint for CreateOrders {
    const SPEC: Spec = Spec {
        id: "createOrders",
        method: Method::Post,
        path: "/claims/{claimId}/orders",
        summary: "Order documents or facts from the lender.",
        description: "One order for each type, in the order given; `order-created` appears in the activity feed for each. An unknown type refuses them all (R48).",
        group: "Orders",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Example,
        source: Source::document("carrier", "Create Order(s) Request"),
    };
    type Path = ClaimPath;
    type Query = Nothing;
    type Body = NewOrders;
    type Reply = CreatedOrders;
    type Refusal = ClaimRefusal;
}

/// What to order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    extend("x-source" = "carrier: Create Order(s) Request", "x-basis" = "documented"),
    example = json!({"types": ["Repo Affidavit", "Copy of Title"]}),
)]
pub struct NewOrders {
    /// The types.
    pub types: Vec<OrderType>,
}

/// The orders that were made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "carrier: Create Order(s) Request", "x-basis" = "example"),
    example = json!({
        "claimId": "c30ae9da-9222-4de5-81fe-fe1ac590fa0f",
        "orders": [{"orderId": "3e8c38f3-f4ef-4414-88da-1793d25ef6f0", "type": "Repo Affidavit"}],
        "success": true,
    }),
)]
pub struct CreatedOrders {
    /// The claim.
    pub claim_id: ClaimId,
    /// The orders, in the order of the request.
    pub orders: Vec<CreatedOrder>,
    /// Always true.
    pub success: bool,
}

/// An order that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "carrier: Create Order(s) Request", "x-basis" = "example"))]
pub struct CreatedOrder {
    /// Names the order.
    pub order_id: OrderId,
    /// What was ordered.
    pub r#type: OrderType,
}

pub(crate) fn create_orders(
    carrier: &mut Carrier,
    call: Call<CreateOrders>,
) -> Result<CreatedOrders, ClaimRefusal> {
    let claim_id = call.path.claim_id;
    carrier.visible_claim(claim_id)?;
    let mut orders = Vec::with_capacity(call.body.types.len());
    for order_type in call.body.types {
        let id = carrier.next_order_id();
        carrier.touched_claim(claim_id, call.now)?.orders.push(Order { id, state: OrderState::Open });
        let data = OrderCreated { order_id: id, order_type: Text::from(order_type.to_string()) };
        carrier.record(claim_id, call.now, ActivityData::OrderCreated(Box::new(data)))?;
        orders.push(CreatedOrder { order_id: id, r#type: order_type });
    }
    Ok(CreatedOrders { claim_id, orders, success: true })
}
