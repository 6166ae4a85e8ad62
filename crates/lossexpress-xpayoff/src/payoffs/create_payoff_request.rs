//! `POST /payoff`

use estoppel_contract::{Auth, Availability, Basis, Endpoint, Method, Nothing, Source, Spec, refusals};
use estoppel_simulator::Call;

use super::{NewPayoffRequest, PayoffSuccess, Respondent};
use crate::{
    XPayoff,
    errors::{LENDER_ID_NEEDED, NO_SUCH_LENDER, WEBHOOK_NOT_ENABLED},
    lenders::Lender,
    readings::FulfillmentCenter,
    results::FulfilledBy,
    test_vins,
};

/// Ask for a payoff.
#[derive(Debug)]
pub enum CreatePayoffRequest {}

impl Endpoint for CreatePayoffRequest {
    const SPEC: Spec = Spec {
        id: "createPayoffRequest",
        method: Method::Post,
        path: "/payoff",
        summary: "Ask for the payoff of a vehicle loan.",
        description: "The result arrives by webhook, with the `payoffId` that this reply gives; so a webhook must be \
            enabled first (R9). Every call makes a request of its own (R108). An integrated lender answers within \
            seconds; with any other, and with a lender that is only named, the Fulfillment Center takes hours (R59, \
            R109); not every request succeeds (R119). \
            The members that are for the Fulfillment Center only are ignored without a subscription (R110).",
        group: "Loan Payoff Request",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Documented,
        source: Source::document("xpayoff", "Create Request"),
    };
    type Path = Nothing;
    type Query = Nothing;
    type Body = NewPayoffRequest;
    type Reply = PayoffSuccess;
    type Refusal = CreatePayoffRefusal;
}

refusals! {
    /// Why no payoff is asked for.
    pub enum CreatePayoffRefusal {
        /// No webhook is enabled.
        WebhookNotEnabled = WEBHOOK_NOT_ENABLED,
        /// The lender is only named, and there is nobody to look for it.
        LenderIdNeeded = LENDER_ID_NEEDED,
        /// No lender has this id.
        NoSuchLender = NO_SUCH_LENDER,
    }
}

pub(crate) fn create_payoff_request(
    xpayoff: &mut XPayoff,
    call: Call<CreatePayoffRequest>,
) -> Result<PayoffSuccess, CreatePayoffRefusal> {
    if !xpayoff.takes_requests() {
        return Err(CreatePayoffRefusal::WebhookNotEnabled);
    }
    let center = xpayoff.readings.fulfillment_center;
    let request = call.body.members();
    let (lender_name, integrated) = match (request.lender_id.as_option(), request.lender_name.as_option()) {
        (Some(id), _) => {
            let lender = Lender::with_id(*id).ok_or(CreatePayoffRefusal::NoSuchLender)?;
            (lender.lender_name, lender.integrated)
        }
        (None, name) if center == FulfillmentCenter::Subscribed => (name.cloned().unwrap_or_default(), false),
        (None, _) => return Err(CreatePayoffRefusal::LenderIdNeeded),
    };
    let respondent = if test_vins::is_test_vin(&request.vin) {
        Respondent::TestVin
    } else if integrated {
        Respondent::Fulfiller(FulfilledBy::Integration)
    } else if center == FulfillmentCenter::Subscribed {
        Respondent::Fulfiller(FulfilledBy::FulfillmentCenter)
    } else {
        Respondent::Nobody
    };
    Ok(PayoffSuccess::of(xpayoff.open_request(&call.body, lender_name, respondent, call.now)))
}
