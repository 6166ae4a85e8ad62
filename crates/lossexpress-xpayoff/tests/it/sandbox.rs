//! A session of the API at a standing clock, calls in one line, and a receiver of its webhooks.

use std::collections::BTreeMap;

use estoppel_contract::{ReadingValue, SignatureEncoding, hmac_sha256};
use estoppel_simulator::{
    Answer, AttemptOutcome, Body, Clock, NewEndpoint, Parcel, Progress, RawCall, Session, SessionLimits,
    SessionOptions, Simulation,
};
use http::{HeaderMap, HeaderValue, header};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// When every session of these tests begins.
pub(crate) const START: &str = "2021-01-08T22:03:09.598Z";
/// The key that calls and signs.
pub(crate) const KEY: &str = "xpayoff-test-key";
/// A vehicle that is no test vehicle.
pub(crate) const SOME_VIN: &str = "1N4AL3AP8JC231503";
/// The Fulfillment Center's time, in seconds.
pub(crate) const CENTER_SECONDS: i64 = 7_200;

pub(crate) struct Sandbox {
    pub(crate) session: Session,
}

impl Sandbox {
    /// A session with one webhook.
    pub(crate) fn new() -> Self {
        Self::with_readings(&[])
    }

    /// A session with one webhook and these readings.
    pub(crate) fn with_readings(readings: &[(&str, &str)]) -> Self {
        let mut sandbox = Self::without_webhook(readings);
        sandbox.register();
        sandbox
    }

    pub(crate) fn without_webhook(readings: &[(&str, &str)]) -> Self {
        let apis: Vec<&'static dyn Simulation> = vec![estoppel_lossexpress_xpayoff::simulation()];
        let readings: BTreeMap<String, ReadingValue> = readings
            .iter()
            .map(|(name, word)| ((*name).to_owned(), ReadingValue::Word((*word).to_owned())))
            .collect();
        let options = SessionOptions {
            name: "default".to_owned(),
            seed: 7,
            clock: Clock::Frozen(start()),
            readings: SessionOptions::choose_readings(&apis, &readings).unwrap(),
            base_url: "http://127.0.0.1:8080".to_owned(),
            limits: SessionLimits::default(),
            webhooks: Vec::new(),
        };
        Self { session: Session::new(&apis, options, start()) }
    }

    /// Adds an endpoint; says its number.
    pub(crate) fn register(&mut self) -> u64 {
        let url = "http://127.0.0.1:9/hook".to_owned();
        let endpoint = NewEndpoint { api: "xpayoff", url, headers: Vec::new() };
        self.session.register_webhook(endpoint, start()).unwrap()
    }

    /// Calls with the key and returns status and JSON.
    pub(crate) fn call(&mut self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let answer = self.answer(method, path, body);
        (answer.status.as_u16(), serde_json::from_slice(&answer.body).unwrap_or(Value::Null))
    }

    pub(crate) fn answer(&mut self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        self.session.call(0, &call(method, path, body), start()).unwrap()
    }

    /// Calls a control and returns status and JSON.
    pub(crate) fn control(&mut self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let answer = self.session.control(0, &call(method, path, body), start()).unwrap();
        (answer.status.as_u16(), serde_json::from_slice(&answer.body).unwrap())
    }

    /// How far a payoff request has come.
    pub(crate) fn state(&mut self, id: &str) -> String {
        let (status, reply) = self.control("GET", &format!("/payoff/{id}"), None);
        assert_eq!(status, 200, "{reply}");
        reply["state"].as_str().unwrap().to_owned()
    }

    /// Asks an integrated lender, with changes; null takes a member out. Returns the request's id.
    pub(crate) fn ask(&mut self, changes: &Value) -> String {
        let (status, reply) = self.call("POST", "/payoff", Some(&new_request(changes)));
        assert_eq!(status, 200, "{reply}");
        assert_eq!(reply["success"], true);
        reply["payoffId"].as_str().unwrap().to_owned()
    }

