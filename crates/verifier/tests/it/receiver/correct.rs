//! Receivers that do nothing wrong.

use estoppel_contract::SignatureEncoding;
use estoppel_verifier::{Outcome, Rule, verify_receiver};

use super::{KEY, check, correct, document, harbor, options, receiver, verify};

#[tokio::test]
async fn a_correct_receiver_is_held_to_every_rule_and_breaks_none() {
    let report = check(correct, &[]).await;
    assert!(report.is_clean());
    assert_eq!(report.not_run, []);
    assert!(report.checks.iter().all(|check| check.outcome == Outcome::Passed));
    let held_to = |rule: Rule| report.checks.iter().any(|check| check.rule == Some(rule));
    for rule in Rule::ALL {
        let id = rule.id();
        let follows = matches!(
            rule,
            Rule::DeliveryUnanswered
                | Rule::DeliveryTimeout
                | Rule::DeliveryStatus
                | Rule::SignatureBytes
                | Rule::SignatureSuffix
                | Rule::SignatureCase
                | Rule::SignatureEncoding
                | Rule::SignatureKey
                | Rule::SignatureConstruction
        );
        if ["delivery-", "payload-", "signature-"].iter().any(|start| id.starts_with(start)) && !follows {
            assert!(held_to(*rule), "{id}");
        }
    }
    assert!(report.requests_sent > 40, "{}", report.requests_sent);
}

#[tokio::test]
async fn a_receiver_of_unsigned_deliveries_is_correct_without_looking_at_signatures() {
    let receiver = receiver(|request| match document(request) {
        Some(document) if request.method == "POST" && document["saleId"].is_string() => 202,
        _ => 400,
    });
    let report = verify(&harbor::unsigned(), &receiver.url()).await;
    assert_eq!(report.failures, []);
    let skipped: Vec<&str> = report.not_run.iter().map(|skipped| skipped.rule.id()).collect();
    assert!(skipped.contains(&"signature-missing") && skipped.iter().all(|id| id.starts_with("signature-")));
    assert!(report.not_run[0].reason.contains("does not sign"));
}

#[tokio::test]
async fn other_encodings_headers_and_known_requests_are_used() {
    let receiver = receiver(|request| {
        let Some(document) = document(request).filter(|_| request.method == "POST") else { return 400 };
        let digest = estoppel_contract::hmac_sha256(KEY, &[&request.body, b":", b"known-7"]);
        let signed = request.header("x-harbor-signature") == Some(&SignatureEncoding::Base64.encode(&digest));
        let known = document["saleId"] == "known-7" && request.header("x-tenant") == Some("7");
        if signed && known { 200 } else { 401 }
    });
    let mut options = options(&receiver.url());
    options.encoding = SignatureEncoding::Base64;
    options.headers = vec![("X-Tenant".to_owned(), "7".to_owned())];
    options.requests = vec!["known-7".to_owned()];
    let report = verify_receiver(&harbor::unformatted(), &options, |_| {}).await.unwrap();
    assert_eq!(report.failures, []);
}
