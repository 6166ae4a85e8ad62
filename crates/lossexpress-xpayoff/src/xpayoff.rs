//! The simulated state of the xPayoff API.

use std::{collections::BTreeMap, sync::Arc};

use estoppel_contract::Protocol;
use estoppel_generate::Key;
use estoppel_simulator::{
    Behaviour, DeliverySettings, Event, Holding, Message, Policy, RawCall, Setup, Table, WebhookChange,
};
use estoppel_values::{Text, Timestamp};
use serde_json::json;

use crate::{
    ids::{OrderId, PayoffId},
    payoffs::{NewPayoffRequest, PayoffRequest, RequestState, Respondent},
    readings::{WebhookPrecondition, XPayoffReadings},
    results::{Evidence, Inquiry, Loan, PayoffResult, PayoffResultBody},
};

/// The state of the xPayoff API in one session.
///
/// Invariants: there is one timer for each open request and no other; a request that has left the open state never
/// comes back to it; cancelled and deactivated requests send nothing.
#[derive(Clone, Debug)]
pub struct XPayoff {
    key: Key,
    started_at: Timestamp,
    pub(crate) readings: XPayoffReadings,
    webhook: WebhookState,
    requests: Table<PayoffId, PayoffRequest>,
    timers: BTreeMap<(jiff::Timestamp, u64), PayoffId>,
    next_number: u64,
    messages: Vec<Message>,
}

/// Whether the account has a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WebhookState {
    Enabled,
    NotEnabled,
}

impl Behaviour for XPayoff {
    fn start(setup: &Setup) -> Self {
        Self {
            key: Key::new(setup.seed).entity(crate::SERVICE_NAME),
            started_at: Timestamp::from_instant(setup.started_at),
            readings: XPayoffReadings::new(&setup.readings),
            webhook: WebhookState::NotEnabled,
            requests: Table::default(),
            timers: BTreeMap::new(),
            next_number: 0,
            messages: Vec::new(),
        }
    }

    fn authorize(&self, call: &RawCall, _now: jiff::Timestamp) -> Result<(), Protocol> {
        if call.bearer() == Some(crate::TEST_SECRET) { Ok(()) } else { Err(Protocol::Unauthorized) }
    }

    fn policy(&self) -> Policy {
        self.readings.policy
    }

    fn is_on(&self, _reading: &str) -> bool {
        false
    }

    fn holding(&self) -> Holding {
        Holding { records: self.requests.len(), bytes: 0, timers: self.timers.len() }
    }

    fn next_due(&self) -> Option<jiff::Timestamp> {
        self.timers.first_key_value().map(|((at, _), _)| *at)
    }

    fn fire_next(&mut self) -> Option<Event> {
        let ((at, _), id) = self.timers.pop_first()?;
        let body = self.answer(id, at)?;
        let detail = json!({"payoffId": id, "success": body.success});
        self.deliver(id, &body, at);
        Some(Event { at, api: crate::SERVICE_NAME, kind: "payoff-result".to_owned(), detail: detail.into() })
    }

    fn move_to(&mut self, _base_url: Arc<str>) {}

    fn take_messages(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.messages)
    }

    fn delivery_settings(&self) -> DeliverySettings {
        self.readings.delivery.clone()
    }

    fn webhooks_changed(&mut self, change: WebhookChange, now: jiff::Timestamp) {
        match change {
            WebhookChange::Enabled => self.webhook = WebhookState::Enabled,
            WebhookChange::Removed => self.webhook = WebhookState::NotEnabled,
            WebhookChange::Deactivated => {
                self.webhook = WebhookState::NotEnabled;
                self.deactivate_requests(now);
            }
        }
    }
}

impl XPayoff {
    /// Whether payoffs can be asked for now (R9).
    pub(crate) fn takes_requests(&self) -> bool {
        match self.readings.webhook_precondition {
            WebhookPrecondition::Required => self.has_webhook(),
            WebhookPrecondition::NotRequired => true,
            WebhookPrecondition::Unmet => false,
        }
    }

