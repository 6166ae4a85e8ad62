//! Requests that are no deliveries of the API and that a receiver must refuse.

use bytes::Bytes;
use http::Method;
use serde_json::{Map, Value, json};

use super::{
    examiner::{Case, Examiner},
    letter::Letter,
    payload::{Payloads, insert, written},
    wire::Request,
};
use crate::{Check, Rule, signature::Construction};

/// A key that is nobody's.
const OTHER_KEY: &str = "estoppel-is-not-your-key";

impl<P: FnMut(&Check)> Examiner<'_, P> {
    /// Sends what a receiver must refuse, and then something that it must still accept.
    pub(super) async fn refuse(&mut self, payloads: &Payloads<'_>) {
        let letter = self.letter(payloads, &payloads.base);
        if let Some(right) = self.signature(&letter) {
            self.refuse_signatures(&letter, &right).await;
            // From here on its signature has been seen to be good.
            let what = "a valid delivery after others whose signature was refused";
            self.expect_accepted(&Case::new(Rule::DeliveryAfterRefusal, &letter, what)).await;
            self.refuse_other_bodies(payloads, &letter, &right).await;
        }
        self.refuse_malformed(&letter).await;
        self.refuse_methods(&letter).await;
        let letter = self.letter(payloads, &payloads.base);
        let what = "a valid delivery after others that were refused";
        self.expect_accepted(&Case::new(Rule::DeliveryAfterRefusal, &letter, what)).await;
    }

    async fn refuse_signatures(&mut self, letter: &Letter, right: &str) {
        let other_key = self.signature_by(OTHER_KEY, letter);
        let unkeyed = Construction::Unkeyed.digest(b"", &letter.body);
        let unkeyed = estoppel_contract::SignatureEncoding::LowerHex.encode(&unkeyed);
        let zeros = "0".repeat(right.len());
        let wrong = [
            (Rule::SignatureMissing, "a delivery without a signature", None),
            (Rule::SignatureMissing, "a delivery with an empty signature", Some(String::new())),
            (Rule::SignatureWrong, "a delivery with a signature of zeros", Some(zeros)),
            (
                Rule::SignatureWrong,
                "a delivery with one character of its signature changed",
                Some(one_changed(right)),
            ),
            (Rule::SignatureWrong, "a delivery with a signature that is none", Some("none".to_owned())),
            (Rule::SignatureWrong, "a delivery with a plain SHA-256 as its signature", Some(unkeyed)),
            (Rule::SignatureTruncated, "a delivery with the first half of its signature", half(right)),
            (
                Rule::SignatureTruncated,
                "a delivery with the first character of its signature",
                right.get(..1).map(str::to_owned),
            ),
            (Rule::SignatureOtherKey, "a delivery that another key signed", other_key),
        ];
        for (rule, what, signature) in wrong {
            let request = self.request(letter, signature.as_deref());
            self.expect_refused(&Case::new(rule, letter, what), &request).await;
        }
    }

    async fn refuse_other_bodies(&mut self, payloads: &Payloads<'_>, letter: &Letter, right: &str) {
        let mut other = self.letter(payloads, &payloads.base);
        if other.body == letter.body {
            // Both are about the same request, the only one that is known.
            let longer = insert(&payloads.base, "estoppelAddedLater", json!("other"));
            other = self.letter(payloads, &longer);
        }
        let request = self.request(&other, Some(right));
        let what = "a delivery with the signature of another delivery";
        self.expect_refused(&Case::new(Rule::SignatureOtherBody, &other, what), &request).await;
        let sent: Map<String, Value> = serde_json::from_slice(&letter.body).unwrap_or_default();
        for (what, tampered) in tamperings(payloads, &sent) {
            let letter = letter.with_body(Bytes::from(written(&tampered)));
            let request = self.request(&letter, Some(right));
            self.expect_refused(&Case::new(Rule::SignatureTampered, &letter, what), &request).await;
        }
    }

    async fn refuse_malformed(&mut self, letter: &Letter) {
        let cut = letter.body.slice(..letter.body.len() / 2);
        let bodies = [
            ("a body that is not JSON", Bytes::from_static(b"not JSON")),
            ("a body that is cut off", cut),
            ("an empty body", Bytes::new()),
            ("a body that is an array", Bytes::from_static(b"[]")),
            ("a body that is null", Bytes::from_static(b"null")),
            ("a body that is not UTF-8", Bytes::from_static(b"{\"a\":\"\xff\xfe\"}")),
        ];
        for (what, body) in bodies {
            // Signed all the same, so that it is the body that is refused.
            let letter = letter.with_body(body);
            let request = self.signed(&letter);
            self.expect_turned_away(&Case::new(Rule::DeliveryMalformed, &letter, what), &request).await;
        }
    }

    async fn refuse_methods(&mut self, letter: &Letter) {
        let delivery = self.signed(letter);
        let without_body = Request { method: Method::GET, body: Bytes::new(), ..delivery.clone() };
        let put = Request { method: Method::PUT, ..delivery };
        for (what, request) in [("a GET", without_body), ("a PUT with a valid delivery", put)] {
            self.expect_turned_away(&Case::new(Rule::DeliveryMethod, letter, what), &request).await;
        }
    }
}

/// Bodies that differ from this one in a thing that matters, but not in what the signature ends with.
fn tamperings(payloads: &Payloads<'_>, sent: &Map<String, Value>) -> Vec<(String, Map<String, Value>)> {
    let free = |name: &&String| !payloads.identifies(name);
    let mut tampered = Vec::new();
    let amount = sent.iter().find(|(name, value)| value.is_number() && free(name));
    if let Some((name, value)) = amount {
        let other = other_number(value);
        tampered.push((format!("a delivery with another value of `{name}`"), insert(sent, name, other)));
    }
    let flag = sent.iter().find(|(name, value)| value.is_boolean() && free(name));
    if let Some((name, value)) = flag {
        let other = json!(value != &json!(true));
        tampered.push((format!("a delivery with another value of `{name}`"), insert(sent, name, other)));
    }
    let added = insert(sent, "estoppelAddedLater", json!("forged"));
    tampered.push(("a delivery with a member added".to_owned(), added));
    tampered
}

/// A number that differs from this one, however it is written.
fn other_number(value: &Value) -> Value {
    let is_one = value == &json!(1) || value == &json!(1.0);
    json!(if is_one { 2 } else { 1 })
}

fn half(signature: &str) -> Option<String> {
    signature.get(..signature.len() / 2).map(str::to_owned)
}

/// The signature with its last significant character changed. The padding of base64 stays as it is.
fn one_changed(signature: &str) -> String {
    let place = signature.trim_end_matches('=').len().saturating_sub(2);
    let changed = signature.char_indices().map(|(at, character)| match character {
        _ if at != place => character,
        '0' => '1',
        _ => '0',
    });
    changed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tampered_number_is_another_one() {
        for (value, expected) in [
            (json!(1), 2),
            (json!(1.0), 2),
            (json!(10_222.33), 1),
            (json!(0), 1),
            (json!(2), 1),
            (json!(-1), 1),
        ] {
            assert_eq!(other_number(&value), json!(expected), "{value}");
        }
    }
}
