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
    let (discount, lent) = (cents(&setup["discount"]), cents(&setup["loanAmount"]));
    for (part, whole) in [("discountRemaining", "principalBalance"), ("dueDiscount", "duePrincipal")] {
        let (share, half) = (i128::from(discount * money(whole)), i128::from(lent));
        assert_eq!(i128::from(money(part)), (2 * share + half) / (2 * half), "{part}: {archive}");
    }
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
        ("finalPaymentAmount", json!("190.44")),
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

/// The final payment, its day and the periods until it, as the archive of today tells them.
fn outlook(sandbox: &mut Sandbox, loan: u64) -> (Value, Value, Value) {
    let archive = sandbox.get(&format!("LoanStatusArchive({loan})"));
    let [amount, date, periods] =
        ["finalPaymentAmount", "finalPaymentDate", "periodsRemaining"].map(|name| archive[name].clone());
    (amount, date, periods)
}

/// From today's principal to the end by hand: a month's interest on each due date, then the level payment.
#[test]
fn the_final_payment_follows_from_the_principal() {
    let mut sandbox = Sandbox::new();
    assert_eq!(outlook(&mut sandbox, 9118), (json!("190.44"), json!("/Date(1694217600)/"), json!(16)));
    // On its due date the payment of the 9th of June is expected; on the day after it is past due, and left to the
    // end with the interest on it.
    sandbox.advance_days(29);
    assert_eq!(outlook(&mut sandbox, 9118), (json!("190.44"), json!("/Date(1694217600)/"), json!(15)));
    sandbox.advance_days(1);
    assert_eq!(outlook(&mut sandbox, 9118), (json!("505.04"), json!("/Date(1694217600)/"), json!(15)));
    // At the end of the schedule everything is the final payment.
    sandbox.advance_days(700);
    let archive = sandbox.get("LoanStatusArchive(9118)");
    assert_eq!(
        (&archive["finalPaymentAmount"], &archive["periodsRemaining"]),
        (&archive["payoff"], &json!(0))
    );
    assert!(cents(&archive["payoff"]) > 0);
}

#[test]
fn extra_principal_brings_the_final_payment_nearer_and_a_payoff_ends_it() {
    for loan in [9118, 9119, 9120, 9122] {
        let mut sandbox = Sandbox::new();
        let before = outlook(&mut sandbox, loan);
        let pay = |sandbox: &mut Sandbox, payment: Value| {
            assert_eq!(sandbox.put(loan, &json!({"Payments": {"results": [payment]}})).0, 200);
        };
        pay(&mut sandbox, json!({"amount": "100.00", "extra": "payment.extra.tx.principalonly"}));
        let after = outlook(&mut sandbox, loan);
        assert!((&after.0, &after.1) != (&before.0, &before.1), "{loan}");
        let archive = sandbox.get(&format!("LoanStatusArchive({loan})"));
        let half = cents(&archive["principalBalance"]) / 2;
        let half = format!("{}.{:02}", half / 100, half % 100);
        pay(&mut sandbox, json!({"amount": half, "extra": "payment.extra.tx.principalonly"}));
        let sooner = outlook(&mut sandbox, loan);
        assert!(seconds(&sooner.1) < seconds(&before.1), "{loan}: {sooner:?} {before:?}");
        assert!(sooner.2.as_u64() < before.2.as_u64(), "{loan}");
        let payoff = sandbox.get(&format!("LoanStatusArchive({loan})"))["payoff"].clone();
        pay(&mut sandbox, json!({"amount": payoff, "payoffFlag": 1}));
        let today = json!("/Date(1652227200)/");
        assert_eq!(outlook(&mut sandbox, loan), (json!("0.00"), today.clone(), json!(0)), "{loan}");
        sandbox.advance_days(40);
        assert_eq!(outlook(&mut sandbox, loan), (json!("0.00"), today, json!(0)), "{loan}");
    }
}

/// Every day's outlook comes true when what it foretells is paid.
#[test]
fn paying_as_scheduled_ends_with_the_final_payment_that_was_foretold() {
    let mut sandbox = Sandbox::new();
    let foretold = outlook(&mut sandbox, 9118);
    sandbox.advance_days(29);
    let mut paid = 0;
    loop {
        let archive = sandbox.get("LoanStatusArchive(9118)");
        if archive["finalPaymentDate"] == archive["date"] {
            assert_eq!((&archive["payoff"], &archive["finalPaymentDate"]), (&foretold.0, &foretold.1));
            break;
        }
        if archive["nextPaymentDate"] == archive["date"] {
            let payment = json!({"amount": archive["nextPaymentAmount"]});
            assert_eq!(sandbox.put(9118, &json!({"Payments": {"results": [payment]}})).0, 200);
            paid += 1;
        }
        assert_eq!(archive["finalPaymentAmount"], foretold.0, "{archive}");
        sandbox.advance_days(1);
    }
    assert_eq!(json!(paid + 1), foretold.2);
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
fn customers_are_as_old_as_their_first_loans() {
    for start in ["2022-05-11T15:30:00Z", "2031-01-31T00:00:00Z"] {
        let mut sandbox = Sandbox::starting(start);
        for customer in 751..=755 {
            let customer = sandbox.get(&format!("Customers({customer})?$expand=Loans/LoanSetup"));
            let loan = &customer["Loans"]["results"][0];
            let created = seconds(&customer["created"]);
            assert!(created <= seconds(&loan["created"]), "{customer}");
            assert!(created <= seconds(&loan["LoanSetup"]["contractDate"]), "{customer}");
            assert!(created <= seconds(&customer["lastUpdate"]), "{customer}");
        }
    }
}

#[test]
fn dates_can_be_written_in_milliseconds() {
    let mut sandbox = Sandbox::with_readings(&[("loanpro-date-unit", "milliseconds")]);
    assert_eq!(sandbox.get("LoanStatusArchive(9118)")["date"], "/Date(1652227200000)/");
}
