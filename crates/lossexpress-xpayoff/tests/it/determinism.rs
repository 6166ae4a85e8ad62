//! Same seed and same calls, same bytes; the journal's replay is the state.

use estoppel_simulator::{AttemptOutcome, Session};
use serde_json::json;

use crate::sandbox::{OK, Sandbox, by_name, start};

/// The life of an account; every reply's bytes and every webhook's.
fn life(sandbox: &mut Sandbox) -> Vec<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut all = Vec::new();
    for changes in [json!({}), by_name(), by_name(), json!({"vin": "1FTMF1CB6JKE12626"})] {
        all.push(sandbox.ask(&changes));
    }
    for (method, path) in [
        ("GET", "/lenders?name=bank".to_owned()),
        ("DELETE", format!("/payoff/{}", all[1])),
        ("DELETE", "/payoff/nobody".to_owned()),
    ] {
        bytes.push(sandbox.answer(method, &path, None).body.to_vec());
    }
    for outcome in [OK, AttemptOutcome::TimedOut] {
        for parcel in sandbox.advance(3_600, &outcome) {
            bytes.push(parcel.body.to_vec());
            bytes.extend(parcel.headers.iter().map(|(_, value)| value.clone().into_bytes()));
        }
    }
    let chosen = json!({"success": false, "errorMessage": "Loan has been paid off"});
    bytes.push(
        sandbox.control("POST", &format!("/payoff/{}/result", all[2]), Some(&chosen)).1.to_string().into(),
    );
    sandbox.receive(&AttemptOutcome::Status(500));
    bytes
}

#[test]
fn the_same_calls_give_the_same_bytes() {
    let (mut first, mut second) = (Sandbox::new(), Sandbox::new());
    let (first, second) = (life(&mut first), life(&mut second));
    assert_eq!(first, second);
    assert!(first.len() > 10 && first.iter().all(|bytes| !bytes.is_empty()));
}

/// Everything that a session shows of its webhooks.
fn outbox(session: &Session) -> Vec<String> {
    let outbox = session.outbox();
    let deliveries = outbox.deliveries().map(|delivery| format!("{delivery:?} {:?}", delivery.body));
    deliveries.chain(outbox.endpoints().map(|endpoint| format!("{endpoint:?}"))).collect()
}

#[test]
fn the_journal_replays_to_the_same_state() {
    let mut sandbox = Sandbox::with_readings(&[("xpayoff-delivery-retries", "1")]);
    life(&mut sandbox);
    let mut replayed = Sandbox { session: sandbox.session.replay().unwrap() };
    let answers = |session: &Session| -> Vec<_> {
        session.journal().entries().filter_map(|entry| entry.answer.clone()).collect()
    };
    assert_eq!(answers(&replayed.session), answers(&sandbox.session));
    assert_eq!(outbox(&replayed.session), outbox(&sandbox.session));
    assert_eq!(replayed.ask(&json!({})), sandbox.ask(&json!({})));
    let (live, again) = (sandbox.advance(60, &OK), replayed.advance(60, &OK));
    let bodies = |parcels: &[estoppel_simulator::Parcel]| {
        parcels.iter().map(|parcel| parcel.body.clone()).collect::<Vec<_>>()
    };
    assert_eq!(bodies(&live), bodies(&again));
    assert!(!live.is_empty());
}

#[test]
fn a_fork_goes_its_own_way_and_a_reset_begins_anew() {
    let mut sandbox = Sandbox::new();
    let id = sandbox.ask_center();
    let mut fork =
        Sandbox { session: sandbox.session.fork("fork".to_owned(), "http://127.0.0.1:8080".to_owned()) };
    fork.call("DELETE", &format!("/payoff/{id}"), None);
    assert_eq!((fork.state(&id).as_str(), sandbox.state(&id).as_str()), ("cancelled", "open"));
    sandbox.session.reset(start());
    assert_eq!(sandbox.control("GET", &format!("/payoff/{id}"), None).0, 404);
    sandbox.register();
    assert_eq!(sandbox.ask_center(), id, "a fresh session gives the same identifiers");
}

#[test]
fn debug_shows_no_secret() {
    let mut sandbox = Sandbox::new();
    sandbox.ask(&json!({"accountNumber": "SECRET-77", "socialSecurityNumber": "900-01-7777"}));
    let parcels = sandbox.advance(2, &OK);
    let deliveries: Vec<_> = sandbox.session.outbox().deliveries().collect();
    let request: estoppel_lossexpress_xpayoff::payoffs::NewPayoffRequest =
        serde_json::from_value(crate::sandbox::new_request(
            &json!({"accountNumber": "SECRET-77", "socialSecurityNumber": "900-01-7777"}),
        ))
        .unwrap();
    let state = <estoppel_lossexpress_xpayoff::XPayoff as estoppel_simulator::Behaviour>::start(
        &estoppel_simulator::Setup {
            seed: 1,
            readings: estoppel_contract::Readings::default(),
            base_url: "http://127.0.0.1:8080/xpayoff".into(),
            started_at: start(),
        },
    );
    let shown = format!(
        "{:?} {parcels:?} {deliveries:?} {:?} {request:?} {state:?}",
        sandbox.session.journal(),
        sandbox.session
    );
    for secret in ["SECRET-77", "7777", "xpayoff-test-key"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
