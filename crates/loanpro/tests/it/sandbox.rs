//! A session of the API at a standing clock, and calls in one line.

use std::collections::BTreeMap;

use estoppel_contract::ReadingValue;
use estoppel_simulator::{
    Answer, Body, Clock, Event, RawCall, Session, SessionLimits, SessionOptions, Simulation,
};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde_json::Value;

/// When every session of these tests begins, unless they say otherwise: the day of the document's example.
pub(crate) const START: &str = "2022-05-11T15:30:00Z";

pub(crate) struct Sandbox {
    pub(crate) session: Session,
    start: jiff::Timestamp,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        Self::made(START, &[])
    }

    pub(crate) fn starting(start: &str) -> Self {
        Self::made(start, &[])
    }

    pub(crate) fn with_readings(readings: &[(&str, &str)]) -> Self {
        Self::made(START, readings)
    }

    fn made(start: &str, readings: &[(&str, &str)]) -> Self {
        let apis: Vec<&'static dyn Simulation> = vec![estoppel_loanpro::simulation()];
        let readings: BTreeMap<String, ReadingValue> = readings
            .iter()
            .map(|(name, word)| ((*name).to_owned(), ReadingValue::Word((*word).to_owned())))
            .collect();
        let start = start.parse().unwrap();
        let options = SessionOptions {
            name: "default".to_owned(),
            seed: 7,
            clock: Clock::Frozen(start),
            readings: SessionOptions::choose_readings(&apis, &readings).unwrap(),
            base_url: "http://127.0.0.1:8080".to_owned(),
            limits: SessionLimits::default(),
            webhooks: Vec::new(),
        };
        Self { session: Session::new(&apis, options, start), start }
    }

    /// Calls with good credentials and returns status and JSON.
    pub(crate) fn call(&mut self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let answer = self.answer(method, path, body);
        (answer.status.as_u16(), serde_json::from_slice(&answer.body).unwrap_or(Value::Null))
    }

    /// Reads an entity or list, which has to be there.
    pub(crate) fn get(&mut self, path: &str) -> Value {
        let (status, mut reply) = self.call("GET", &format!("/odata.svc/{path}"), None);
        assert_eq!(status, 200, "{path}: {reply}");
        reply["d"].take()
    }

    pub(crate) fn answer(&mut self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        self.send(&call(method, path, body, good_headers()))
    }

    pub(crate) fn send(&mut self, call: &RawCall) -> Answer {
        self.session.call(0, call, self.start).unwrap()
    }

    /// Calls a control.
    pub(crate) fn control(&mut self, path: &str, body: &Value) -> (u16, Value) {
        let answer =
            self.session.control(0, &call("POST", path, Some(body), good_headers()), self.start).unwrap();
        (answer.status.as_u16(), serde_json::from_slice(&answer.body).unwrap())
    }

    /// Puts onto a loan.
    pub(crate) fn put(&mut self, loan: u64, body: &Value) -> (u16, Value) {
        self.call("PUT", &format!("/odata.svc/Loans({loan})"), Some(body))
    }

    /// Moves the clock and returns what that set off.
    pub(crate) fn advance_days(&mut self, days: i64) -> Vec<Event> {
        let to = self.session.now(self.start) + jiff::SignedDuration::from_hours(24 * days);
        self.session.advance(to, self.start).unwrap()
    }

    /// The same caller, before another session.
    pub(crate) fn beside(&self, session: Session) -> Self {
        Self { session, start: self.start }
    }
}

/// A call with these headers.
pub(crate) fn call(method: &str, path: &str, body: Option<&Value>, headers: HeaderMap) -> RawCall {
    let mut call = RawCall::new(method.parse().unwrap(), path.parse().unwrap());
    call.headers = headers;
    if let Some(body) = body {
        call.body = Body::Complete(body.to_string().into());
    }
    call
}

/// Good credentials, and the media type of a body.
pub(crate) fn good_headers() -> HeaderMap {
    HeaderMap::from_iter([
        (header::AUTHORIZATION, HeaderValue::from_static("Bearer loanpro-test-token")),
        (HeaderName::from_static("autopal-instance-id"), HeaderValue::from_static("1")),
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
    ])
}
