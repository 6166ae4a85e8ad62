//! Failures of the receiver: counted, retried, and too many.

use estoppel_simulator::AttemptOutcome;
use serde_json::json;

use crate::sandbox::{CENTER_SECONDS, OK, Sandbox, new_request, signed_body, start};

const BROKEN: AttemptOutcome = AttemptOutcome::Status(500);

/// Asks for so many automated payoffs, whose results the receiver answers so.
fn results(sandbox: &mut Sandbox, count: usize, outcome: &AttemptOutcome) {
    for _ in 0..count {
        sandbox.ask(&json!({}));
    }
    assert_eq!(sandbox.advance(2, outcome).len(), count);
}

#[test]
fn the_fifth_failure_in_a_row_deactivates_webhooks_and_open_requests() {
    for outcome in [
        BROKEN,
        AttemptOutcome::Status(201),
        AttemptOutcome::Status(204),
        AttemptOutcome::Status(302),
        AttemptOutcome::TimedOut,
        AttemptOutcome::NoReply("connection refused".to_owned()),
    ] {
        let mut sandbox = Sandbox::new();
        let waiting = sandbox.ask_center();
        results(&mut sandbox, 4, &outcome);
        assert!(sandbox.is_enabled(), "four are not enough: {outcome}");
        assert_eq!(sandbox.state(&waiting), "open");
        results(&mut sandbox, 1, &outcome);
        assert!(!sandbox.is_enabled(), "{outcome}");
        assert_eq!(sandbox.state(&waiting), "deactivated");
        let (status, reply) = sandbox.call("POST", "/payoff", Some(&new_request(&json!({}))));
        assert_eq!((status, reply.get("validation")), (400, None));
        assert!(
            sandbox.advance(2 * CENTER_SECONDS, &OK).is_empty(),
            "a deactivated request delivers nothing"
        );
    }
}

#[test]
fn one_success_starts_the_row_over() {
    let mut sandbox = Sandbox::new();
    results(&mut sandbox, 4, &BROKEN);
    results(&mut sandbox, 1, &OK);
    results(&mut sandbox, 4, &BROKEN);
    assert!(sandbox.is_enabled());
    results(&mut sandbox, 1, &BROKEN);
    assert!(!sandbox.is_enabled());
}

/// Nine failures, no five of them in a row, then a pause of so many seconds between the first and the tenth.
fn tenth_after(milliseconds: i64) -> bool {
    let mut sandbox = Sandbox::with_readings(&[("xpayoff-integration-delay", "0")]);
    let mut result = |outcome: &AttemptOutcome, wait: i64| {
        assert!(sandbox.advance_milliseconds(wait, &OK).is_empty());
        sandbox.ask(&json!({}));
        assert_eq!(sandbox.receive(outcome).len(), 1);
    };
    for number in 0..9 {
        result(&BROKEN, i64::from(number > 0));
        if number % 3 == 2 {
            result(&OK, 0);
        }
    }
    result(&BROKEN, milliseconds - 8);
    sandbox.is_enabled()
}

#[test]
fn the_tenth_failure_within_fifteen_minutes_deactivates_and_one_millisecond_later_does_not() {
    assert!(!tenth_after(10_000));
    assert!(!tenth_after(899_999));
    assert!(tenth_after(900_000), "the first failure is exactly fifteen minutes old");
    assert!(tenth_after(900_001));
}

#[test]
fn enabling_again_forgets_failures_and_revives_no_request() {
    let mut sandbox = Sandbox::new();
    let deactivated = sandbox.ask_center();
    results(&mut sandbox, 5, &BROKEN);
    sandbox.session.enable_webhooks(0, start());
    assert!(sandbox.is_enabled());
    assert_eq!(sandbox.state(&deactivated), "deactivated");
    results(&mut sandbox, 4, &BROKEN);
    assert!(sandbox.is_enabled(), "the failures before do not count");
    let fresh = sandbox.ask_center();
    let parcels = sandbox.advance(2 * CENTER_SECONDS, &OK);
    let ids: Vec<_> = parcels.iter().map(|parcel| signed_body(parcel)["payoffId"].clone()).collect();
    assert_eq!(ids, [json!(fresh)]);
    assert_eq!(sandbox.state(&deactivated), "deactivated");
    // Cancelling it is no error, and changes nothing.
    assert_eq!(sandbox.call("DELETE", &format!("/payoff/{deactivated}"), None).0, 200);
    assert_eq!(sandbox.state(&deactivated), "deactivated");
}

#[test]
fn nothing_is_sent_twice_unless_a_reading_says_so() {
    let mut sandbox = Sandbox::new();
    results(&mut sandbox, 1, &BROKEN);
    assert!(sandbox.advance(86_400, &OK).is_empty());
    let mut sandbox =
        Sandbox::with_readings(&[("xpayoff-delivery-retries", "2"), ("xpayoff-retry-delay", "5000")]);
    sandbox.ask(&json!({}));
    let first = sandbox.advance(2, &BROKEN);
    assert!(sandbox.advance_milliseconds(4_999, &OK).is_empty());
    let second = sandbox.advance_milliseconds(1, &BROKEN);
    let third = sandbox.advance(5, &OK);
    assert_eq!((first.len(), second.len(), third.len()), (1, 1, 1));
    assert_eq!(first[0].body, third[0].body);
    assert_eq!(first[0].headers, third[0].headers, "the same bytes have the same signature");
    assert!(sandbox.advance(60, &OK).is_empty());
}

#[test]
fn each_retry_counts_as_a_failure() {
    let mut sandbox =
        Sandbox::with_readings(&[("xpayoff-delivery-retries", "4"), ("xpayoff-retry-delay", "1000")]);
    sandbox.ask(&json!({}));
    assert_eq!(sandbox.advance(60, &BROKEN).len(), 5);
    assert!(!sandbox.is_enabled());
}

#[test]
fn the_time_out_is_a_reading() {
    let timeout = |readings: &[(&str, &str)]| {
        let mut sandbox = Sandbox::with_readings(readings);
        sandbox.ask(&json!({}));
        sandbox.advance(2, &OK)[0].timeout.as_millis()
    };
    assert_eq!(timeout(&[]), 10_000);
    assert_eq!(timeout(&[("xpayoff-delivery-timeout", "250")]), 250);
}
