//! Receivers with one thing wrong, each caught by its own rule.

use std::sync::{
    Mutex,
    atomic::{AtomicU32, Ordering},
};

use estoppel_contract::{SignatureEncoding, hmac_sha256};
use estoppel_verifier::Rule;
use serde_json::{Map, Value};

use super::{KEY, broken, check, checking, correct, document, harbor, receiver, signature, suffix, verify};

#[tokio::test]
async fn one_that_accepts_everything() {
    let rules = [
        Rule::SignatureMissing,
        Rule::SignatureWrong,
        Rule::SignatureTruncated,
        Rule::SignatureOtherBody,
        Rule::SignatureTampered,
        Rule::SignatureOtherKey,
        Rule::DeliveryMethod,
        Rule::DeliveryMalformed,
    ];
    check(|_| 200, &rules).await;
}

#[tokio::test]
async fn one_that_only_looks_whether_there_is_a_signature() {
    let rules = [
        Rule::SignatureMissing,
        Rule::SignatureWrong,
        Rule::SignatureTruncated,
        Rule::SignatureOtherBody,
        Rule::SignatureTampered,
        Rule::SignatureOtherKey,
    ];
    // An empty header counts as one.
    let report = check(
        |request| match document(request) {
            Some(_) if request.method == "POST" && request.headers.contains_key("x-harbor-signature") => 200,
            _ => 400,
        },
        &rules,
    )
    .await;
    let missing = report.failures.iter().find(|failure| failure.rule == Rule::SignatureMissing).unwrap();
    assert!(missing.place().contains("an empty signature"), "{missing}");
}

#[tokio::test]
async fn one_that_accepts_deliveries_without_a_signature() {
    check(
        |request| match request.header("x-harbor-signature") {
            None if document(request).is_some() && request.method == "POST" => 200,
            _ => correct(request),
        },
        &[Rule::SignatureMissing],
    )
    .await;
}

#[tokio::test]
async fn one_that_compares_only_as_far_as_the_signature_goes() {
    check(
        |request| {
            let Some(document) = document(request).filter(|_| request.method == "POST") else { return 400 };
            let given = request.header("x-harbor-signature").unwrap_or_default();
            let right = signature(&request.body, &suffix(&document));
            if !given.is_empty() && right.starts_with(given) { 200 } else { 401 }
        },
        &[Rule::SignatureTruncated],
    )
    .await;
}

#[tokio::test]
async fn one_that_signs_sorted_bodies() {
    let report = check(
        |request| {
            checking(request, |document| {
                let mut members: Vec<(String, Value)> =
                    document.as_object().unwrap().clone().into_iter().collect();
                members.sort_by(|left, right| left.0.cmp(&right.0));
                let sorted: Map<String, Value> = members.into_iter().collect();
                signature(Value::Object(sorted).to_string().as_bytes(), &suffix(document))
            })
        },
        &[Rule::SignatureBytes],
    )
    .await;
    assert!(report.failures[0].actual.contains("its members sorted by name"), "{}", report.failures[0]);
}

#[tokio::test]
async fn one_that_reads_numbers_as_floats() {
    fn with_fractions(value: &mut Value) {
        match value {
            Value::Number(number) => *value = Value::from(number.as_f64().unwrap()),
            Value::Object(members) => members.values_mut().for_each(with_fractions),
            _ => {}
        }
    }
    let report = check(
        |request| {
            checking(request, |document| {
                let mut read = document.clone();
                with_fractions(&mut read);
                signature(read.to_string().as_bytes(), &suffix(document))
            })
        },
        &[Rule::SignatureBytes],
    )
    .await;
    assert!(report.failures[0].actual.contains("10222.0, not 10222"), "{}", report.failures[0]);
}

#[tokio::test]
async fn one_that_compares_capital_letters() {
    let report = check(
        |request| checking(request, |document| signature(&request.body, &suffix(document)).to_uppercase()),
        &[Rule::SignatureCase],
    )
    .await;
    assert!(report.failures[0].actual.contains("upper-case hexadecimal"), "{}", report.failures[0]);
}

