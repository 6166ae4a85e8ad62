//! Same seed and same calls, same bytes; the journal's replay is the state.

use estoppel_simulator::Session;
use serde_json::{Value, json};

use crate::sandbox::{COMPLETING, FAILING, SECOND_GROUP, SECOND_USER, START, Sandbox, USER, request};

/// Two refreshes, a control and a failed delivery; every reply and webhook.
fn life(sandbox: &mut Sandbox) -> Vec<Value> {
    let mut seen =
        vec![sandbox.control("POST", "/users", &json!({"liabilityGroups": [{"studentLoans": [{}]}]})).1];
    seen.push(sandbox.refresh(USER, &request(1), &[FAILING, COMPLETING]).1);
    sandbox.advance(1_000);
    seen.push(sandbox.refresh(SECOND_USER, &request(1), &[SECOND_GROUP]).1);
    sandbox.advance(1_500);
    seen.extend(sandbox.receive(500));
    seen.extend(sandbox.receive(200));
    sandbox.advance(86_400_000);
    seen.extend(sandbox.receive(204));
    seen.push(sandbox.poll(USER, &request(1)).1);
    seen.push(sandbox.user(SECOND_USER));
    seen
}

#[test]
fn the_same_calls_give_the_same_bytes() {
    let (mut first, mut second) = (Sandbox::new(), Sandbox::new());
    let seen = life(&mut first);
    assert_eq!(seen, life(&mut second));
    assert_eq!(seen.len(), 8, "{seen:#?}");
}

/// Everything that a session would still say.
fn told(session: Session) -> Vec<Value> {
    let mut sandbox = Sandbox { session };
    let mut told = sandbox.receive(200);
    told.push(sandbox.poll(USER, &request(1)).1);
    told.push(sandbox.poll(SECOND_USER, &request(1)).1);
    told.push(sandbox.user(USER));
    told.push(sandbox.user(SECOND_USER));
    told.push(sandbox.refresh(USER, &request(9), &[COMPLETING]).1);
    told
}

#[test]
fn the_journal_replays_to_the_same_state() {
    let mut sandbox = Sandbox::new();
    life(&mut sandbox);
    sandbox.refresh(USER, &request(2), &[FAILING]);
    let replayed = sandbox.session.replay().unwrap();
    let answers = |session: &Session| -> Vec<_> {
        session.journal().entries().filter_map(|entry| entry.answer.clone()).collect()
    };
    assert_eq!(answers(&replayed), answers(&sandbox.session));
    let deliveries = |session: &Session| -> Vec<_> { session.outbox().deliveries().cloned().collect() };
    assert_eq!(deliveries(&replayed), deliveries(&sandbox.session));
    let fork = sandbox.session.fork("fork".to_owned(), "http://127.0.0.1:8080".to_owned());
    assert_eq!(told(replayed), told(fork));
}

#[test]
fn a_reset_begins_anew() {
    let mut sandbox = Sandbox::new();
    let before = sandbox.user(USER);
    life(&mut sandbox);
    assert_ne!(sandbox.user(USER), before);
    sandbox.session.reset(START.parse().unwrap());
    assert_eq!(sandbox.user(USER), before);
}

#[test]
fn debug_shows_no_secret() {
    let mut sandbox = Sandbox::new();
    let user = sandbox.user(USER);
    let account = user["studentLoans"][0]["liabilityProfile"]["accountNumber"].as_str().unwrap();
    life(&mut sandbox);
    let shown =
        format!("{:?} {:?} {:?}", sandbox.session.journal(), sandbox.session, sandbox.session.outbox());
    for secret in [account, "spinwheel-test-key"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
