//! The simulator that is played in lock step with the server.

use estoppel_contract::{Readings, Success};
use estoppel_simulator::{
    AttemptOutcome, Body, Clock, DeliverySettings, JournalLimits, NewEndpoint, RawCall, Session,
    SessionLimits, SessionOptions, Simulation, Verdict,
};
use http::{HeaderName, HeaderValue, header};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::call::{Reply, Request};

/// Where the simulator says that it is.
const BASE_URL: &str = "http://simulator.invalid";
/// Where its webhooks go: nothing is sent, they are taken as they are.
const RECEIVER_URL: &str = "http://receiver.invalid";
/// Webhooks that are taken at once.
const PARCELS_MAX: usize = 64;
/// How much time each call takes, so that no two fall into one instant.
const STEP: SignedDuration = SignedDuration::from_millis(10);

/// The simulator that is played in lock step with the server.
#[derive(Debug)]
pub(super) struct Model {
    session: Session,
    base_url: String,
    /// The status with which webhooks are taken; `None` where the API sends none.
    taken_with: Option<u16>,
    /// What it has sent and no story has waited for yet.
    sent: Vec<Sent>,
}

/// A webhook that the simulator has sent.
#[derive(Clone, Debug)]
struct Sent {
    webhook: &'static str,
    body: Value,
}

impl Model {
    /// A fresh session of the API, which begins at this time.
    pub(super) fn new(
        simulation: &'static dyn Simulation,
        readings: Readings,
        begins: Option<Timestamp>,
    ) -> Self {
        let start = begins.unwrap_or(Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365 * 56));
        let api = simulation.service().name;
        let deliveries = simulation.service().deliveries;
        let endpoint = NewEndpoint { api, url: RECEIVER_URL.to_owned(), headers: Vec::new() };
        let options = SessionOptions {
            webhooks: deliveries.map(|_| endpoint).into_iter().collect(),
            name: "model".to_owned(),
            seed: 0,
            clock: Clock::Frozen(start),
            readings,
            base_url: BASE_URL.to_owned(),
            limits: SessionLimits {
                journal: JournalLimits { entries_max: 1, bytes_max: 0 },
                records_max: usize::MAX,
                bytes_max: usize::MAX,
                timers_max: usize::MAX,
                ..SessionLimits::default()
            },
        };
        let taken_with = deliveries.map(|rules| match rules.success {
            Success::Exactly(status) => status,
            Success::Any2xx => 200,
        });
        Self {
            session: Session::new(&[simulation], options, start),
            base_url: format!("{BASE_URL}/{api}"),
            taken_with,
            sent: Vec::new(),
        }
    }

    /// Where it says that it is.
    pub(super) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Lets time pass.
    pub(super) fn wait(&mut self, time: SignedDuration) {
        let now = self.session.now(Timestamp::UNIX_EPOCH);
        let to = now.checked_add(time).unwrap_or(now);
        // The clock stands still otherwise and only moves forward, so this cannot fail.
        drop(self.session.advance(to, Timestamp::UNIX_EPOCH));
        self.deliver();
    }

    /// How it signs its webhooks.
    pub(super) fn delivery_settings(&self) -> DeliverySettings {
        self.session.delivery_settings(0)
    }

    /// Whether it has sent a webhook like this one; what is found counts once.
    pub(super) fn take_sent(&mut self, is_meant: impl Fn(&str, &Value) -> bool) -> bool {
        let found = self.sent.iter().position(|sent| is_meant(sent.webhook, &sent.body));
        found.map(|found| self.sent.remove(found)).is_some()
    }

    /// Takes every webhook that is due, as a receiver would that is always there.
    fn deliver(&mut self) {
        let Some(status) = self.taken_with else { return };
        loop {
            let parcels = self.session.take_parcels(PARCELS_MAX, Timestamp::UNIX_EPOCH);
            if parcels.is_empty() {
                return;
            }
            for parcel in parcels {
                let delivery = self.session.outbox().delivery(parcel.delivery);
                if let Some(webhook) = delivery.map(|delivery| delivery.webhook) {
                    let body = serde_json::from_slice(&parcel.body).unwrap_or_default();
                    self.sent.push(Sent { webhook, body });
                }
                let outcome = AttemptOutcome::Status(status);
                self.session.settle(parcel.delivery, outcome, Timestamp::UNIX_EPOCH);
            }
        }
    }

    /// What the simulator answers, and what it thinks of the request.
    pub(super) fn send(&mut self, request: &Request) -> Option<(Reply, Verdict)> {
        self.wait(STEP);
        let mut call = RawCall::new(request.method.parse().ok()?, request.target.parse().ok()?);
        let headers = [
            (header::AUTHORIZATION, request.authorization.as_deref()),
            (header::ACCEPT, request.accept),
            (header::CONTENT_TYPE, request.content_type),
        ];
        for (name, value) in headers {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
                call.headers.insert(name, value);
            }
        }
        for header in &request.credential_headers {
            let name = header.name.parse::<HeaderName>();
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(&header.value)) {
                call.headers.insert(name, value);
            }
        }
        call.body = Body::Complete(request.body.clone());
        let answer = self.session.call(0, &call, Timestamp::UNIX_EPOCH)?;
        self.deliver();
        let header = |name: header::HeaderName| {
            answer.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let reply = Reply {
            status: answer.status.as_u16(),
            content_type: header(header::CONTENT_TYPE),
            allow: header(header::ALLOW),
            body: answer.body.clone(),
        };
        Some((reply, answer.verdict))
    }
}
