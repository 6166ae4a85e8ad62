//! Autopays.

use estoppel_contract::{Step, Story};
use serde_json::{Value, json};

use super::{on, story};
use crate::seed;

pub(super) fn stories() -> Vec<Story> {
    vec![created(), refused()]
}

/// Creates the document's autopay on a loan, with some members replaced.
pub(super) fn create(loan: u64, changes: &Value) -> Step {
    let mut autopay = crate::examples::new_autopay();
    if let (Some(members), Some(changes)) = (autopay.as_object_mut(), changes.as_object()) {
        members.extend(changes.clone());
    }
    on("updateLoan", loan).body(json!({"Autopays": {"results": [autopay]}}))
}

/// Days that lie ahead of every clock that a person would set.
pub(super) fn ahead() -> Value {
    json!({"applyDate": "2199-09-18", "processDate": "2199-09-17", "processDateTime": "2199-09-17 22:00:00"})
}

fn created() -> Story {
    story(
        "create-autopay",
        "An autopay waits for its first day.",
        [
            create(seed::LOAN, &ahead()).states("/d/Autopays/__deferred/uri", "Loans(id=9118)/Autopays"),
            on("fetchLoanNavigation", seed::LOAN).with("navigation", "Autopays").includes(
                "/d/results",
                json!({
                    "name": "Default monthly autopay", "amount": "250.00", "recurringPeriods": 36,
                    "status": "autopay.status.pending", "periodsDone": 0, "processTime": 22, "baProcessor": "1",
                    "chargeServiceFee": "0", "schedulingType": "autopay.schedulingType.calendarDay",
                }),
            ),
        ],
    )
}

fn refused() -> Story {
    let with = |changes: Value| {
        let mut all = ahead();
        if let (Some(members), Value::Object(changes)) = (all.as_object_mut(), changes) {
            members.extend(changes);
        }
        create(seed::LOAN, &all)
    };
    story(
        "mismatched-autopays",
        "An autopay needs days that come, a payment profile, and a loan that takes it.",
        [
            create(seed::LATE_LOAN, &ahead()).refused("autopay-disabled"),
            create(seed::LOAN, &json!({"recurringPeriods": 1})).refused("process-date-passed"),
            with(json!({"primaryPaymentMethodId": 404})).refused("no-such-payment-account"),
            with(json!({"amount": -1, "amountType": "autopay.amountType.nextDue"}))
                .invalid(["/Autopays/results/0/amount"]),
            with(json!({"processTime": 24})).invalid(["/Autopays/results/0/processTime"]),
            with(json!({"processTime": -1})).invalid(["/Autopays/results/0/processTime"]),
            with(json!({"amount": 0})).invalid(["/Autopays/results/0/amount"]),
            with(json!({"processDateTime": "2199-09-18 22:00:00"}))
                .invalid(["/Autopays/results/0/processDateTime"]),
            with(json!({"applyDate": "18 September"})).invalid(["/Autopays/results/0/applyDate"]),
            on("updateLoan", seed::LOAN).body(json!({"Autopays": {"results": [{"amount": 1}]}})).invalid([
                "/Autopays/results/0/applyDate",
                "/Autopays/results/0/processDate",
                "/Autopays/results/0/processDateTime",
            ]),
        ],
    )
}
