//! Same seed and same calls, same bytes; the journal's replay is the state.

use serde_json::json;

use crate::sandbox::Sandbox;

/// The life of a loan; every reply's bytes.
fn life(sandbox: &mut Sandbox) -> Vec<Vec<u8>> {
    let payment = json!({"Payments": {"results": [{"amount": "303.78"}]}});
    let autopay = json!({"Autopays": {"results": [{
        "amount": 250, "type": "autopay.type.recurring", "recurringPeriods": 5, "primaryPaymentMethodId": 123,
        "applyDate": "2022-05-18", "processDate": "2022-05-17", "processDateTime": "2022-05-17 22:00:00",
    }]}});
    let opened = sandbox.control("/customers", &json!({})).1;
    let terms = json!({
        "customerId": opened["customerId"], "loanAmount": 5000, "loanRate": 9.9, "loanTerm": 24,
    });
    let loan = sandbox.control("/loans", &terms).1["loanId"].as_u64().unwrap();
    let mut replies = Vec::new();
    for (method, path, body) in [
        ("PUT", "Loans(9118)".to_owned(), Some(&payment)),
        ("PUT", "Loans(9118)".to_owned(), Some(&autopay)),
        ("PUT", "Loans(9120)".to_owned(), Some(&autopay)),
        ("PUT", format!("Loans({loan})"), Some(&payment)),
        ("GET", "Customers(752)?$expand=Loans/Payments".to_owned(), None),
        ("GET", "Nowhere".to_owned(), None),
    ] {
        replies.push(sandbox.answer(method, &format!("/odata.svc/{path}"), body).body.to_vec());
    }
    sandbox.advance_days(70);
    replies.extend(state(sandbox));
    replies
}

/// All that can be seen.
fn state(sandbox: &mut Sandbox) -> Vec<Vec<u8>> {
    let mut replies = Vec::new();
    for customer in [751, 752, 753, 754, 755, 10_001] {
        let path = format!(
            "/odata.svc/Customers({customer})?$expand=PaymentAccounts,Loans/Payments,Loans/Autopays,\
             Loans/Transactions,Loans/StatusArchive,Loans/LoanSetup"
        );
        replies.push(sandbox.answer("GET", &path, None).body.to_vec());
    }
    replies
}

#[test]
fn the_same_calls_give_the_same_bytes() {
    let (first, second) = (life(&mut Sandbox::new()), life(&mut Sandbox::new()));
    assert_eq!(first, second);
    assert!(first.iter().all(|reply| !reply.is_empty()));
}

#[test]
fn the_journal_replays_to_the_same_state() {
    let mut sandbox = Sandbox::new();
    life(&mut sandbox);
    let mut replayed = sandbox.beside(sandbox.session.replay().unwrap());
    assert_eq!(state(&mut replayed), state(&mut sandbox));
}

#[test]
fn a_fork_goes_its_own_way() {
    let mut sandbox = Sandbox::new();
    let url = "http://127.0.0.1:8080/sessions/fork".to_owned();
    let mut fork = sandbox.beside(sandbox.session.fork("fork".to_owned(), url));
    fork.put(9118, &json!({"Payments": {"results": [{"amount": 1}]}}));
    let shown = fork.get("LoanStatusArchive(9118)");
    assert_eq!(shown["lastPaymentAmount"], "1.00");
    assert_eq!(
        shown["__metadata"]["uri"],
        "http://127.0.0.1:8080/sessions/fork/loanpro/odata.svc/LoanStatusArchive(id=9118)"
    );
    assert_eq!(sandbox.get("LoanStatusArchive(9118)")["lastPaymentAmount"], "100.00");
}

#[test]
fn debug_shows_no_secret() {
    let mut sandbox = Sandbox::new();
    life(&mut sandbox);
    let shown = format!("{:?} {:?}", sandbox.session.journal(), sandbox.session);
    for secret in ["loanpro-test-token", "123456789"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
