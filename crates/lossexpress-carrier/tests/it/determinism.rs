//! Same seed and same calls, same bytes; the journal's replay is the state.

use serde_json::json;

use crate::sandbox::Sandbox;

/// The life of a claim; every reply's bytes.
fn life(sandbox: &mut Sandbox) -> Vec<Vec<u8>> {
    let mut replies = Vec::new();
    let claim = sandbox.claim(&json!({"vin": "JN1CV6AP7CM621670", "lenderName": "Bank of Nowhere"}));
    sandbox.document(&claim, "settlement breakdown & valuation report");
    let path = |tail: &str| format!("/claims/{claim}{tail}");
    for (method, path, body) in [
        ("POST", path("/payoff-request"), None),
        ("PUT", path(""), Some(json!({"deductible": 401.5}))),
        ("POST", path("/orders"), Some(json!({"types": ["Copy of Title"]}))),
        ("POST", path("/direct-messages"), Some(json!({"message": "Hello."}))),
        ("GET", path(""), None),
        ("POST", path("/nowhere"), None),
    ] {
        replies.push(sandbox.answer(method, &path, body.as_ref()).body.to_vec());
    }
    sandbox.advance(7_200);
    replies.push(sandbox.answer("GET", "/activities?createdAfter=2000-01-01T00:00:00Z", None).body.to_vec());
    replies
}

#[test]
fn the_same_calls_give_the_same_bytes() {
    let (mut first, mut second) = (Sandbox::new(), Sandbox::new());
    let (first, second) = (life(&mut first), life(&mut second));
    assert_eq!(first, second);
    assert!(first.iter().all(|reply| !reply.is_empty()));
}

#[test]
fn the_journal_replays_to_the_same_state() {
    let mut sandbox = Sandbox::new();
    life(&mut sandbox);
    let replayed = sandbox.session.replay().unwrap();
    let answers = |session: &estoppel_simulator::Session| -> Vec<_> {
        session.journal().entries().map(|entry| entry.answer.clone()).collect()
    };
    assert_eq!(answers(&replayed), answers(&sandbox.session));
    let feed = |session: estoppel_simulator::Session| {
        let mut sandbox = sandbox.beside(session);
        sandbox.answer("GET", "/activities?createdAfter=2000-01-01T00:00:00Z&pageSize=500", None).body
    };
    assert_eq!(
        feed(replayed),
        feed(sandbox.session.fork("fork".to_owned(), "http://127.0.0.1:8080".to_owned()))
    );
}

#[test]
fn a_fork_goes_its_own_way_and_a_reset_begins_anew() {
    let mut sandbox = Sandbox::new();
    let claim = sandbox.claim(&json!({}));
    let mut fork = sandbox
        .beside(sandbox.session.fork("fork".to_owned(), "http://127.0.0.1:8080/sessions/fork".to_owned()));
    fork.document(&claim, "police report");
    assert_eq!(fork.feed(&claim), ["claim-created", "document-added"]);
    assert_eq!(sandbox.feed(&claim), ["claim-created"]);
    sandbox.session.reset(crate::sandbox::START.parse().unwrap());
    assert_eq!(sandbox.answer("GET", &format!("/claims/{claim}"), None).status, 401);
    let mut fresh = Sandbox::new();
    let again = fresh.claim(&json!({}));
    assert_eq!(again, claim, "a fresh session gives the same identifiers");
}

#[test]
fn a_sessions_time_never_goes_back() {
    let mut sandbox = Sandbox::new();
    let real = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
    sandbox.session.run(real(crate::sandbox::START));
    let order_types =
        || estoppel_simulator::RawCall::new(http::Method::GET, "/claims/order-types".parse().unwrap());
    for at in ["2021-01-08T22:03:11Z", "2021-01-08T22:03:10Z", "2021-01-08T22:03:12Z"] {
        sandbox.session.call(0, &order_types(), real(at)).unwrap();
    }
    let times: Vec<_> = sandbox.session.journal().entries().map(|entry| entry.at).collect();
    assert!(times.is_sorted(), "{times:?}");
}

#[test]
fn debug_shows_no_secret() {
    let mut sandbox = Sandbox::new();
    sandbox.claim(&json!({"accountNumber": "SECRET-77"}));
    let issued = sandbox.answer(
        "POST",
        "/oauth/token",
        Some(&json!({"clientId": "carrier-test", "secret": "carrier-test-secret"})),
    );
    let token =
        serde_json::from_slice::<serde_json::Value>(&issued.body).unwrap()["access_token"].to_string();
    let shown = format!("{:?} {issued:?} {:?}", sandbox.session.journal(), sandbox.session);
    for secret in ["SECRET-77", token.trim_matches('"'), "carrier-test-secret"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
