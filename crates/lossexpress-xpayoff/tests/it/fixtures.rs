//! Generated fixtures: valid, coherent, safe, and the same for ever.

mod safety;
mod shrinking;

use std::ops::Range;

use estoppel_contract::{Checker, Words};
use estoppel_generate::{FixtureKind, FixtureRequest, GENERATOR_VERSION};
use estoppel_lossexpress_xpayoff::{
    fixture_kinds,
    lenders::Lender,
    payoffs::NewPayoffRequest,
    results::{FailureMessage, PayoffResultBody},
    simulation,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::sandbox::{CENTER_SECONDS, OK, Sandbox};

const AT: &str = "2024-03-01T06:07:08.009Z";

fn kind(name: &str) -> &'static FixtureKind {
    fixture_kinds().iter().find(|kind| kind.name == name).unwrap()
}

fn lines(kind: &FixtureKind, seed: u64, range: Range<u64>) -> String {
    let mut out = Vec::new();
    kind.write_lines(&FixtureRequest { seed, at: AT.parse().unwrap() }, range, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn documents(name: &str, seed: u64, range: Range<u64>) -> Vec<Value> {
    lines(kind(name), seed, range).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn checker(kind: &FixtureKind) -> Checker {
    let contract = simulation().contract();
    contract.checker(&contract.model(kind.model).unwrap().schema).unwrap()
}

fn rewritten<T: DeserializeOwned + Serialize>(line: &str) -> String {
    serde_json::to_string(&serde_json::from_str::<T>(line).unwrap()).unwrap()
}

/// Reads a fixture as the type of its kind and writes it again.
fn read_and_written(kind: &FixtureKind, line: &str) -> String {
    match kind.name {
        "lender" => rewritten::<Lender>(line),
        "payoff-request" => rewritten::<NewPayoffRequest>(line),
        "payoff-result" => rewritten::<PayoffResultBody>(line),
        other => unreachable!("no type is known for {other}"),
    }
}

#[test]
fn every_fixture_keeps_its_schema_and_is_read_and_written_as_it_is() {
    for kind in fixture_kinds() {
        let checker = checker(kind);
        for (seed, start) in [(0, 0), (7, 1_000_000), (u64::MAX, u64::MAX / 2)] {
            for line in lines(kind, seed, start..start + 2000).lines() {
                let document: Value = serde_json::from_str(line).unwrap();
                assert!(checker.accepts(&document), "{}: {line}: {:?}", kind.name, checker.check(&document));
                assert_eq!(checker.undeclared_members(&document), [""; 0], "{}: {line}", kind.name);
                assert_eq!(read_and_written(kind, line), line);
            }
        }
    }
}

#[test]
fn bytes_are_frozen_by_the_generator_version() {
    let actual: Vec<(&str, u64)> = fixture_kinds()
        .iter()
        .map(|kind| (kind.name, rapidhash::v3::rapidhash_v3(lines(kind, 7, 0..1000).as_bytes())))
        .collect();
    assert_eq!(GENERATOR_VERSION, 1);
    assert_eq!(
        actual,
        [
            ("payoff-request", 13_536_267_614_869_236_112),
            ("lender", 10_681_942_689_651_608_610),
            ("payoff-result", 13_365_409_419_128_786_776)
        ]
    );
}

#[test]
fn a_request_and_its_result_are_frozen_in_full() {
    insta::assert_snapshot!(lines(kind("payoff-request"), 7, 1..2), @r##"{"customerName":"Domenic Leannon","customerAddress":"6355 Rehearsal Row Boston MA 02108","customerPhoneNumber":"+16175550117","entityName":"Emard Auto Group","lenderId":"6cb69a98-a317-4256-a52b-882005df0546","requesterEmailAddress":"nola.collins@example.org","requesterName":"Nola Collins","requesterPhoneNumber":"+16125550185","vehicleMileage":71750,"vin":"JHMFA3622BS975980"}"##);
    insta::assert_snapshot!(lines(kind("payoff-result"), 7, 1..2), @r##"{"packetId":"d5a64cfd-cad5-4ca7-82c6-1ccad485022f","payoffId":"d5a64cfd-cad5-4ca7-82c6-1ccad485022f","orderId":"0eaaec16-6d93-49ce-8576-eef80d635d0c","orderType":"Payoff Request","payoffAmount":13467.23,"perDiem":8.12,"validThroughDate":"2024-03-11T00:00:00.000Z","lenderPhoneNumber":"+14105550112","checkPayableTo":"Old Mill Savings Bank / Préstamos","standardMailingAddress":{"attn":"Payoff Department","streetAddress":"P.O. Box 8742","city":"Baltimore","state":"MD","zipCode":"21201"},"success":true,"fulfilledBy":"fulfillment center","customerAuthorizationAttempted":true}"##);
    insta::assert_snapshot!(lines(kind("lender"), 7, 12..13), @r##"{"lenderId":"5c427727-cec3-46fa-a6c0-b9407133dda4","lenderName":"Juniper Test Finance 12","aliases":[],"integrated":false}"##);
}

proptest::proptest! {
    #[test]
    fn a_fixture_is_the_same_in_whatever_range_it_is_made(
        seed: u64, start in 0..u64::MAX / 2, before in 0..50_u64, after in 0..50_u64,
    ) {
        for kind in fixture_kinds() {
            let alone = lines(kind, seed, start + before..start + before + 1);
            let among = lines(kind, seed, start..start + before + after + 1);
            let place = usize::try_from(before).unwrap();
            proptest::prop_assert_eq!(among.lines().nth(place), alone.lines().next());
        }
    }
}

#[test]
fn lenders_have_names_and_identifiers_of_their_own() {
    let lenders = documents("lender", 1, 0..3000);
    for member in ["lenderId", "lenderName"] {
        let values: std::collections::BTreeSet<_> =
            lenders.iter().map(|lender| lender[member].to_string()).collect();
        assert_eq!(values.len(), lenders.len(), "{member}");
    }
    assert_eq!(lenders[0]["lenderName"], "Test Lender");
}

#[test]
fn seeds_and_anchors_give_other_worlds() {
    assert_ne!(lines(kind("payoff-request"), 1, 0..1), lines(kind("payoff-request"), 2, 0..1));
    let result = |at: &str| -> serde_json::Map<String, Value> {
        let mut out = Vec::new();
        let request = FixtureRequest { seed: 1, at: at.parse().unwrap() };
        (kind("payoff-result").write)(&request, 1, &mut out).unwrap();
        serde_json::from_slice(&out).unwrap()
    };
    let (early, late) = (result(AT), result("2025-03-01T06:07:08.009Z"));
    let moved: Vec<&String> = early.keys().filter(|key| early[*key] != late[*key]).collect();
    assert_eq!(moved, ["payoffAmount", "validThroughDate"]);
}

#[test]
fn results_come_in_every_outcome() {
    let results = documents("payoff-result", 5, 0..1000);
    let count = |is: &dyn Fn(&Value) -> bool| results.iter().filter(|result| is(result)).count();
    for message in FailureMessage::ALL {
        assert!(count(&|result| result["errorMessage"] == message.as_str()) > 40, "{message}");
    }
    let quoted_by =
        |way: &'static str| move |result: &Value| result["fulfilledBy"] == way && result["success"] == true;
    assert!(count(&quoted_by("integration")) > 100 && count(&quoted_by("fulfillment center")) > 80);
    for success in [true, false] {
        let minimal = |result: &Value| result.as_object().unwrap().len() == 2 && result["success"] == success;
        assert!(count(&minimal) > 40);
    }
    assert!(count(&|result| result["customerAuthorizationAttempted"] == true) > 50);
    assert!(count(&|result| result.get("eftRoutingNumber").is_some()) > 50);
}

#[test]
fn a_live_session_takes_every_request() {
    let mut sandbox = Sandbox::new();
    for request in documents("payoff-request", 9, 0..300) {
        let (status, reply) = sandbox.call("POST", "/payoff", Some(&request));
        assert_eq!(status, 200, "{request}: {reply}");
    }
    assert_eq!(sandbox.advance(CENTER_SECONDS, &OK).len(), 300);
    for lender in documents("lender", 9, 0..12) {
        let name = lender["lenderName"].as_str().unwrap().replace(' ', "+");
        assert_eq!(
            sandbox.call("GET", &format!("/lenders?name={name}"), None).1,
            json!({"lenders": [lender]})
        );
    }
}

#[test]
fn a_result_answers_the_request_of_its_index() {
    let (requests, results) =
        (documents("payoff-request", 4, 0..2000), documents("payoff-result", 4, 0..2000));
    for (request, result) in requests.iter().zip(&results) {
        if let (Some(asked), Some(told)) = (request.get("accountNumber"), result.get("accountNumber")) {
            assert_eq!(asked, told);
        }
        match result["errorMessage"].as_str() {
            Some("Need Full Member number" | "Loan could not be located with information given") => {
                assert_eq!(request.get("accountNumber"), None);
            }
            Some("Need Full Social Security Number") => {
                assert!(request["socialSecurityNumber"].as_str().is_none_or(|number| number.len() == 4));
            }
            _ => {}
        }
        if let (Some(name), Some(payee)) = (request["lenderName"].as_str(), result["checkPayableTo"].as_str())
        {
            assert!(payee.starts_with(name), "{name}: {payee}");
        }
    }
}
