//! `POST /payoff/{payoffId}/result`, a control

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Invalid, JsonPointer, Method, Nothing, Notice, Optional, Source,
    Spec, Violation, refusals, vocabulary,
};
use estoppel_simulator::Call;
use estoppel_values::{Text, Timestamp, Usd};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::PayoffRequestStatus;
use crate::{
    XPayoff,
    errors::{NO_SUCH_PAYOFF_REQUEST, WEBHOOK_NOT_ENABLED},
    payoffs::{PayoffPath, PayoffRequest, RequestState},
    results::{FulfilledBy, PayoffResultBody},
};

/// Deliver a chosen result now.
#[derive(Debug)]
pub enum DeliverResult {}

impl Endpoint for DeliverResult {
    const SPEC: Spec = Spec {
        id: "deliverResult",
        method: Method::Post,
        path: "/payoff/{payoffId}/result",
        summary: "Deliver a result of a payoff request now, as chosen.",
        description: "What is not chosen is made up as the session would make it up. A request that is open is then \
            delivered, and its own result does not come; one that is delivered gets a further result (R115).",
        group: "Payoff requests",
        auth: Auth::None,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Ruled,
        source: Source::ruling("R115"),
    };
    type Path = PayoffPath;
    type Query = Nothing;
    type Body = ChosenResult;
    type Reply = PayoffRequestStatus;
    type Refusal = DeliverResultRefusal;
}

/// A result that a tester chooses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "R115", "x-basis" = "ruled"),
    example = json!({"success": false, "errorMessage": "Loan has been paid off"}),
    example = json!({"success": true, "members": "promised"}),
)]
pub struct ChosenResult {
    /// Whether the payoff could be had.
    pub success: bool,
    /// Which members are made up besides the chosen ones: all, unless it is said.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub members: Optional<Members>,
    /// What remains on the loan, in US dollars with at most two decimal places.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub payoff_amount: Optional<Usd>,
    /// What each day adds, in US dollars with at most two decimal places.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub per_diem: Optional<Usd>,
    /// Through when the payoff holds.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub valid_through_date: Optional<Timestamp>,
    /// Payee of the check.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub check_payable_to: Optional<Text>,
    /// Why the payoff could not be had.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub error_message: Optional<Text>,
    /// Who got the payoff, or tried to.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub fulfilled_by: Optional<FulfilledBy>,
    /// Whether the customer was asked by phone to agree.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub customer_authorization_attempted: Optional<bool>,
}

vocabulary! {
    /// Which members of a result are made up besides the chosen ones.
    #![source("R115")]
    #![basis("ruled")]
    pub enum Members {
        /// Every member that such a result has.
        All = "all",
        /// `payoffId` and `success`, which are promised.
        Promised = "promised",
    }
}

/// The request is over.
const REQUEST_ENDED: Notice = Notice {
    id: "request-ended",
    status: 409,
    message: "The payoff request was cancelled or deactivated.",
    when: "The request was cancelled, or deactivated together with the webhooks.",
    basis: Basis::Ruled,
    source: Source::ruling("R115"),
};

refusals! {
    /// Why no result is delivered.
    pub enum DeliverResultRefusal: Invalid {
        /// No payoff request has this id.
        NoSuchPayoffRequest = NO_SUCH_PAYOFF_REQUEST,
        /// It was cancelled or deactivated.
        RequestEnded = REQUEST_ENDED,
        /// There is nothing to deliver it to.
        WebhookNotEnabled = WEBHOOK_NOT_ENABLED,
    }
}

pub(crate) fn deliver_result(
    xpayoff: &mut XPayoff,
    call: Call<DeliverResult>,
) -> Result<PayoffRequestStatus, DeliverResultRefusal> {
    let id = call.path.payoff_id;
    let request = xpayoff.request(id).ok_or(DeliverResultRefusal::NoSuchPayoffRequest)?;
    if matches!(request.state, RequestState::Cancelled(_) | RequestState::Deactivated(_)) {
        return Err(DeliverResultRefusal::RequestEnded);
    }
    check_amount("payoffAmount", &call.body.payoff_amount)?;
    check_amount("perDiem", &call.body.per_diem)?;
    if !xpayoff.has_webhook() {
        return Err(DeliverResultRefusal::WebhookNotEnabled);
    }
    let body = chosen_body(request, call.body, call.now);
    xpayoff.deliver(id, &body, call.now);
    xpayoff.request(id).map(PayoffRequestStatus::of).ok_or(DeliverResultRefusal::NoSuchPayoffRequest)
}

/// The largest amount that can be chosen, in dollars: every cent up to it has digits of its own as a JSON number.
const DOLLARS_MAX: i64 = 1_000_000_000;

fn check_amount(member: &str, amount: &Optional<Usd>) -> Result<(), Invalid> {
    let Some(amount) = amount.as_option().copied() else { return Ok(()) };
    let fault = |keyword: &str, expected: String| {
        Err(Invalid(vec![Violation::new(JsonPointer::member(member), keyword, expected, &json!(amount))]))
    };
    if amount.number().decimal_places() > 2 {
        return fault("multipleOf", "a multiple of 0.01".to_owned());
    }
    if amount < Usd::default() {
        return fault("minimum", "at least 0".to_owned());
    }
    if amount > Usd::from_cents(100 * DOLLARS_MAX) {
        return fault("maximum", format!("at most {DOLLARS_MAX}"));
    }
    Ok(())
}

/// What is made up, with what was chosen in its place.
fn chosen_body(request: &PayoffRequest, chosen: ChosenResult, now: jiff::Timestamp) -> PayoffResultBody {
    let mut inquiry = request.inquiry();
    inquiry.way = chosen.fulfilled_by.unwrap_or(inquiry.way);
    let mut body = match (chosen.members.unwrap_or(Members::All), chosen.success) {
        (Members::Promised, success) => {
            PayoffResultBody { success, ..PayoffResultBody::promised(request.id) }
        }
        (Members::All, true) => inquiry.quoted(&request.loan, Timestamp::from_instant(now)),
        (Members::All, false) => {
            let by_center = inquiry.way == FulfilledBy::FulfillmentCenter;
            inquiry.failed(by_center.then(|| request.evidence.likely_message(request.key)))
        }
    };
    replace(&mut body.payoff_amount, chosen.payoff_amount);
    replace(&mut body.per_diem, chosen.per_diem);
    replace(&mut body.valid_through_date, chosen.valid_through_date);
    replace(&mut body.check_payable_to, chosen.check_payable_to);
    replace(&mut body.error_message, chosen.error_message);
    replace(&mut body.fulfilled_by, chosen.fulfilled_by);
    replace(&mut body.customer_authorization_attempted, chosen.customer_authorization_attempted);
    body
}

fn replace<T>(member: &mut Optional<T>, chosen: Optional<T>) {
    if chosen.is_present() {
        *member = chosen;
    }
}