    /// Asks the Fulfillment Center.
    pub(crate) fn ask_center(&mut self) -> String {
        self.ask(&by_name())
    }

    /// Moves the clock by so many seconds while a receiver answers every webhook; returns what it got.
    pub(crate) fn advance(&mut self, seconds: i64, outcome: &AttemptOutcome) -> Vec<Parcel> {
        self.advance_milliseconds(1_000 * seconds, outcome)
    }

    pub(crate) fn advance_milliseconds(
        &mut self,
        milliseconds: i64,
        outcome: &AttemptOutcome,
    ) -> Vec<Parcel> {
        let to = self.session.now(start()) + SignedDuration::from_millis(milliseconds);
        let mut parcels = Vec::new();
        while self.session.advance_towards(to, start()).unwrap() == Progress::Delivering {
            for parcel in self.session.take_parcels(usize::MAX, start()) {
                self.session.settle(parcel.delivery, outcome.clone(), start());
                parcels.push(parcel);
            }
        }
        parcels
    }

    /// Answers every webhook that is due now; returns what arrived.
    pub(crate) fn receive(&mut self, outcome: &AttemptOutcome) -> Vec<Parcel> {
        self.advance_milliseconds(0, outcome)
    }

    /// Whether the session has an endpoint that is served.
    pub(crate) fn is_enabled(&self) -> bool {
        self.session.outbox().is_enabled("xpayoff")
    }
}

pub(crate) fn start() -> Timestamp {
    START.parse().unwrap()
}

pub(crate) const OK: AttemptOutcome = AttemptOutcome::Status(200);

fn call(method: &str, path: &str, body: Option<&Value>) -> RawCall {
    let mut call = RawCall::new(method.parse().unwrap(), path.parse().unwrap());
    call.headers = headers();
    if let Some(body) = body {
        call.body = Body::Complete(body.to_string().into());
    }
    call
}

/// The key, and the media type of a body.
pub(crate) fn headers() -> HeaderMap {
    let bearer = format!("Bearer {KEY}");
    HeaderMap::from_iter([
        (header::AUTHORIZATION, HeaderValue::from_str(&bearer).unwrap()),
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
    ])
}

/// The lender of the database with this name.
pub(crate) fn lender_id(name: &str) -> String {
    let place = estoppel_generate::LENDERS.iter().position(|lender| lender.name == name).unwrap();
    let bits = estoppel_generate::lender_bits(place);
    estoppel_lossexpress_xpayoff::ids::LenderId::from_bits(bits).to_string()
}

/// The body of Create Request to an integrated lender, with changes; null takes a member out.
pub(crate) fn new_request(changes: &Value) -> Value {
    let mut body = json!({
        "accountNumber": "TEST-AN", "entityName": "Test Dealership", "lenderId": lender_id("Test Lender"),
        "vin": SOME_VIN,
    });
    let members = body.as_object_mut().unwrap();
    members.extend(changes.as_object().unwrap().clone());
    members.retain(|_, value| !value.is_null());
    body
}

/// The changes that make it a request by a name that no database has.
pub(crate) fn by_name() -> Value {
    json!({"lenderId": null, "lenderName": "Bank of Nowhere"})
}

/// The body of a webhook, whose signature is right.
pub(crate) fn signed_body(parcel: &Parcel) -> Value {
    let header = |name: &str| parcel.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value);
    assert_eq!(header("content-type").unwrap(), "application/json");
    let body: Value = serde_json::from_slice(&parcel.body).unwrap();
    let payoff_id = body["payoffId"].as_str().unwrap();
    let expected = hmac_sha256(KEY, &[&parcel.body, b":", payoff_id.as_bytes()]);
    let signature = header("x-lossexpress-signature").unwrap();
    assert_eq!(*signature, SignatureEncoding::LowerHex.encode(&expected));
    body
}
