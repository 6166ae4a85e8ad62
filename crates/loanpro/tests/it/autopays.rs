//! Autopays pay when the clock comes to their days.

use estoppel_simulator::Event;
use serde_json::{Value, json};

use crate::sandbox::Sandbox;

fn autopay(changes: &Value) -> Value {
    let mut autopay = json!({
        "name": "Monthly", "type": "autopay.type.recurring", "amount": 250.0, "payoffAdjustment": 1,
        "applyDate": "2022-05-21", "processDate": "2022-05-20", "processDateTime": "2022-05-20 22:00:00",
        "recurringFrequency": "autopay.recurringFrequency.monthly", "recurringPeriods": 3,
        "primaryPaymentMethodId": 123, "baProcessor": "1",
    });
    autopay.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    json!({"Autopays": {"results": [autopay]}})
}

fn told(events: &[Event]) -> Vec<(String, String)> {
    events.iter().map(|event| (event.at.to_string(), event.kind.clone())).collect()
}

#[test]
fn a_recurring_autopay_pays_every_month_and_ends() {
    let mut sandbox = Sandbox::new();
    assert_eq!(sandbox.put(9118, &autopay(&json!({}))).0, 200);
    let events = sandbox.advance_days(120);
    let processed = |at: &str| (at.to_owned(), "autopay-processed".to_owned());
    assert_eq!(
        told(&events),
        ["2022-05-20T22:00:00Z", "2022-06-20T22:00:00Z", "2022-07-20T22:00:00Z"].map(processed)
    );
    assert_eq!(events[0].detail.told("amount"), Some(&json!("250.00")));
    let payments = sandbox.get("Loans(9118)/Payments?nopaging");
    let made: Vec<&Value> = payments["results"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|payment| Some(&payment["autopayId"]) == events[0].detail.told("autopayId"))
        .collect();
    // They count from their apply dates: the 21st of May, June and July.
    let dates: Vec<&Value> = made.iter().map(|payment| &payment["date"]).collect();
    assert_eq!(dates, ["/Date(1653091200)/", "/Date(1655769600)/", "/Date(1658361600)/"]);
    assert!(made.iter().all(|payment| payment["processed"] == 1 && payment["amount"] == "250.00"));
    let autopays = sandbox.get("Loans(9118)/Autopays");
    assert_eq!(autopays["results"][0]["status"], "autopay.status.completed");
    assert_eq!(autopays["results"][0]["periodsDone"], 3);
}

#[test]
fn an_autopay_pays_no_more_than_the_payoff() {
    let large = |adjusts: u8| autopay(&json!({"amount": 9999, "payoffAdjustment": adjusts}));
    let mut sandbox = Sandbox::new();
    assert_eq!(sandbox.put(9118, &large(1)).0, 200);
    let kinds: Vec<String> = sandbox.advance_days(120).into_iter().map(|event| event.kind).collect();
    assert_eq!(kinds, ["autopay-processed", "autopay-skipped", "autopay-skipped"]);
    assert_eq!(sandbox.get("LoanStatusArchive(9118)")["payoff"], "0.00");
    let mut sandbox = Sandbox::new();
    assert_eq!(sandbox.put(9118, &large(0)).0, 200);
    let events = sandbox.advance_days(120);
    assert!(!events.is_empty(), "nothing happened");
    let reason = json!("payment-exceeds-payoff");
    assert!(events.iter().all(|event| event.detail.told("reason") == Some(&reason)), "{events:?}");
    assert_eq!(sandbox.get("Loans(9118)/Autopays")["results"][0]["status"], "autopay.status.failed");
}

#[test]
fn an_autopay_of_what_is_due_keeps_a_loan_current() {
    let mut sandbox = Sandbox::new();
    let due = json!({
        "amountType": "autopay.amountType.nextDue", "recurringPeriods": 12, "applyDate": "2022-06-08",
        "processDate": "2022-06-07", "processDateTime": "2022-06-07 08:00:00",
    });
    assert_eq!(sandbox.put(9118, &autopay(&due)).0, 200);
    sandbox.advance_days(340);
    let archive = sandbox.get("LoanStatusArchive(9118)");
    assert_eq!((&archive["delinquentDays"], &archive["daysPastDue"]), (&json!(0), &json!(0)), "{archive}");
}

