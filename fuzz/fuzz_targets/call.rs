//! Calls every API with anything: each call is answered, and the session goes on.

#![no_main]

use bytes::Bytes;
use estoppel_simulator::{Body, Clock, JournalLimits, NewEndpoint, RawCall, Session, SessionOptions};
use http::{HeaderName, HeaderValue, Method, header};
use jiff::{SignedDuration, Timestamp};
use libfuzzer_sys::fuzz_target;

/// Credentials of every fresh session.
const SECRETS: [&str; 3] = ["xpayoff-test-key", "spinwheel-test-key", "loanpro-test-token"];

fuzz_target!(|text: &str| {
    let apis = estoppel_catalog::apis();
    let start = Timestamp::from_second(1_610_143_389).unwrap();
    let endpoint = |api: &&'static dyn estoppel_simulator::Simulation| {
        let service = api.service();
        service.deliveries.map(|_| NewEndpoint {
            api: service.name,
            url: "http://127.0.0.1:9/".to_owned(),
            headers: Vec::new(),
        })
    };
    let options = SessionOptions {
        name: "default".to_owned(),
        seed: 1,
        clock: Clock::Frozen(start),
        readings: Default::default(),
        base_url: "http://127.0.0.1".to_owned(),
        journal: JournalLimits::default(),
        webhooks: apis.iter().filter_map(endpoint).collect(),
    };
    let mut session = Session::new(&apis, options, start);
    // A call is a line with method, API and target, and a line with its body.
    let mut lines = text.lines();
    while let (Some(head), body) = (lines.next(), lines.next().unwrap_or_default()) {
        let mut words = head.splitn(3, ' ');
        let method = words.next().and_then(|word| Method::from_bytes(word.as_bytes()).ok());
        let api: usize = words.next().and_then(|word| word.parse().ok()).unwrap_or_default();
        let target = words.next().and_then(|word| word.parse().ok());
        let (Some(method), Some(uri)) = (method, target) else { continue };
        let mut call = RawCall::new(method, uri);
        call.body = Body::Complete(Bytes::copy_from_slice(body.as_bytes()));
        call.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(secret) = api.checked_sub(1).and_then(|place| SECRETS.get(place)) {
            call.headers.insert(header::AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {secret}")).unwrap());
        }
        call.headers.insert(HeaderName::from_static("autopal-instance-id"), HeaderValue::from_static("1"));
        let answered = session.call(api, call.clone(), start);
        assert!(answered.is_none_or(|answer| answer.status.as_u16() != 500), "{head}");
        drop(session.control(api, call, start));
        drop(session.advance(session.now(start) + SignedDuration::from_hours(1), start));
    }
});
