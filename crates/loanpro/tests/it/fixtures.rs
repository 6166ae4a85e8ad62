//! Generated fixtures: valid, coherent, and the same for ever.

use std::ops::Range;

use estoppel_generate::{FixtureKind, FixtureRequest, GENERATOR_VERSION, Generated};
use estoppel_loanpro::{
    autopays::{Autopay, NewAutopay},
    customers::{Customer, PaymentAccount},
    fixture_kinds,
    loans::{Loan, LoanSetup},
    normalize_quote,
    payments::{NewPayment, Payment},
    simulation,
    status_archives::StatusArchive,
};
use proptest::{strategy::Strategy, test_runner::TestRunner};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{loans::cents, sandbox::Sandbox};

const AT: &str = "2024-03-01T06:07:08.009Z";

fn lines(kind: &FixtureKind, seed: u64, range: Range<u64>) -> String {
    let mut out = Vec::new();
    let request = FixtureRequest { seed, at: AT.parse().unwrap() };
    kind.write_lines(&request, range, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn kind(name: &str) -> &'static FixtureKind {
    fixture_kinds().iter().find(|kind| kind.name == name).unwrap()
}

fn documents(name: &str, range: Range<u64>) -> Vec<Value> {
    lines(kind(name), 7, range).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn rewritten<T: DeserializeOwned + Serialize>(line: &str) -> String {
    serde_json::to_string(&serde_json::from_str::<T>(line).unwrap()).unwrap()
}

/// Reads a fixture as the type of its kind and writes it again.
fn read_and_written(kind: &FixtureKind, line: &str) -> String {
    match kind.name {
        "status-archive" => rewritten::<StatusArchive>(line),
        "customer" => rewritten::<Customer>(line),
        "loan" => rewritten::<Loan>(line),
        "loan-setup" => rewritten::<LoanSetup>(line),
        "payment" => rewritten::<Payment>(line),
        "autopay" => rewritten::<Autopay>(line),
        "payment-account" => rewritten::<PaymentAccount>(line),
        "new-payment" => rewritten::<NewPayment>(line),
        "new-autopay" => rewritten::<NewAutopay>(line),
        other => unreachable!("no type is known for {other}"),
    }
}

#[test]
fn every_fixture_keeps_its_schema_and_is_read_and_written_as_it_is() {
    let contract = simulation().contract();
    for kind in fixture_kinds() {
        let checker = contract.checker(&contract.model(kind.model).unwrap().schema).unwrap();
        for (seed, start) in [(0, 0), (u64::MAX, u64::MAX / 2)] {
            for line in lines(kind, seed, start..start + 200).lines() {
                let document: Value = serde_json::from_str(line).unwrap();
                assert_eq!(checker.check(&document), [], "{}: {line}", kind.name);
                assert_eq!(checker.undeclared_members(&document), [""; 0], "{}: {line}", kind.name);
                assert_eq!(read_and_written(kind, line), line);
            }
        }
    }
}

#[test]
fn fixtures_of_an_index_are_about_the_same_loan() {
    let archives = documents("status-archive", 0..100);
    for (archive, setup) in archives.iter().zip(documents("loan-setup", 0..100)) {
        assert_eq!(archive["loanId"], setup["loanId"]);
        crate::loans::assert_adds_up(archive, &setup);
        assert_eq!(normalize_quote(archive).unwrap().quote.quoted_on.unwrap().to_string(), "2024-03-01");
    }
    for text in ["Open", "Paid Off"] {
        assert!(archives.iter().any(|archive| archive["loanStatusText"] == text), "{text}");
    }
    assert!(archives.iter().any(|archive| archive["stoplight"] == "stoplight.display.red"));
    for payment in documents("payment", 0..100) {
        let paid = cents(&payment["paymentInterest"]) + cents(&payment["paymentPrincipal"]);
        assert_eq!(paid, cents(&payment["amount"]), "{payment}");
    }
}

#[test]
fn nobody_real_is_reached() {
    for customer in documents("customer", 0..200) {
        let email = customer["email"].as_str().unwrap();
        assert!(email.ends_with("@example.com") || email.ends_with("@example.org"), "{email}");
        assert!(customer["ssn"].as_str().unwrap().starts_with("XXXXX"));
    }
    let mut sandbox = Sandbox::new();
    let phones = sandbox.get("Customers(752)/Phones");
    let phone = phones["results"][0]["phone"].as_str().unwrap();
    assert!(phone.len() == 10 && phone.get(3..8) == Some("55501"), "{phone}");
}

/// Bodies that are generated are taken by a loan that is large enough, whatever the day.
#[test]
fn generated_autopays_are_taken() {
    let mut sandbox = Sandbox::starting(AT);
    for mut autopay in documents("new-autopay", 0..50) {
        autopay["primaryPaymentMethodId"] = json!(123);
        let (status, reply) = sandbox.put(9118, &json!({"Autopays": {"results": [autopay]}}));
        assert_eq!(status, 200, "{reply}");
    }
}

#[test]
fn bytes_are_frozen_by_the_generator_version() {
    let actual: Vec<(&str, u64)> = fixture_kinds()
        .iter()
        .map(|kind| (kind.name, rapidhash::v3::rapidhash_v3(lines(kind, 7, 0..200).as_bytes())))
        .collect();
    assert_eq!(GENERATOR_VERSION, 1);
    assert_eq!(
        actual,
        [
            ("status-archive", 15_455_744_111_760_554_034),
            ("customer", 4_449_487_048_919_978_639),
            ("loan", 15_086_606_323_932_768_653),
            ("loan-setup", 10_482_754_441_601_221_485),
            ("payment", 3_572_469_630_652_473_949),
            ("autopay", 8_874_931_296_971_289_110),
            ("payment-account", 15_293_073_748_004_331_602),
            ("new-payment", 9_251_074_118_978_955_598),
            ("new-autopay", 11_606_719_490_154_282_170),
        ]
    );
}

/// The simplest loan is new, and everything of it is at its simplest.
#[test]
fn the_same_definitions_are_strategies() {
    let mut runner = TestRunner::deterministic();
    let strategy = Generated::<StatusArchive>::at(AT.parse().unwrap());
    for _ in 0..20 {
        let mut tree = strategy.new_tree(&mut runner).unwrap();
        while proptest::strategy::ValueTree::simplify(&mut tree) {}
        let simplest = proptest::strategy::ValueTree::current(&tree);
        assert_eq!((simplest.loan_age, simplest.principal_balance.to_string().as_str()), (0, "5000.00"));
    }
}