#[test]
fn an_autopay_may_wait_until_something_is_past_due() {
    let mut sandbox = Sandbox::new();
    let waiting = json!({"processCurrent": 0, "recurringPeriods": 2});
    assert_eq!(sandbox.put(9118, &autopay(&waiting)).0, 200);
    let kinds: Vec<String> = sandbox.advance_days(60).into_iter().map(|event| event.kind).collect();
    // The payment that is due on the 9th of June is not made.
    assert_eq!(kinds, ["autopay-skipped", "autopay-processed"]);
}

#[test]
fn passed_dates_are_left_out() {
    let mut sandbox = Sandbox::new();
    let old = json!({
        "applyDate": "2022-03-21", "processDate": "2022-03-20", "processDateTime": "2022-03-20 22:00:00",
    });
    assert_eq!(sandbox.put(9118, &autopay(&old)).0, 200);
    let events = sandbox.advance_days(60);
    assert_eq!(told(&events), [("2022-05-20T22:00:00Z".to_owned(), "autopay-processed".to_owned())]);
}

/// Every member that creates an autopay comes back as it was given; only its next days and decimal strings differ.
#[test]
fn every_member_is_kept() {
    let given = json!({
        "name": "Own", "type": "autopay.type.recurring", "paymentExtraTowards": "payment.extra.tx.principal",
        "amountType": "autopay.amountType.static", "amount": "17.25", "paymentType": 3,
        "chargeServiceFee": "1", "processCurrent": 0, "retryDays": 5, "processTime": 7, "postPaymentUpdate": 0,
        "methodType": "autopay.methodType.eft", "recurringFrequency": "autopay.recurringFrequency.custom",
        "recurringDateOption": "autopay.recurringDate.applyDate", "daysInPeriod": "10",
        "schedulingType": "autopay.schedulingType.calendarDay", "processDateCondition": "calendarDays",
        "payoffAdjustment": 0, "chargeOffRecovery": 1, "paymentMethodAuthType": "payment.echeckauth.WEB",
        "paymentMethodAccountType": "bankacct.type.savings", "processZeroOrNegativeBalance": 1,
        "lastDayOfMonthEnabled": 1, "primaryPaymentMethodId": 289, "recurringPeriods": 4, "baProcessor": "98",
    });
    let mut sandbox = Sandbox::new();
    let body = autopay(&given);
    assert_eq!(sandbox.put(9118, &body).0, 200);
    let shown = sandbox.get("Loans(9118)/Autopays")["results"][0].clone();
    for (name, value) in given.as_object().unwrap() {
        assert_eq!(&shown[name], value, "{name}");
    }
    let documented = body["Autopays"]["results"][0].as_object().unwrap();
    let missing: Vec<&String> = documented.keys().filter(|name| shown.get(*name).is_none()).collect();
    assert_eq!((missing.len(), documented.len()), (0, 29), "{missing:?}");
    // The apply date is the last day of May; the process date keeps its distance of a day.
    assert_eq!(shown["processDate"], "/Date(1653868800)/");
    let least = json!({"Autopays": {"results": [{
        "amount": 1, "primaryPaymentMethodId": 123, "applyDate": "2022-05-21", "processDate": "2022-05-20",
        "processDateTime": "2022-05-20 22:00:00",
    }]}});
    assert_eq!(sandbox.put(9118, &least).0, 200);
    let shown = sandbox.get("Loans(9118)/Autopays")["results"][1].clone();
    assert_eq!((&shown["processTime"], &shown["processCurrent"]), (&json!(22), &json!(1)));
    assert_eq!((&shown["retryDays"], &shown["baProcessor"]), (&json!(null), &json!(null)));
}
