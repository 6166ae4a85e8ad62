//! Payments, and what they do to a loan.

use estoppel_contract::{Step, Story};
use serde_json::{Value, json};

use super::{on, story};
use crate::seed;

pub(super) fn stories() -> Vec<Story> {
    vec![logged(), processed(), payoff(), refused()]
}

/// Creates one payment on a loan.
fn pay(loan: u64, payment: &Value) -> Step {
    on("updateLoan", loan).body(json!({"Payments": {"results": [payment]}}))
}

fn logged() -> Story {
    let mut payment = crate::examples::new_payment();
    if let Some(members) = payment.as_object_mut() {
        // The example's day lies before or after the contract date, as the session's clock has it.
        members.remove("date");
    }
    story(
        "log-payment",
        "A payment that is only logged changes the balance, interest first.",
        [
            pay(seed::LOAN, &payment).states("/d/Payments/__deferred/uri", "Loans(id=9118)/Payments"),
            on("fetchStatusArchive", seed::LOAN)
                .states("/d/lastPaymentAmount", "303.78")
                .states("/d/loanRecency", 0),
            on("fetchLoan", seed::LOAN).with("$expand", "Payments").includes(
                "/d/Payments/results",
                json!({"amount": "303.78", "processed": 0, "extra": "payment.extra.tx.principal"}),
            ),
        ],
    )
}

fn processed() -> Story {
    story(
        "process-payment",
        "A payment that is processed needs a payment profile of the customer; truth and numbers have many forms.",
        [
            on("fetchPaymentAccounts", 752).capture("account", "/d/results/0/id"),
            pay(
                seed::CURRENT_LOAN,
                &json!({
                    "selectedProcessor": "98", "paymentAccountId": "{account}", "amount": 50,
                    "early": true, "active": "1", "extra": "payment.extra.tx.principalonly",
                }),
            ),
            on("fetchLoanNavigation", seed::CURRENT_LOAN)
                .with("navigation", "Payments")
                .with("nopaging", "")
                .includes(
                    "/d/results",
                    json!({"amount": "50.00", "processed": 1, "early": 1, "paymentInterest": "0.00"}),
                ),
            pay(seed::CURRENT_LOAN, &json!({"selectedProcessor": 98, "paymentAccountId": 404, "amount": 50}))
                .refused("no-such-payment-account"),
            pay(seed::CURRENT_LOAN, &json!({"selectedProcessor": 98, "amount": 50, "__logOnly": true})),
        ],
    )
}

fn payoff() -> Story {
    let payoff = |flag: &'static str, amount: &str| {
        let mut payment = json!({"amount": amount});
        if let Some(members) = payment.as_object_mut() {
            members.insert(flag.to_owned(), json!(1));
        }
        pay(seed::NEW_LOAN, &payment)
    };
    story(
        "pay-off",
        "A payment of the payoff closes the loan; more or less of it is refused.",
        [
            on("fetchStatusArchive", seed::NEW_LOAN).capture("payoff", "/d/payoff"),
            payoff("payoffFlag", "1.00").refused("payment-is-no-payoff"),
            payoff("payoffPayment", "1.00").refused("payment-is-no-payoff"),
            payoff("payoffFlag", "100000.00").refused("payment-exceeds-payoff"),
            payoff("payoffFlag", "{payoff}"),
            on("fetchStatusArchive", seed::NEW_LOAN)
                .states("/d/payoff", "0.00")
                .states("/d/principalBalance", "0.00")
                .states("/d/loanStatusText", "Paid Off"),
            pay(seed::NEW_LOAN, &json!({"amount": "0.01"})).refused("payment-exceeds-payoff"),
        ],
    )
}

fn refused() -> Story {
    story(
        "mismatched-payments",
        "A payload that does not fit is refused, and nothing of it is kept.",
        [
            on("updateLoan", seed::LATE_LOAN).body(json!({})).invalid([""]),
            on("updateLoan", seed::LATE_LOAN)
                .body(json!({"Payments": {"results": []}}))
                .invalid(["/Payments/results"]),
            on("updateLoan", seed::LATE_LOAN).body(json!({"Payments": {}})).invalid(["/Payments/results"]),
            on("updateLoan", seed::LATE_LOAN)
                .body(json!({"Payments": {"results": [{"amount": 1}, {"amount": 0}]}}))
                .invalid(["/Payments/results/1/amount"]),
            pay(seed::LATE_LOAN, &json!({"date": "2022-04-15"})).invalid(["/Payments/results/0/amount"]),
            pay(seed::LATE_LOAN, &json!({"amount": "1.005"})).invalid(["/Payments/results/0/amount"]),
            pay(seed::LATE_LOAN, &json!({"amount": 1, "date": "1999-12-31"}))
                .invalid(["/Payments/results/0/date"]),
            pay(seed::LATE_LOAN, &json!({"amount": 1, "extra": "payment.extra.tip"}))
                .invalid(["/Payments/results/0/extra"]),
            pay(seed::LATE_LOAN, &json!({"amount": 1, "early": 2})).invalid(["/Payments/results/0/early"]),
        ],
    )
}