    /// Whether the account has a webhook that is enabled.
    pub(crate) fn has_webhook(&self) -> bool {
        self.webhook == WebhookState::Enabled
    }

    /// The payoff request with this id.
    pub(crate) fn request(&self, id: PayoffId) -> Option<&PayoffRequest> {
        self.requests.get(&id)
    }

    /// Opens a payoff request and sets its timer.
    pub(crate) fn open_request(
        &mut self,
        new: &NewPayoffRequest,
        lender_name: Text,
        respondent: Respondent,
        now: jiff::Timestamp,
    ) -> PayoffId {
        self.next_number += 1;
        let key = self.key.entity("payoff request").index(self.next_number);
        let id = PayoffId::from_bits(key.wide_bits());
        let delay = self.readings.delay(respondent.way());
        let loan = Loan::of(self.key, &new.members().vin, &lender_name, self.started_at);
        let due = (now.checked_add(delay).unwrap_or(jiff::Timestamp::MAX), self.next_number);
        self.timers.insert(due, id);
        self.requests.insert(
            id,
            PayoffRequest {
                key: key.field("result"),
                loan,
                id,
                order_id: OrderId::from_bits(key.field("order").wide_bits()),
                lender_name,
                account_number: new.members().account_number.clone(),
                evidence: Evidence::of(new),
                respondent,
                created_at: now,
                state: RequestState::Open(due),
            },
        );
        id
    }

    /// Ends a request, if it is open, so that nothing comes of it.
    pub(crate) fn cancel(&mut self, id: PayoffId, now: jiff::Timestamp) {
        if let Some(request) = self.requests.get_mut(&id)
            && let RequestState::Open(due) = request.state
        {
            request.state = RequestState::Cancelled(now);
            self.timers.remove(&due);
        }
    }

    /// What comes of a request when nobody interferes.
    pub(crate) fn answer(&self, id: PayoffId, at: jiff::Timestamp) -> Option<PayoffResultBody> {
        let request = self.requests.get(&id)?;
        let inquiry = request.inquiry();
        let at = Timestamp::from_instant(at);
        let quoted = || inquiry.quoted(&request.loan, at);
        Some(match request.respondent {
            Respondent::TestVin => quoted(),
            Respondent::Nobody => inquiry.failed(None),
            Respondent::Fulfiller(way) => request
                .evidence
                .failure(way, request.key)
                .map_or_else(quoted, |failure| inquiry.failed(failure.message)),
        })
    }

    /// Hands a result to the webhooks; the request counts as delivered. One that was cancelled or deactivated sends
    /// nothing.
    pub(crate) fn deliver(&mut self, id: PayoffId, body: &PayoffResultBody, now: jiff::Timestamp) {
        let has_webhook = self.has_webhook();
        let Some(request) = self.requests.get_mut(&id) else { return };
        match request.state {
            RequestState::Cancelled(_) | RequestState::Deactivated(_) => return,
            RequestState::Open(due) => drop(self.timers.remove(&due)),
            RequestState::Delivered(_) | RequestState::Lost(_) => {}
        }
        request.state = if has_webhook { RequestState::Delivered(now) } else { RequestState::Lost(now) };
        self.messages.push(Message::new::<PayoffResult>(body, id.to_string()));
    }

    /// Deactivates every open request, together with the webhooks (R7).
    fn deactivate_requests(&mut self, now: jiff::Timestamp) {
        for (_, id) in std::mem::take(&mut self.timers) {
            if let Some(request) = self.requests.get_mut(&id) {
                request.state = RequestState::Deactivated(now);
            }
        }
    }
}

impl PayoffRequest {
    /// The request as whoever answers it sees it.
    pub(crate) fn inquiry(&self) -> Inquiry<'_> {
        Inquiry {
            payoff_id: self.id,
            order_id: self.order_id,
            lender_name: &self.lender_name,
            account_number: self.account_number.as_option(),
            way: self.respondent.way(),
        }
    }
}
