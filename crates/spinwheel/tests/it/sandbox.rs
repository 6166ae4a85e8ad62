//! A session of the API at a standing clock, and calls in one line.

use std::collections::BTreeMap;

use estoppel_contract::ReadingValue;
use estoppel_simulator::{
    Answer, AttemptOutcome, Body, Clock, NewEndpoint, RawCall, Session, SessionLimits, SessionOptions,
    Simulation,
};
use http::{HeaderMap, HeaderValue, header};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// When every session of these tests begins.
pub(crate) const START: &str = "2023-03-13T16:21:25.099Z";
/// The user of the examples.
pub(crate) const USER: &str = "10000000-0000-4000-8000-000000000001";
/// Two loans of the user whose refresh completes.
pub(crate) const COMPLETING: &str = "10000000-0000-4000-8000-00000000a001";
/// A loan of the user whose refresh fails.
pub(crate) const FAILING: &str = "10000000-0000-4000-8000-00000000a002";
/// A loan of the user that cannot be quoted.
pub(crate) const UNSUPPORTED: &str = "10000000-0000-4000-8000-00000000a003";
/// The second user.
pub(crate) const SECOND_USER: &str = "20000000-0000-4000-8000-000000000002";
/// Three loans of the second user whose refresh completes.
pub(crate) const SECOND_GROUP: &str = "20000000-0000-4000-8000-00000000b001";

pub(crate) struct Sandbox {
    pub(crate) session: Session,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        Self::with_readings(&[])
    }

    pub(crate) fn with_readings(readings: &[(&str, &str)]) -> Self {
        Self::beginning(START, readings)
    }

    pub(crate) fn beginning(start: &str, readings: &[(&str, &str)]) -> Self {
        let apis: Vec<&'static dyn Simulation> = vec![estoppel_spinwheel::simulation()];
        let readings: BTreeMap<String, ReadingValue> = readings
            .iter()
            .map(|(name, word)| ((*name).to_owned(), ReadingValue::Word((*word).to_owned())))
            .collect();
        let start: Timestamp = start.parse().unwrap();
        let options = SessionOptions {
            name: "default".to_owned(),
            seed: 7,
            clock: Clock::Frozen(start),
            readings: SessionOptions::choose_readings(&apis, &readings).unwrap(),
            base_url: "http://127.0.0.1:8080".to_owned(),
            limits: SessionLimits::default(),
            webhooks: vec![NewEndpoint {
                api: "spinwheel",
                url: "http://127.0.0.1:9/webhooks".to_owned(),
                headers: vec![("x-tenant".to_owned(), "seven".to_owned())],
            }],
        };
        Self { session: Session::new(&apis, options, start) }
    }

    /// A time of the real clock: the session's stands still, so any does.
    fn real() -> Timestamp {
        START.parse().unwrap()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.session.now(Self::real())
    }

    /// Calls with the secret key and returns status and JSON.
    pub(crate) fn call(&mut self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let answer = self.answer(method, path, body);
        (answer.status.as_u16(), serde_json::from_slice(&answer.body).unwrap())
    }

    pub(crate) fn answer(&mut self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        self.send(&raw_call(method, path, body))
    }

    pub(crate) fn send(&mut self, call: &RawCall) -> Answer {
        self.session.call(0, call, Self::real()).unwrap()
    }

    /// Calls a control.
    pub(crate) fn control(&mut self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let answer = self.session.control(0, &raw_call(method, path, Some(body)), Self::real()).unwrap();
        (answer.status.as_u16(), serde_json::from_slice(&answer.body).unwrap())
    }

    /// Moves the clock and returns the kinds of what that set off.
    pub(crate) fn advance(&mut self, milliseconds: i64) -> Vec<String> {
        let to = self.now() + SignedDuration::from_millis(milliseconds);
        let events = self.session.advance(to, Self::real()).unwrap();
        events.into_iter().map(|event| event.kind).collect()
    }

    /// Takes the webhooks that are due one after the other, as a receiver that answers so.
    pub(crate) fn receive(&mut self, status: u16) -> Vec<Value> {
        let mut received = Vec::new();
        while let Some(parcel) = self.session.take_parcels(1, Self::real()).pop() {
            self.session.settle(parcel.delivery, AttemptOutcome::Status(status), Self::real());
            received.push(serde_json::from_slice(&parcel.body).unwrap());
        }
        received
    }

    pub(crate) fn user(&mut self, user: &str) -> Value {
        let (status, reply) = self.call("GET", &format!("/v1/users?userId={user}"), None);
        assert_eq!(status, 200, "{reply}");
        reply["data"].clone()
    }

    /// Asks for a refresh; returns status and reply.
    pub(crate) fn refresh(&mut self, user: &str, request: &str, groups: &[&str]) -> (u16, Value) {
        self.call("POST", &format!("/v1/users/{user}/liabilities/refresh"), Some(&body(request, groups)))
    }

    pub(crate) fn poll(&mut self, user: &str, request: &str) -> (u16, Value) {
        self.call("GET", &format!("/v1/users/{user}/liabilities/refresh/{request}"), None)
    }
}

/// The name of the request with this number.
pub(crate) fn request(number: u64) -> String {
    format!("30000000-0000-4000-8000-{number:012}")
}

/// The body of a refresh request.
pub(crate) fn body(request: &str, groups: &[&str]) -> Value {
    let groups: Vec<Value> = groups
        .iter()
        .map(|group| json!({"capabilities": ["LIABILITY_GROUP_PAYOFF_QUOTE"], "liabilityGroupId": group}))
        .collect();
    json!({"extRequestId": request, "studentLoans": groups})
}

/// A call with the secret key.
pub(crate) fn raw_call(method: &str, path: &str, body: Option<&Value>) -> RawCall {
    let mut call = RawCall::new(method.parse().unwrap(), path.parse().unwrap());
    call.headers = HeaderMap::from_iter([
        (header::AUTHORIZATION, HeaderValue::from_static("Bearer spinwheel-test-key")),
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
    ]);
    if let Some(body) = body {
        call.body = Body::Complete(body.to_string().into());
    }
    call
}
