//! Loans that add up.

use estoppel_loanpro::normalize_quote;
use serde_json::{Value, json};

use crate::sandbox::Sandbox;

/// Cents of a decimal string.
pub(crate) fn cents(value: &Value) -> i64 {
    let text = value.as_str().unwrap();
    let (dollars, cents) = text.split_once('.').unwrap();
    assert_eq!(cents.len(), 2, "{text}");
    format!("{dollars}{cents}").parse().unwrap()
}

fn seconds(value: &Value) -> i64 {
    let text = value.as_str().unwrap();
    text.strip_prefix("/Date(").unwrap().strip_suffix(")/").unwrap().parse().unwrap()
}

/// The relations that the document's own figures keep.
pub(crate) fn assert_adds_up(archive: &Value, setup: &Value) {
    let money = |name: &str| cents(&archive[name]);
    let days = |from: &Value| (seconds(&archive["date"]) - seconds(from)) / 86_400;
    assert_eq!(money("duePni"), money("dueInterest") + money("duePrincipal"), "{archive}");
    assert_eq!(money("amountDue"), money("duePni") + money("dueFees") + money("dueEscrow"), "{archive}");
    assert_eq!(archive["loanAge"], days(&setup["contractDate"]), "{archive}");
    if !archive["lastPaymentDate"].is_null() {
        assert_eq!(archive["loanRecency"], days(&archive["lastPaymentDate"]), "{archive}");
    }
    let rate: i64 = setup["loanRate"].as_str().unwrap().replace('.', "").parse().unwrap();
    let per_diem = (2 * money("principalBalance") * rate + 365_000_000) / 730_000_000;
    assert_eq!(money("perdiem"), per_diem, "{archive}");
    let (late, age) = (archive["delinquentDays"].as_i64().unwrap(), archive["loanAge"].as_i64().unwrap());
    assert_eq!(money("delinquencyPercent"), (late * 20_000 + age + 1) / (2 * (age + 1)), "{archive}");
    for name in ["payoff", "principalBalance", "amountDue", "amountPastDue30", "nextPaymentAmount"] {
        assert!(money(name) >= 0, "{name}: {archive}");
    }
    assert!(money("payoff") >= money("principalBalance"), "{archive}");
    assert!(money("amountPastDue30") <= money("amountDue") && money("amountDue") <= money("payoff"));
}

#[test]
fn the_documents_loan_has_the_documents_figures() {
    let mut sandbox = Sandbox::new();
    let setup = sandbox.get("Loans(9118)/LoanSetup");
    let schedule: Value = serde_json::from_str(setup["tilPaymentSchedule"].as_str().unwrap()).unwrap();
    assert_eq!(
        schedule,
        json!([
            {"count": 35, "payment": 297.47, "startDate": "10/09/2020"},
            {"count": 1, "payment": 296.86, "startDate": "09/09/2023"},
        ])
    );
    assert_eq!((&setup["tilTotalOfPayments"], &setup["apr"]), (&json!("10708.31"), &json!("4.4966")));
    let archive = sandbox.get("LoanStatusArchive(9118)");
    assert_adds_up(&archive, &setup);
    for (name, value) in [
        ("date", json!("/Date(1652227200)/")),
        ("nextPaymentDate", json!("/Date(1654732800)/")),
        ("nextPaymentAmount", json!("297.47")),
        ("lastPaymentDate", json!("/Date(1651795200)/")),
        ("lastPaymentAmount", json!("100.00")),
        ("periodStart", json!("/Date(1652054400)/")),
        ("periodEnd", json!("/Date(1654646400)/")),
        ("periodsRemaining", json!(16)),
        ("loanAge", json!(609)),
        ("loanRecency", json!(5)),
        ("finalPaymentDate", json!("/Date(1694217600)/")),
    ] {
        assert_eq!(archive[name], value, "{name}");
    }
}

#[test]
fn every_day_of_every_loan_adds_up() {
    for start in ["2022-05-11T15:30:00Z", "2030-12-31T23:00:00Z"] {
        let mut sandbox = Sandbox::starting(start);
        for loan in [9118, 9119, 9120, 9121, 9122] {
            let setup = sandbox.get(&format!("Loans({loan})/LoanSetup"));
            let days = sandbox.get(&format!("Loans({loan})/StatusArchive?nopaging"));
            let days = days["results"].as_array().unwrap();
            for pair in days.windows(2) {
                assert_adds_up(&pair[1], &setup);
                let quiet =
                    pair[0]["lastPaymentDate"] == pair[1]["lastPaymentDate"] && pair[1]["loanRecency"] != 0;
                let growth = cents(&pair[1]["payoff"]) - cents(&pair[0]["payoff"]);
                // Interest is rounded once for all days since the last payment, the per diem by itself.
                assert!(!quiet || (growth - cents(&pair[0]["perdiem"])).abs() <= 1, "{}", pair[1]);
            }
        }
    }
}