#[tokio::test]
async fn one_that_checks_base64() {
    check(
        |request| {
            checking(request, |document| {
                let digest = hmac_sha256(KEY, &[&request.body, b":", suffix(document).as_bytes()]);
                SignatureEncoding::Base64.encode(&digest)
            })
        },
        &[Rule::SignatureEncoding],
    )
    .await;
}

#[tokio::test]
async fn one_that_leaves_the_suffix_out() {
    let report = check(
        |request| {
            checking(request, |_| SignatureEncoding::LowerHex.encode(&hmac_sha256(KEY, &[&request.body])))
        },
        &[Rule::SignatureSuffix],
    )
    .await;
    assert!(report.failures[0].actual.contains("the body alone"), "{}", report.failures[0]);
}

#[tokio::test]
async fn one_whose_key_has_a_line_feed() {
    check(
        |request| {
            checking(request, |document| {
                let key = format!("{KEY}\n");
                let digest = hmac_sha256(&key, &[&request.body, b":", suffix(document).as_bytes()]);
                SignatureEncoding::LowerHex.encode(&digest)
            })
        },
        &[Rule::SignatureKey],
    )
    .await;
}

#[tokio::test]
async fn one_that_hashes_without_the_key() {
    check(
        |request| {
            checking(request, |document| {
                // HMAC with key and message in each other's place.
                let message = [&request.body[..], b":", suffix(document).as_bytes()].concat();
                let message = String::from_utf8(message).unwrap();
                SignatureEncoding::LowerHex.encode(&hmac_sha256(&message, &[KEY.as_bytes()]))
            })
        },
        &[Rule::SignatureConstruction],
    )
    .await;
}

#[tokio::test]
async fn one_whose_key_is_another() {
    let report = check(|request| checking(request, |_| "0".repeat(63)), &[Rule::DeliveryRefused]).await;
    assert!(report.not_run.iter().any(|skipped| skipped.rule == Rule::SignatureMissing));
    assert!(report.failures[0].actual.ends_with("look at the key"), "{}", report.failures[0]);
}

#[tokio::test]
async fn ones_that_accept_with_another_status() {
    for answer in [
        (|request| if correct(request) == 200 { 204 } else { correct(request) })
            as fn(&estoppel_replay_server::ReceivedRequest) -> u16,
        |request| if correct(request) == 200 { 201 } else { correct(request) },
    ] {
        let report = check(answer, &[Rule::DeliveryStatus]).await;
        assert_eq!(report.failures.len(), 1, "it is told once");
    }
    let moved = check(
        |request| if correct(request) == 200 { 301 } else { correct(request) },
        &[Rule::DeliveryStatus],
    );
    assert!(!moved.await.not_run.is_empty());
}

#[tokio::test]
async fn one_that_breaks_on_members_it_does_not_know() {
    check(
        |request| match document(request) {
            Some(document) if document.get("estoppelAddedObject").is_some() => 500,
            _ => correct(request),
        },
        &[Rule::PayloadMemberUnknown],
    )
    .await;
}

#[tokio::test]
async fn one_that_breaks_on_the_shortest_body() {
    check(
        |request| match document(request) {
            Some(document) if document.as_object().unwrap().len() == 2 => 500,
            _ => correct(request),
        },
        &[Rule::PayloadMinimal],
    )
    .await;
}

#[tokio::test]
async fn one_that_wants_every_member() {
    let rules = [Rule::PayloadMinimal, Rule::PayloadMemberAbsent, Rule::PayloadExample, Rule::DeliveryOrder];
    let report = check(
        |request| match document(request) {
            Some(document) if document.as_object().unwrap().len() < 9 => 422,
            _ => correct(request),
        },
        &rules,
    )
    .await;
    let names = report.failures.iter().filter(|failure| failure.rule == Rule::PayloadMemberAbsent);
    assert_eq!(names.count(), 7);
    assert!(report.failures.iter().any(|failure| failure.place() == "a body without `price`"));
}

