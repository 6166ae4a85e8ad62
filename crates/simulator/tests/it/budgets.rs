//! What a session takes on is bounded, and the bound is the same in a replay.

use estoppel_simulator::{
    Budget, DeliveryState, Holding, Input, NewEndpoint, OutboxError, Outcome, SessionLimits, WebhookError,
};
use serde_json::Value;

use crate::ferry::{DELAY, book_crossing, book_crossing_at, session_within, start};

fn endpoint(url: String) -> NewEndpoint {
    NewEndpoint { api: "ferry", url, headers: Vec::new() }
}

/// Three crossings where there is room for two of them.
fn check(limits: SessionLimits, expected: Budget) {
    let mut session = session_within(limits);
    assert_eq!([1, 2, 3].map(|_| book_crossing(&mut session, "north")), [200, 200, 507]);
    let counters = session.journal().counters();
    assert_eq!((counters.calls, counters.served, counters.exhausted), (3, 2, 1));
    assert_eq!(session.journal().breaches(), 0);
    let last = session.journal().entries().next_back().unwrap();
    assert!(matches!(last.input, Input::Call(_)));
    assert_eq!(last.verdict.as_ref().unwrap().outcome, Outcome::Exhausted(expected.name()));
    let body: Value = serde_json::from_slice(&last.answer.as_ref().unwrap().1).unwrap();
    assert!(body["error"].as_str().unwrap().contains(expected.name()), "{body}");
    assert!(body["help"].as_str().unwrap().contains(&format!("--limit {}=", expected.name())), "{body}");
    let replayed = session.replay().unwrap();
    assert_eq!(replayed.journal().counters(), counters);
    assert_eq!(replayed.holding(), session.holding());
    // Its fork is as full; a session that begins anew is not.
    let mut fork = session.fork("fork".to_owned(), "http://127.0.0.1".to_owned());
    assert_eq!(book_crossing(&mut fork, "north"), 507);
    session.reset(start());
    assert_eq!(book_crossing(&mut session, "north"), 200);
}

#[test]
fn a_session_refuses_what_it_has_no_room_for() {
    let limits = SessionLimits::default();
    check(SessionLimits { records_max: 2, ..limits }, Budget::Records);
    check(SessionLimits { timers_max: 2, ..limits }, Budget::Timers);
    // A body has 20 bytes.
    check(SessionLimits { bytes_max: 59, ..limits }, Budget::Bytes);
}

#[test]
fn room_comes_back_with_what_is_done() {
    let mut session = session_within(SessionLimits { timers_max: 1, ..SessionLimits::default() });
    assert_eq!(book_crossing(&mut session, "north"), 200);
    assert_eq!(book_crossing(&mut session, "south"), 507);
    assert_eq!(session.holding(), Holding { records: 1, bytes: 20, timers: 1 });
    session.advance(start() + DELAY, start()).unwrap();
    assert_eq!(book_crossing_at(&mut session, "south", start() + DELAY), 200);
}

#[test]
fn deliveries_beyond_the_limit_are_dropped_and_counted() {
    let limits = SessionLimits { deliveries_max: 2, ..SessionLimits::default() };
    let mut session = session_within(limits);
    for crossing in ["a", "b", "c", "d", "e"] {
        book_crossing(&mut session, crossing);
    }
    session.advance(start() + DELAY, start()).unwrap();
    let outbox = session.outbox();
    assert_eq!((outbox.open(), outbox.counters().dropped), (2, 3));
    // As many finished ones are kept; the newest are.
    let dropped = outbox.deliveries().filter(|delivery| delivery.state == DeliveryState::Dropped);
    assert_eq!(dropped.map(|delivery| &*delivery.request).collect::<Vec<_>>(), ["d", "e"]);
}

#[test]
fn bytes_of_deliveries_are_bounded_and_endpoints_count() {
    let limits = SessionLimits { delivery_bytes_max: 200, ..SessionLimits::default() };
    let mut session = session_within(limits);
    for crossing in ["a", "b", "c", "d", "e"] {
        book_crossing(&mut session, crossing);
    }
    session.advance(start() + DELAY, start()).unwrap();
    let outbox = session.outbox();
    assert!(outbox.bytes() <= 200 && outbox.open() == 3, "{} {}", outbox.bytes(), outbox.open());
    assert_eq!(outbox.counters().dropped, 2);
    let refused =
        session.register_webhook(endpoint(format!("http://127.0.0.1/{}", "x".repeat(200))), start());
    assert_eq!(refused, Err(WebhookError::Outbox(OutboxError::NoRoom(200))));
}

#[test]
fn endpoints_are_counted() {
    let mut session = session_within(SessionLimits { endpoints_max: 2, ..SessionLimits::default() });
    session.register_webhook(endpoint("http://127.0.0.1/2".to_owned()), start()).unwrap();
    let refused = session.register_webhook(endpoint("http://127.0.0.1/3".to_owned()), start());
    assert_eq!(refused, Err(WebhookError::Outbox(OutboxError::TooManyEndpoints(2))));
}
