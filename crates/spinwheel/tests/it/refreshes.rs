//! A refresh from its beginning to its end, seen from all sides.

use serde_json::{Value, json};

use crate::sandbox::{COMPLETING, FAILING, Sandbox, USER, request};

fn capability<'v>(user: &'v Value, group: &str) -> &'v Value {
    let capability = |loan: &'v Value| &loan["capabilities"]["data"]["liabilityGroupPayoffQuote"];
    let loans = user["studentLoans"].as_array().unwrap().iter().map(capability);
    loans.into_iter().find(|capability| capability["liabilityGroupId"] == group).unwrap()
}

#[test]
fn a_refresh_completes() {
    let mut sandbox = Sandbox::new();
    let before = sandbox.user(USER);
    assert_eq!(before["studentLoanSummary"]["liabilityGroupPayoffQuotes"], json!([]));
    assert_eq!(capability(&before, COMPLETING)["availability"], "SUPPORTED");
    let (status, begun) = sandbox.refresh(USER, &request(1), &[COMPLETING]);
    assert_eq!(
        (status, &begun["data"][0]["refreshTransactionStatus"]),
        (200, &json!("IN_PROGRESS")),
        "{begun}"
    );
    assert_eq!(sandbox.poll(USER, &request(1)), (200, begun.clone()));
    assert_eq!(capability(&sandbox.user(USER), COMPLETING)["description"], "REFRESH_EXHAUSTED");
    assert_eq!(sandbox.advance(1_999), [""; 0]);
    assert_eq!(sandbox.poll(USER, &request(1)), (200, begun.clone()));
    assert_eq!(sandbox.advance(1), ["refresh-completed"]);
    let webhooks = sandbox.receive(204);
    let (_, polled) = sandbox.poll(USER, &request(1));
    let item = &polled["data"][0];
    // The instants are those of the document's examples.
    assert_eq!(
        (&item["updatedOn"], &item["nextEligibleRefreshOn"]),
        (&json!(1_678_724_487_099_i64), &json!(1_678_725_487_099_i64))
    );
    let data = json!({
        "payoffAmount": item["payoffAmount"],
        "payoffGoodThroughDate": "2023-03-23",
        "updatedOn": item["updatedOn"],
    });
    assert_eq!((webhooks.len(), &webhooks[0]["data"]), (1, &data));
    let quote = &sandbox.user(USER)["studentLoanSummary"]["liabilityGroupPayoffQuotes"][0];
    assert_eq!(quote["payoffAmount"], item["payoffAmount"]);
}

#[test]
fn a_refresh_fails() {
    let mut sandbox = Sandbox::new();
    sandbox.refresh(USER, &request(1), &[FAILING]);
    assert_eq!(sandbox.advance(2_000), ["refresh-failed"]);
    let webhooks = sandbox.receive(200);
    assert_eq!(webhooks[0]["refreshTransactionStatus"], "FAILED");
    assert!(webhooks[0].get("data").is_none());
    let (_, polled) = sandbox.poll(USER, &request(1));
    assert_eq!(polled["data"][0]["refreshTransactionStatus"], "FAILED");
    assert!(polled["data"][0].get("payoffAmount").is_none());
    assert_eq!(capability(&sandbox.user(USER), FAILING)["description"], "REFRESH_EXHAUSTED");
}
