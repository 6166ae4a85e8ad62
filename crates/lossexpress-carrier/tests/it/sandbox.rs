//! A session of the API at a standing clock, and calls in one line.

use std::collections::BTreeMap;

use estoppel_contract::ReadingValue;
use estoppel_simulator::{Answer, Body, Clock, RawCall, Session, SessionLimits, SessionOptions, Simulation};
use http::{HeaderMap, HeaderValue, header};
use serde_json::{Value, json};

/// When every session of these tests begins.
pub(crate) const START: &str = "2021-01-08T22:03:09.598Z";

pub(crate) struct Sandbox {
    pub(crate) session: Session,
    token: String,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        Self::with_readings(&[])
    }

    pub(crate) fn with_readings(readings: &[(&str, &str)]) -> Self {
        Self::made(readings, SessionLimits::default())
    }

    /// A session that holds no more than this.
    pub(crate) fn within(limits: SessionLimits) -> Self {
        Self::made(&[], limits)
    }

    fn made(readings: &[(&str, &str)], limits: SessionLimits) -> Self {
        let apis: Vec<&'static dyn Simulation> = vec![estoppel_lossexpress_carrier::simulation()];
        let readings: BTreeMap<String, ReadingValue> = readings
            .iter()
            .map(|(name, word)| ((*name).to_owned(), ReadingValue::Word((*word).to_owned())))
            .collect();
        let start = START.parse().unwrap();
        let options = SessionOptions {
            name: "default".to_owned(),
            seed: 7,
            clock: Clock::Frozen(start),
            readings: SessionOptions::choose_readings(&apis, &readings).unwrap(),
            base_url: "http://127.0.0.1:8080".to_owned(),
            limits,
            webhooks: Vec::new(),
        };
        let mut sandbox = Self { session: Session::new(&apis, options, start), token: String::new() };
        let issued = sandbox.call(
            "POST",
            "/oauth/token",
            Some(&json!({"clientId": "carrier-test", "secret": "carrier-test-secret"})),
        );
        issued.1["access_token"].as_str().unwrap().clone_into(&mut sandbox.token);
        sandbox
    }

    /// Calls with a good token and returns status and JSON.
    pub(crate) fn call(&mut self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let answer = self.answer(method, path, body);
        let json = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
        (answer.status.as_u16(), json)
    }

    pub(crate) fn answer(&mut self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let mut call = RawCall::new(method.parse().unwrap(), path.parse().unwrap());
        call.headers = self.headers();
        if let Some(body) = body {
            call.body = Body::Complete(body.to_string().into());
        }
        self.send(&call)
    }

    /// A good token, and the media type of a body.
    pub(crate) fn headers(&self) -> HeaderMap {
        let bearer = format!("Bearer {}", self.token);
        HeaderMap::from_iter([
            (header::AUTHORIZATION, HeaderValue::from_str(&bearer).unwrap()),
            (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        ])
    }

    /// The same caller, before another session.
    pub(crate) fn beside(&self, session: Session) -> Self {
        Self { session, token: self.token.clone() }
    }

    pub(crate) fn send(&mut self, call: &RawCall) -> Answer {
        self.session.call(0, call, START.parse().unwrap()).unwrap()
    }

    /// Moves the clock and returns the kinds of what that set off.
    pub(crate) fn advance(&mut self, seconds: i64) -> Vec<String> {
        let real = START.parse().unwrap();
        let to = self.session.now(real) + jiff::SignedDuration::from_secs(seconds);
        let events = self.session.advance(to, real).unwrap();
        events.into_iter().map(|event| event.kind).collect()
    }

    /// Creates the claim of the reference pages with changes, and returns its id.
    pub(crate) fn claim(&mut self, changes: &Value) -> String {
        let mut body = new_claim();
        for (name, value) in changes.as_object().unwrap() {
            body[name] = value.clone();
        }
        let (status, reply) = self.call("POST", "/claims", Some(&body));
        assert_eq!(status, 201, "{reply}");
        reply["claimId"].as_str().unwrap().to_owned()
    }

    /// Adds a document of this type to a claim.
    pub(crate) fn document(&mut self, claim: &str, description: &str) {
        let body = json!({"document": "JVBERi0xLjQK", "description": description});
        let (status, reply) = self.call("POST", &format!("/claims/documents/{claim}"), Some(&body));
        assert_eq!(status, 200, "{reply}");
    }

    /// The types in the feed of a claim, oldest first.
    pub(crate) fn feed(&mut self, claim: &str) -> Vec<String> {
        let path = format!("/activities?claimId={claim}&createdAfter=2000-01-01T00:00:00Z&pageSize=500");
        let (status, page) = self.call("GET", &path, None);
        assert_eq!(status, 200, "{page}");
        let results = page["results"].as_array().unwrap();
        results.iter().map(|activity| activity["type"].as_str().unwrap().to_owned()).collect()
    }
}

/// The body of Create Claim with every required member.
pub(crate) fn new_claim() -> Value {
    json!({
        "accountNumber": "TEST-AN", "causeOfLoss": "Fire", "claimNumber": "EXAMPLE3", "dateOfLoss": "2020-10-20",
        "deductible": 400, "financeType": "Retail", "insurerType": "First Party", "lenderName": "Test Lender",
        "odometer": 39993, "ownersName": "Test Owner", "ownersPhoneNumber": "+12223334444", "ownersRetained": false,
        "ownersStreetAddress": "12200 Test Avenue Dallas TX 75204", "settlementAmount": 5553,
        "titleRemittanceAddress": "1000 Main Street Dallas TX 75204", "vin": "1N4AL3AP8JC231503",
    })
}
