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

fn good_through(start: &str, readings: &[(&str, &str)]) -> (Value, Value) {
    let mut sandbox = Sandbox::beginning(start, readings);
    sandbox.refresh(USER, &request(1), &[COMPLETING]);
    sandbox.advance(2_000);
    let item = sandbox.poll(USER, &request(1)).1["data"][0].clone();
    (item["payoffGoodThroughDate"].clone(), item["payoffAmount"].clone())
}

#[test]
fn days_are_those_of_utc() {
    // The refresh ends in the last and in the first millisecond of a day.
    let (last, amount) = good_through("2023-03-13T23:59:57.999Z", &[]);
    let (first, later_amount) = good_through("2023-03-13T23:59:58Z", &[]);
    assert_eq!((last, first), (json!("2023-03-23"), json!("2023-03-24")));
    let cents = |amount: Value| (amount.as_f64().unwrap() * 100.0).round();
    assert!(cents(later_amount) > cents(amount), "a day more bears interest");
    assert_eq!(
        good_through("2024-02-27T12:00:00Z", &[("spinwheel-good-through", "172800000")]).0,
        "2024-02-29"
    );
}

/// What the loans of a group owe by their own account, in cents.
fn owed(user: &Value, group: &str) -> i64 {
    let of_group = |loan: &&Value| {
        loan["capabilities"]["data"]["liabilityGroupPayoffQuote"]["liabilityGroupId"] == group
    };
    let loans = user["studentLoans"].as_array().unwrap().iter().filter(of_group);
    let of_loan = |loan: &Value| {
        let details = &loan["balanceDetails"];
        cents(&details["outstandingBalance"]) + cents(&details["accruedInterest"])
    };
    loans.map(of_loan).sum()
}

fn cents(amount: &Value) -> i64 {
    format!("{:.0}", 100.0 * amount.as_f64().unwrap()).parse().unwrap()
}

#[test]
fn a_quote_that_is_paid_on_its_last_day_covers_every_loan() {
    const DAY: i64 = 86_400_000;
    let mut sandbox = Sandbox::new();
    sandbox.refresh(USER, &request(1), &[COMPLETING]);
    sandbox.advance(2_000);
    let user = sandbox.user(USER);
    let quoted = |told: &Value| (told["payoffAmount"].clone(), told["payoffGoodThroughDate"].clone());
    let quote = quoted(&user["studentLoanSummary"]["liabilityGroupPayoffQuotes"][0]);
    assert_eq!(quoted(&sandbox.poll(USER, &request(1)).1["data"][0]), quote);
    assert_eq!(quoted(&sandbox.receive(200)[0]["data"]), quote);
    assert_eq!(quote.1, "2023-03-23");
    // The loans themselves tell the interest of the day of the refresh.
    assert!(owed(&user, COMPLETING) < cents(&quote.0));
    // What each loan owes on a later day, a refresh on that day tells.
    let mut owed_after = |days: i64, number: u64| {
        sandbox.advance(days * DAY - 2_000);
        assert_eq!(sandbox.refresh(USER, &request(number), &[COMPLETING]).0, 200);
        sandbox.advance(2_000);
        owed(&sandbox.user(USER), COMPLETING)
    };
    assert!(owed_after(9, 2) < cents(&quote.0), "a day before the last");
    assert_eq!(owed_after(1, 3), cents(&quote.0), "on the last day");
    assert!(owed_after(1, 4) > cents(&quote.0), "a day after the last");
}

#[test]
fn the_window_ends_to_the_millisecond() {
    let mut sandbox = Sandbox::new();
    sandbox.refresh(USER, &request(1), &[COMPLETING]);
    sandbox.advance(1_001_999);
    let (status, reply) = sandbox.refresh(USER, &request(2), &[COMPLETING]);
    assert_eq!(status, 400, "{reply}");
    assert_eq!(capability(&sandbox.user(USER), COMPLETING)["availability"], "NOT_SUPPORTED");
    sandbox.advance(1);
    assert_eq!(capability(&sandbox.user(USER), COMPLETING)["availability"], "SUPPORTED");
    let (status, reply) = sandbox.refresh(USER, &request(2), &[COMPLETING]);
    assert_eq!(status, 200, "{reply}");
    // The first request still shows its own quote.
    let before = sandbox.poll(USER, &request(1));
    sandbox.advance(100_000_000);
    assert_eq!(sandbox.poll(USER, &request(1)), before);
}

#[test]
fn spans_are_read_otherwise() {
    let readings = [("spinwheel-refresh-duration", "0"), ("spinwheel-refresh-window", "0")];
    let mut sandbox = Sandbox::with_readings(&readings);
    for number in 0..3 {
        let (status, begun) = sandbox.refresh(USER, &request(number), &[COMPLETING]);
        assert_eq!((status, &begun["data"][0]["refreshTransactionStatus"]), (200, &json!("IN_PROGRESS")));
        let (_, polled) = sandbox.poll(USER, &request(number));
        assert_eq!(polled["data"][0]["refreshTransactionStatus"], "COMPLETED");
        assert_eq!(polled["data"][0]["updatedOn"], polled["data"][0]["nextEligibleRefreshOn"]);
    }
}

#[test]
fn the_end_of_time_is_no_end_of_service() {
    let mut sandbox = Sandbox::beginning("9999-12-30T21:59:59.000Z", &[]);
    let (status, begun) = sandbox.refresh(USER, &request(1), &[COMPLETING]);
    assert_eq!(status, 200, "{begun}");
    assert_eq!(sandbox.user(USER)["studentLoanSummary"]["noOfLoans"], 4);
}