#[test]
fn a_payment_pays_interest_first_unless_it_says_otherwise() {
    for (extra, interest) in
        [("payment.extra.tx.principal", "1.11"), ("payment.extra.tx.principalonly", "0.00")]
    {
        let mut sandbox = Sandbox::new();
        let before = sandbox.get("LoanStatusArchive(9118)");
        let payment = json!({"Payments": {"results": [{"amount": "303.78", "extra": extra}]}});
        assert_eq!(sandbox.put(9118, &payment).0, 200);
        let payments = sandbox.get("Loans(9118)/Payments");
        let last = payments["results"].as_array().unwrap().last().unwrap().clone();
        let interest_due = cents(&before["payoff"]) - cents(&before["principalBalance"]);
        let paid = cents(&last["paymentInterest"]);
        assert_eq!(paid, if interest == "0.00" { 0 } else { interest_due }, "{last}");
        assert_eq!(paid + cents(&last["paymentPrincipal"]), 30_378);
        assert_eq!(last["beforePayoff"], before["payoff"]);
        let after = sandbox.get("LoanStatusArchive(9118)");
        assert_eq!(last["afterPayoff"], after["payoff"]);
        assert_eq!(cents(&after["payoff"]), cents(&before["payoff"]) - 30_378);
    }
}

#[test]
fn extra_for_the_next_periods_settles_them() {
    let next = |extra: &str| {
        let mut sandbox = Sandbox::new();
        let payment = json!({"Payments": {"results": [{"amount": "594.94", "extra": extra}]}});
        assert_eq!(sandbox.put(9118, &payment).0, 200);
        sandbox.get("LoanStatusArchive(9118)")["nextPaymentDate"].clone()
    };
    assert_eq!(next("payment.extra.tx.principalonly"), "/Date(1654732800)/");
    assert_eq!(next("payment.extra.tx.principal"), "/Date(1657324800)/");
    assert_eq!(next("payment.extra.periods.next"), "/Date(1660003200)/");
}

#[test]
fn a_quote_of_today_gives_the_payoff_of_a_later_day() {
    let mut sandbox = Sandbox::new();
    let quote = |sandbox: &mut Sandbox| {
        let (_, payload) = sandbox.call("GET", "/odata.svc/LoanStatusArchive(9118)", None);
        normalize_quote(&payload).unwrap().quote
    };
    let first = quote(&mut sandbox);
    sandbox.advance_days(20);
    let later = quote(&mut sandbox);
    let predicted = first.amount_on(later.quoted_on.unwrap()).unwrap();
    let apart = (predicted.number().decimal() - later.amount.number().decimal()).to_string();
    // Twenty roundings to the cent.
    assert!(apart.parse::<f64>().unwrap().abs() <= 0.10, "{predicted} {}", later.amount);
}

#[test]
fn a_client_can_start_from_nothing() {
    let mut sandbox = Sandbox::new();
    let (status, customer) = sandbox.control("/customers", &json!({"firstName": "Ada"}));
    assert_eq!(status, 201, "{customer}");
    let id = &customer["customerId"];
    let terms = json!({"customerId": id, "loanAmount": "10000.00", "loanRate": 4.5, "loanTerm": "36",
        "contractDate": "2020-09-09"});
    let (status, loan) = sandbox.control("/loans", &terms);
    assert_eq!(status, 201, "{loan}");
    let shown = sandbox.get(&format!("Customers({id})?$expand=Loans/LoanSetup"));
    assert_eq!(shown["firstName"], "Ada");
    assert_eq!(shown["Loans"]["results"][0]["LoanSetup"]["tilTotalOfPayments"], "10708.31");
    let archive = sandbox.get(&format!("LoanStatusArchive({})", loan["loanId"]));
    assert_eq!((&archive["payoff"], &archive["delinquentDays"]), (&json!("10750.82"), &json!(579)));
    for wrong in [json!({}), json!({"customerId": 404, "loanAmount": 1000, "loanRate": 1, "loanTerm": 12})] {
        assert_eq!(sandbox.control("/loans", &wrong).0, 409);
    }
    for (name, value) in [("loanTerm", json!(0)), ("loanRate", json!("36.00001")), ("loanAmount", json!(-5))]
    {
        let mut wrong = terms.clone();
        wrong[name] = value;
        let (status, reply) = sandbox.control("/loans", &wrong);
        assert_eq!(status, 409, "{reply}");
        assert!(reply["error"]["message"].as_str().unwrap().contains(name), "{reply}");
    }
}

#[test]
fn dates_can_be_written_in_milliseconds() {
    let mut sandbox = Sandbox::with_readings(&[("loanpro-date-unit", "milliseconds")]);
    assert_eq!(sandbox.get("LoanStatusArchive(9118)")["date"], "/Date(1652227200000)/");
}
