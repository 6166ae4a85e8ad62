//! `DELETE /claims/{claimId}/cancel-orders`

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Method, Nothing, Notice, Source, Spec, refusals,
};
use estoppel_simulator::Call;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    activities::{ActivityData, OrderCancelled},
    carrier::Carrier,
    claims::{ClaimPath, ClaimSuccess},
    errors::ClaimRefusal,
    ids::OrderId,
};

/// Cancel orders.
#[derive(Debug)]
pub enum CancelOrders {}

impl Endpoint for CancelOrders {
    const SPEC: Spec = Spec {
        id: "cancelOrders",
        method: Method::Delete,
        path: "/claims/{claimId}/cancel-orders",
        summary: "Cancel orders.",
        description: "The body is required although the method is `DELETE` (R50). If one id is not an order of the claim, none is cancelled; an order that was cancelled before is no error (R49).",
        group: "Orders",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Example,
        source: Source::document("carrier", "Cancel Order(s) Request"),
    };
    type Path = ClaimPath;
    type Query = Nothing;
    type Body = OrdersToCancel;
    type Reply = ClaimSuccess;
    type Refusal = CancelOrdersRefusal;
}

/// Which orders to cancel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "carrier: Cancel Order(s) Request", "x-basis" = "documented"),
    example = json!({"orderIds": ["3e8c38f3-f4ef-4414-88da-1793d25ef6f0"]}),
)]
pub struct OrdersToCancel {
    /// The orders.
    pub order_ids: Vec<OrderId>,
}

refusals! {
    /// Why no order is cancelled.
    pub enum CancelOrdersRefusal: ClaimRefusal {
        /// One of the ids is not an order of this claim.
        NoSuchOrder = Notice {
            id: "no-such-order",
            status: 404,
            message: "Order not found.",
            when: "One of the ids is not an order of this claim.",
            basis: Basis::Ruled,
            source: Source::ruling("R49"),
        },
    }
}

pub(crate) fn cancel_orders(
    carrier: &mut Carrier,
    call: Call<CancelOrders>,
) -> Result<ClaimSuccess, CancelOrdersRefusal> {
    let claim_id = call.path.claim_id;
    let record = carrier.visible_claim(claim_id)?;
    if !call.body.order_ids.iter().all(|id| record.has_order(*id)) {
        return Err(CancelOrdersRefusal::NoSuchOrder);
    }
    for order_id in call.body.order_ids {
        if carrier.cancel_order(claim_id, order_id) {
            let data = ActivityData::OrderCancelled(Box::new(OrderCancelled { order_id }));
            carrier.record(claim_id, call.now, data)?;
        }
    }
    Ok(ClaimSuccess::of(claim_id))
}