#[tokio::test]
async fn ones_that_break_on_values() {
    check(
        |request| if request.body.is_ascii() || document(request).is_none() { correct(request) } else { 500 },
        &[Rule::PayloadText],
    )
    .await;
    check(
        |request| match document(request) {
            Some(document) if document["price"].is_u64() && document["fee"].is_u64() => 400,
            _ => correct(request),
        },
        &[Rule::PayloadWholeNumber],
    )
    .await;
    check(
        |request| match document(request) {
            Some(document) if document["soldBy"] == "broker" => 400,
            _ => correct(request),
        },
        &[Rule::PayloadWord],
    )
    .await;
    check(
        |request| match document(request) {
            Some(document) if document["soldAt"].as_str().is_some_and(|at| at < "2019") => 400,
            _ => correct(request),
        },
        &[Rule::PayloadDelayed],
    )
    .await;
    check(
        |request| match document(request) {
            Some(document) if document["oars"].is_u64() => 400,
            _ => correct(request),
        },
        &[Rule::PayloadComplete],
    )
    .await;
}

#[tokio::test]
async fn one_that_breaks_on_failures() {
    let rules = [Rule::PayloadFailure, Rule::PayloadExample, Rule::DeliveryOrder];
    check(
        |request| match document(request) {
            Some(document) if document["sold"] == false => 500,
            _ => correct(request),
        },
        &rules,
    )
    .await;
}

#[tokio::test]
async fn one_that_refuses_duplicates() {
    static SEEN: Mutex<Vec<Vec<u8>>> = Mutex::new(Vec::new());
    check(
        |request| {
            let status = correct(request);
            if status != 200 {
                return status;
            }
            let mut seen = SEEN.lock().unwrap();
            let is_known = seen.iter().any(|body| **body == request.body);
            seen.push(request.body.to_vec());
            if is_known { 409 } else { 200 }
        },
        &[Rule::DeliveryDuplicate],
    )
    .await;
}

#[tokio::test]
async fn one_that_locks_itself_after_a_forgery() {
    static REFUSED: AtomicU32 = AtomicU32::new(0);
    check(
        |request| {
            let status = correct(request);
            if status != 200 {
                REFUSED.fetch_add(1, Ordering::SeqCst);
                return status;
            }
            if REFUSED.swap(0, Ordering::SeqCst) > 5 { 429 } else { status }
        },
        &[Rule::DeliveryAfterRefusal],
    )
    .await;
}

#[tokio::test]
async fn ones_that_break_on_what_is_no_delivery() {
    check(
        |request| {
            if document(request).is_none() && request.method == "POST" { 500 } else { correct(request) }
        },
        &[Rule::DeliveryMalformed],
    )
    .await;
    check(|request| if request.method == "POST" { correct(request) } else { 200 }, &[Rule::DeliveryMethod])
        .await;
    // Nor is a redirection a refusal.
    check(|request| if request.method == "POST" { correct(request) } else { 303 }, &[Rule::DeliveryMethod])
        .await;
    check(
        |request| if document(request).is_none() { 302 } else { correct(request) },
        &[Rule::DeliveryMalformed, Rule::DeliveryMethod],
    )
    .await;
}

#[tokio::test]
async fn one_that_refuses_late_deliveries_of_an_api_that_writes_instants_as_numbers() {
    let receiver = receiver(|request| match document(request) {
        Some(document) if document["soldAt"].as_i64() == Some(1_000_000_000_000) => 400,
        _ => correct(request),
    });
    let report = verify(&harbor::counting(), &receiver.url()).await;
    assert_eq!(broken(&report), [Rule::PayloadDelayed].into());
}

#[tokio::test]
async fn one_that_does_not_look_at_the_body_it_signs() {
    // It remembers signatures that were good, and takes them for any body.
    static GOOD: Mutex<Vec<String>> = Mutex::new(Vec::new());
    check(
        |request| {
            if request.method != "POST" || document(request).is_none() {
                return 400;
            }
            let given = request.header("x-harbor-signature").unwrap_or_default().to_owned();
            let mut good = GOOD.lock().unwrap();
            if correct(request) == 200 {
                good.push(given);
                return 200;
            }
            if good.contains(&given) { 200 } else { 401 }
        },
        &[Rule::SignatureOtherBody, Rule::SignatureTampered],
    )
    .await;
    check(
        |request| {
            checking(request, |document| match document["price"].as_f64() {
                Some(1.0) => request.header("x-harbor-signature").unwrap_or_default().to_owned(),
                _ => signature(&request.body, &suffix(document)),
            })
        },
        &[Rule::SignatureTampered],
    )
    .await;
}
