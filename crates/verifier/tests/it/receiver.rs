//! Verification of receivers: correct ones, and ones with one thing wrong.

mod correct;
mod harbor;
mod unusual;
mod wrong;

use std::{collections::BTreeSet, net::SocketAddr, time::Duration};

use estoppel_contract::{Contract, SignatureEncoding, hmac_sha256};
use estoppel_replay_server::{ReceivedRequest, Receiver, ReceiverReply};
use estoppel_verifier::{ReceiverOptions, ReceiverReport, Rule, verify_receiver};
use serde_json::Value;

pub(crate) const KEY: &str = "harbor-key";

/// The signature that the invented API sends with this body, worked out apart from the code under test.
pub(crate) fn signature(body: &[u8], suffix: &str) -> String {
    SignatureEncoding::LowerHex.encode(&hmac_sha256(KEY, &[body, b":", suffix.as_bytes()]))
}

/// What a delivery says, if it is a JSON object.
pub(crate) fn document(request: &ReceivedRequest) -> Option<Value> {
    serde_json::from_slice(&request.body).ok().filter(Value::is_object)
}

/// The request that a delivery belongs to.
pub(crate) fn suffix(document: &Value) -> String {
    let member = document.get("saleId").or_else(|| document.get("lotId"));
    member.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A correct receiver: POST only, an object, signed over its exact bytes.
pub(crate) fn correct(request: &ReceivedRequest) -> u16 {
    checking(request, |document| signature(&request.body, &suffix(document)))
}

/// A receiver that is correct but for the signature that it expects.
pub(crate) fn checking(request: &ReceivedRequest, expected: impl Fn(&Value) -> String) -> u16 {
    if request.method != "POST" {
        return 405;
    }
    match document(request) {
        None => 400,
        Some(document) if request.header("x-harbor-signature") == Some(&expected(&document)) => 200,
        Some(_) => 401,
    }
}

/// Starts a receiver that answers with these statuses.
pub(crate) fn receiver(answer: fn(&ReceivedRequest) -> u16) -> Receiver {
    let address = SocketAddr::from(([127, 0, 0, 1], 0));
    Receiver::bind(address, move |request| ReceiverReply::status(answer(request))).unwrap()
}

pub(crate) fn options(url: &str) -> ReceiverOptions {
    ReceiverOptions {
        timeout: Duration::from_millis(1500),
        pause: Duration::from_millis(60),
        ..ReceiverOptions::new(url, KEY)
    }
}

pub(crate) async fn verify(contract: &Contract, url: &str) -> ReceiverReport {
    verify_receiver(contract, &options(url), |_| {}).await.unwrap()
}

/// The rules that a report says are broken.
pub(crate) fn broken(report: &ReceiverReport) -> BTreeSet<Rule> {
    report.failures.iter().map(|failure| failure.rule).collect()
}

/// Holds a receiver of signed deliveries to breaking exactly these rules.
pub(crate) async fn check(answer: fn(&ReceivedRequest) -> u16, rules: &[Rule]) -> ReceiverReport {
    let receiver = receiver(answer);
    let report = verify(&harbor::signed(), &receiver.url()).await;
    let shown: Vec<String> = report.failures.iter().map(ToString::to_string).collect();
    assert_eq!(broken(&report), rules.iter().copied().collect(), "{}", shown.join("\n"));
    report
}
