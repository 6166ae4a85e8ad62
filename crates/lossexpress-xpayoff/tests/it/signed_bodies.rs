//! The bytes that are signed are those that `JSON.stringify` writes of the parsed body.

use estoppel_contract::{SignatureEncoding, hmac_sha256};
use estoppel_generate::{Generated, Key};
use estoppel_lossexpress_xpayoff::{fixture_kinds, ids::PayoffId, results::PayoffResultBody, simulation};
use estoppel_simulator::{AttemptOutcome, Message};
use serde_json::Value;

use crate::sandbox::{KEY, OK, START, Sandbox};

/// The members of a body, in the order of the documented table.
const MEMBERS: [&str; 21] = [
    "packetId",
    "payoffId",
    "orderId",
    "orderType",
    "payoffAmount",
    "perDiem",
    "validThroughDate",
    "lenderPhoneNumber",
    "checkPayableTo",
    "standardMailingAddress",
    "overnightMailingAddress",
    "accountNumber",
    "eftAccountNumber",
    "eftRoutingNumber",
    "eftState",
    "eftCity",
    "eftZipCode",
    "success",
    "errorMessage",
    "fulfilledBy",
    "customerAuthorizationAttempted",
];

/// What JavaScript writes of a value that was parsed: whole numbers without a fraction, the rest as serde writes it.
fn stringified(value: &Value) -> String {
    match value {
        Value::Number(number) => {
            let double = number.as_f64().unwrap();
            if double.fract() == 0.0 { format!("{double:.0}") } else { number.to_string() }
        }
        Value::Array(items) => format!("[{}]", items.iter().map(stringified).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let members = members.iter();
            let members =
                members.map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), stringified(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}

fn assert_as_stringified(body: &str) -> Value {
    let value: Value = serde_json::from_str(body).unwrap();
    assert_eq!(stringified(&value), body);
    assert!(!body.contains("\\/") && !body.contains("\\u"), "{body}");
    let keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let known: Vec<&str> = MEMBERS.into_iter().filter(|member| keys.contains(member)).collect();
    assert_eq!(keys, known, "{body}");
    value
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_body_is_written_as_javascript_writes_it(body in Generated::<PayoffResultBody>::at(START.parse().unwrap())) {
        let message = Message::new::<estoppel_lossexpress_xpayoff::results::PayoffResult>(&body, body.payoff_id.to_string());
        assert_as_stringified(std::str::from_utf8(&message.body).unwrap());
    }
}

#[test]
fn bodies_come_with_whole_dollars_letters_beyond_ascii_and_slashes() {
    let kind = fixture_kinds().iter().find(|kind| kind.name == "payoff-result").unwrap();
    let request = estoppel_generate::FixtureRequest { seed: 3, at: START.parse().unwrap() };
    let mut lines = Vec::new();
    kind.write_lines(&request, 0..500, &mut lines).unwrap();
    let (mut whole, mut ten_cents, mut foreign, mut slashes) = (0, 0, 0, 0);
    for line in std::str::from_utf8(&lines).unwrap().lines() {
        let body = assert_as_stringified(line);
        let amount = body["payoffAmount"].to_string();
        whole += usize::from(amount.parse::<u64>().is_ok());
        ten_cents += usize::from(amount.split_once('.').is_some_and(|(_, cents)| cents.len() == 1));
        let payee = body["checkPayableTo"].as_str().unwrap_or_default();
        foreign += usize::from(!payee.is_ascii());
        slashes += usize::from(payee.contains('/'));
    }
    assert!(
        whole > 10 && ten_cents > 0 && foreign > 10 && slashes > 10,
        "{whole} {ten_cents} {foreign} {slashes}"
    );
}

#[test]
fn numbers_have_their_shortest_form() {
    let mut body: PayoffResultBody = serde_json::from_value(serde_json::json!({
        "payoffId": PayoffId::from_bits(Key::new(1).wide_bits()), "success": true,
    }))
    .unwrap();
    for (given, written) in [
        ("10222.0", "10222"),
        ("10222.33", "10222.33"),
        ("2.30", "2.3"),
        ("0.1", "0.1"),
        ("0.01", "0.01"),
        ("1e3", "1000"),
        ("-0.0", "0"),
        ("1000000000", "1000000000"),
        ("999999999.99", "999999999.99"),
    ] {
        body.payoff_amount = serde_json::from_str::<estoppel_values::Usd>(given).unwrap().into();
        let bytes = serde_json::to_string(&body).unwrap();
        assert!(bytes.contains(&format!(r#""payoffAmount":{written},"#)), "{bytes}");
        assert_as_stringified(&bytes);
    }
}

#[test]
fn a_signature_is_that_of_other_implementations() {
    // Computed by two other implementations of HMAC with SHA-256 over body, colon and id, under the key.
    let body = r#"{"payoffId":"98efa558-4f62-4917-9aff-76ed0c4effa8","payoffAmount":10222,"checkPayableTo":"Peña / Co","success":true}"#;
    let bytes = hmac_sha256(KEY, &[body.as_bytes(), b":98efa558-4f62-4917-9aff-76ed0c4effa8"]);
    assert_eq!(SignatureEncoding::LowerHex.encode(&bytes), HEX);
    let signing = simulation().service().deliveries.unwrap().signing.unwrap();
    let suffix = signing.suffix_of(body.as_bytes()).unwrap();
    assert_eq!(signing.sign(KEY, body.as_bytes(), &suffix, SignatureEncoding::LowerHex), HEX);
    assert_eq!(signing.sign(KEY, body.as_bytes(), &suffix, SignatureEncoding::Base64), BASE64);
}

const HEX: &str = "c6245cd1e9a5b07f05f8be4746458560f0bc13344b91bbc09ee55faf4f5d4cd7";
const BASE64: &str = "xiRc0emlsH8F+L5HRkWFYPC8EzRLkbvAnuVfr09dTNc=";

#[test]
fn the_encoding_is_a_reading() {
    let mut sandbox = Sandbox::with_readings(&[("xpayoff-signature-encoding", "base64")]);
    sandbox.ask(&serde_json::json!({}));
    let parcels = sandbox.advance(2, &OK);
    let body: Value = serde_json::from_slice(&parcels[0].body).unwrap();
    let payoff_id = body["payoffId"].as_str().unwrap().as_bytes();
    let expected = SignatureEncoding::Base64.encode(&hmac_sha256(KEY, &[&parcels[0].body, b":", payoff_id]));
    assert!(parcels[0].headers.contains(&("x-lossexpress-signature".to_owned(), expected)));
}

#[test]
fn a_message_that_is_sent_again_is_signed_again_over_the_same_bytes() {
    let mut sandbox = Sandbox::new();
    sandbox.ask(&serde_json::json!({}));
    let first = sandbox.advance(2, &AttemptOutcome::TimedOut);
    sandbox.session.redeliver(first[0].delivery, crate::sandbox::start()).unwrap();
    let second = sandbox.receive(&OK);
    assert_eq!((&first[0].body, &first[0].headers), (&second[0].body, &second[0].headers));
    crate::sandbox::signed_body(&second[0]);
}
