//! Deliveries: order, judgement, deactivation, and the clock.

use estoppel_contract::{SignatureEncoding, hmac_sha256};
use estoppel_simulator::{AttemptOutcome, DeliveryState, EndpointState, Progress, Session};
use jiff::{SignedDuration, Timestamp};

use crate::ferry::{DELAY, book_crossing, session, start};

const GOOD: AttemptOutcome = AttemptOutcome::Status(200);

fn states(session: &Session) -> Vec<DeliveryState> {
    session.outbox().deliveries().map(|delivery| delivery.state).collect()
}

/// Moves the clock and settles what comes up on the way with these outcomes, in turn; says what happened.
fn advance(session: &mut Session, to: Timestamp, outcomes: &[AttemptOutcome]) -> Vec<String> {
    let mut outcomes = outcomes.iter().cycle();
    loop {
        match session.advance_towards(to, start()).unwrap() {
            Progress::Arrived(events) => {
                return events.iter().map(|event| format!("{} {}", event.at, event.kind)).collect();
            }
            Progress::Delivering => {
                for parcel in session.take_parcels(usize::MAX, start()) {
                    session.settle(parcel.delivery, outcomes.next().unwrap().clone(), start());
                }
            }
        }
    }
}

#[test]
fn what_is_signed_is_what_is_sent() {
    let mut session = session();
    assert_eq!(book_crossing(&mut session, "Å-1"), 200);
    session.advance(start() + DELAY, start()).unwrap();
    let parcels = session.take_parcels(10, start());
    let [parcel] = &parcels[..] else { panic!("{parcels:?}") };
    let body = parcel.body.clone();
    assert_eq!(&body[..], r#"{"crossing":"Å-1","confirmed_at":"2021-01-08T22:00:03Z"}"#.as_bytes());
    let expected = hmac_sha256("key", &[&body, b":", "Å-1".as_bytes()]);
    let expected = SignatureEncoding::LowerHex.encode(&expected);
    let signature = parcel.headers.iter().find(|(name, _)| name == "x-ferry-signature");
    assert_eq!(signature.map(|(_, value)| value), Some(&expected));
    assert!(parcel.headers.contains(&("x-own".to_owned(), "value".to_owned())));
    assert!(session.take_parcels(10, start()).is_empty(), "it is under way");
}

#[test]
fn deliveries_of_a_request_wait_for_each_other_and_for_no_other() {
    let mut session = session();
    for crossing in ["a", "b", "a"] {
        book_crossing(&mut session, crossing);
    }
    session.advance(start() + DELAY, start()).unwrap();
    let first: Vec<u64> = session.take_parcels(10, start()).iter().map(|parcel| parcel.delivery).collect();
    assert_eq!(first.len(), 2);
    session.settle(first[1], GOOD, start());
    assert!(session.take_parcels(10, start()).is_empty(), "the second of `a` waits for the first");
    session.settle(first[0], AttemptOutcome::Status(500), start());
    assert_eq!(session.take_parcels(10, start()).len(), 1);
}

#[test]
fn only_so_many_are_under_way_at_once() {
    let mut session = session();
    for number in 0..100 {
        book_crossing(&mut session, &format!("crossing {number}"));
    }
    session.advance(start() + DELAY, start()).unwrap();
    assert_eq!(session.take_parcels(1_000, start()).len(), 16);
    assert_eq!(session.outbox().under_way(), 16);
}

#[test]
fn the_fifth_failure_in_a_row_ends_everything_and_the_fourth_nothing() {
    let mut session = session();
    for number in 0..4 {
        book_crossing(&mut session, &format!("crossing {number}"));
    }
    advance(&mut session, start() + DELAY, &[AttemptOutcome::Status(204)]);
    assert!(session.outbox().is_enabled("ferry"), "four failures");
    book_crossing(&mut session, "fifth");
    // It comes due a minute after the fifth, and never does.
    let later = start() + SignedDuration::from_mins(1);
    session.advance(later, start()).unwrap();
    book_crossing(&mut session, "sixth");
    let events = advance(&mut session, later + DELAY, &[AttemptOutcome::TimedOut]);
    assert_eq!(events, ["2021-01-08T22:01:00Z webhook-failed", "2021-01-08T22:01:00Z webhooks-deactivated"]);
    assert!(!session.outbox().is_enabled("ferry"));
    let endpoint = session.outbox().endpoints().next().unwrap();
    let EndpointState::Deactivated { reason, .. } = &endpoint.state else { panic!("{endpoint:?}") };
    assert_eq!(reason, "5 failures in a row");
    assert_eq!(states(&session).len(), 5, "the sixth crossing was never confirmed");
    assert_eq!(session.next_due(), None);
}

#[test]
fn a_redirect_a_broken_connection_and_a_time_out_are_failures() {
    let refused = AttemptOutcome::NoReply("connection refused".to_owned());
    for outcome in [301, 404, 500, 201, 204].map(AttemptOutcome::Status).into_iter().chain([refused]) {
        let mut session = session();
        book_crossing(&mut session, "a");
        let events = advance(&mut session, start() + DELAY, std::slice::from_ref(&outcome));
        assert_eq!(events[1], "2021-01-08T22:00:03Z webhook-failed", "{outcome}");
        assert_eq!(states(&session), [DeliveryState::Failed]);
    }
}

#[test]
fn enabling_starts_the_count_over_and_what_was_dropped_stays_dropped() {
    let mut session = session();
    for number in 0..20 {
        book_crossing(&mut session, &format!("crossing {number}"));
    }
    session.advance(start() + DELAY, start()).unwrap();
    for parcel in session.take_parcels(5, start()) {
        session.settle(parcel.delivery, AttemptOutcome::TimedOut, start());
    }
    assert_eq!(session.outbox().counters().dropped, 15);
    assert!(session.take_parcels(100, start()).is_empty());
    assert!(session.redeliver(2, start()).is_err(), "nothing goes to an endpoint that is deactivated");
    session.enable_webhooks(0, start());
    let again = session.redeliver(2, start()).unwrap();
    let parcels = session.take_parcels(100, start());
    assert_eq!(parcels.iter().map(|parcel| parcel.delivery).collect::<Vec<_>>(), [again]);
    session.settle(again, AttemptOutcome::TimedOut, start());
    assert!(session.outbox().is_enabled("ferry"), "the first failure of a new count");
}

#[test]
fn deliveries_and_timers_happen_in_the_order_of_their_times() {
    let mut session = session();
    book_crossing(&mut session, "first");
    session.advance(start() + SignedDuration::from_secs(1), start()).unwrap();
    book_crossing(&mut session, "second");
    let events = advance(&mut session, start() + SignedDuration::from_hours(1), &[GOOD]);
    assert_eq!(
        events,
        [
            "2021-01-08T22:00:03Z confirmed",
            "2021-01-08T22:00:03Z webhook-delivered",
            "2021-01-08T22:00:04Z confirmed",
            "2021-01-08T22:00:04Z webhook-delivered",
        ]
    );
}

#[test]
fn a_clock_that_is_set_back_is_refused_with_a_reason() {
    let mut session = session();
    let earlier = start() - SignedDuration::from_secs(1);
    let error = session.advance_towards(earlier, start()).unwrap_err();
    assert!(error.to_string().contains("only moves forward"), "{error}");
    assert_eq!(session.now(start()), start());
}

#[test]
fn what_is_under_way_waits_again_in_a_fork() {
    let mut session = session();
    book_crossing(&mut session, "a");
    session.advance(start() + DELAY, start()).unwrap();
    assert_eq!(session.take_parcels(10, start()).len(), 1);
    let mut fork = session.fork("fork".to_owned(), "http://127.0.0.1/sessions/fork".to_owned());
    assert_eq!(fork.take_parcels(10, start()).len(), 1);
    assert!(session.take_parcels(10, start()).is_empty());
}

#[test]
fn a_fork_gives_up_what_is_under_way_to_an_endpoint_that_is_gone() {
    let mut session = session();
    book_crossing(&mut session, "a");
    session.advance(start() + DELAY, start()).unwrap();
    assert_eq!(session.take_parcels(10, start()).len(), 1);
    session.remove_webhook(1, start()).unwrap();
    let mut fork = session.fork("fork".to_owned(), "http://127.0.0.1/sessions/fork".to_owned());
    assert_eq!(states(&fork), [DeliveryState::Dropped]);
    assert!(fork.take_parcels(10, start()).is_empty());
    assert_eq!((fork.outbox().open(), fork.outbox().under_way()), (0, 0));
}

#[test]
fn what_waits_is_bounded() {
    let mut session = session();
    let message = estoppel_simulator::Message {
        webhook: "confirmed",
        request: "a".into(),
        body: bytes::Bytes::from_static(b"{}"),
    };
    for _ in 0..16_388 {
        session.fire_webhook(0, message.clone(), start()).unwrap();
    }
    assert_eq!((session.outbox().open(), session.outbox().counters().dropped), (16_384, 4));
    assert_eq!(session.outbox().overdue(start()), 16_384);
}
