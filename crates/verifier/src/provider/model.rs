//! The simulator that is played in lock step with the server.

use estoppel_contract::Readings;
use estoppel_simulator::{Body, Clock, JournalLimits, RawCall, Session, SessionOptions, Simulation, Verdict};
use http::{HeaderValue, header};
use jiff::{SignedDuration, Timestamp};

use super::call::{Reply, Request};

/// Where the simulator says that it is.
const BASE_URL: &str = "http://simulator.invalid";
/// How much time each call takes, so that no two fall into one instant.
const STEP: SignedDuration = SignedDuration::from_millis(10);

/// The simulator that is played in lock step with the server.
#[derive(Debug)]
pub(super) struct Model {
    session: Session,
    base_url: String,
}

impl Model {
    /// A fresh session of the API.
    pub(super) fn new(simulation: &'static dyn Simulation, readings: Readings) -> Self {
        let start = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365 * 56);
        let options = SessionOptions {
            webhooks: Vec::new(),
            name: "model".to_owned(),
            seed: 0,
            clock: Clock::Frozen(start),
            readings,
            base_url: BASE_URL.to_owned(),
            journal: JournalLimits { entries_max: 1, bytes_max: 0 },
        };
        let base_url = format!("{BASE_URL}/{}", simulation.service().name);
        Self { session: Session::new(&[simulation], options, start), base_url }
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
        call.body = Body::Complete(request.body.clone());
        let answer = self.session.call(0, call, Timestamp::UNIX_EPOCH)?;
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
