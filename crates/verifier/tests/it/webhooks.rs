//! Verification of what a server sends by itself, and of the headers that it asks for beside a token.

mod depot;
mod post_office;

use std::{collections::BTreeSet, time::Duration};

use estoppel_simulator::Parcel;
use estoppel_verifier::{CoverageKind, Credentials, ProviderOptions, ProviderReport, Rule, verify_provider};
use serde_json::{Value, json};

use depot::{Fate, Tampering, open};
use post_office::{SIGNING, simulation};

/// Signs a parcel's body once more after it was changed.
fn signed_anew(parcel: &mut Parcel, change: impl FnOnce(&mut Value)) {
    let mut body: Value = serde_json::from_slice(&parcel.body).unwrap();
    change(&mut body);
    parcel.body = body.to_string().into();
    let suffix = SIGNING.suffix_of(&parcel.body).unwrap_or_default();
    let signature = SIGNING.sign(
        post_office::TEST_SECRET,
        &parcel.body,
        &suffix,
        estoppel_contract::SignatureEncoding::LowerHex,
    );
    for (name, value) in &mut parcel.headers {
        if name == SIGNING.header {
            value.clone_from(&signature);
        }
    }
}

/// Verifies a depot that does this to every webhook.
async fn verify(tampering: Tampering) -> ProviderReport {
    let depot = open(tampering).await;
    let options = ProviderOptions {
        inbox: Some(depot.inbox()),
        arrival_patience: Duration::from_millis(1500),
        ..ProviderOptions::new(&depot.base_url)
    };
    verify_provider(simulation(), &options, |_| {}).await.unwrap()
}

/// A depot that does this to every webhook breaks `rule` at `pointer`, and no other.
async fn check(tampering: Tampering, rule: Rule, pointer: Option<&str>) {
    let report = verify(tampering).await;
    let rules: BTreeSet<&str> = report.failures.iter().map(|failure| failure.rule.id()).collect();
    assert_eq!(rules, BTreeSet::from([rule.id()]), "{:#?}", report.failures);
    let failure = &report.failures[0];
    assert_eq!(failure.pointer.as_deref(), pointer, "{failure}");
    assert!(failure.curl.starts_with("curl ") && !failure.source.is_empty(), "{failure}");
    assert!(!failure.curl.contains(post_office::TEST_SECRET), "{failure}");
    assert!(!report.is_clean());
}

#[tokio::test]
async fn a_faithful_server_passes_with_every_webhook() {
    let report = verify(|_| Fate::Sent).await;
    if let Some(failure) = report.failures.first() {
        panic!("{} failures, the first of them:\n{failure}", report.failures.len());
    }
    assert_eq!((report.skipped, report.notes), (Vec::new(), Vec::new()));
    assert_eq!((report.arrivals_tested, report.arrivals_skipped), (3, 0));
    let webhooks = &report.coverage.webhooks;
    assert!(webhooks.iter().all(|item| item.exercised && item.kind == CoverageKind::Webhook), "{webhooks:?}");
    assert_eq!(webhooks.len(), 1);
    let unasked = report.checks.iter().filter(|check| check.name.contains("that no story waits for")).count();
    assert_eq!(unasked, 0);
    let header: Vec<&str> = report
        .checks
        .iter()
        .filter(|check| check.rule == Some(Rule::AuthHeaderMissing))
        .map(|check| check.name.as_str())
        .collect();
    assert_eq!(header, ["parcels-arrive/1: without Depot-Id", "parcels-arrive/2: without Depot-Id"]);
}

#[tokio::test]
async fn without_an_inbox_the_report_says_what_was_not_tested() {
    let depot = open(|_| Fate::Sent).await;
    let report = verify_provider(simulation(), &ProviderOptions::new(&depot.base_url), |_| {}).await.unwrap();
    assert_eq!(report.failures, []);
    assert_eq!((report.arrivals_tested, report.arrivals_skipped), (0, 3));
    let expected = "3 webhooks that stories wait for were not tested: there is nowhere to receive them";
    assert_eq!(report.notes, [expected]);
    let printed = report.coverage.to_string();
    assert!(
        printed.contains("webhooks  0 of 1\n  not exercised: parcelResult: there is nowhere to receive it\n"),
        "{printed}"
    );
}

#[tokio::test]
async fn a_wrong_signature() {
    check(
        |parcel| {
            for (name, value) in &mut parcel.headers {
                if name == SIGNING.header {
                    *value = value.to_uppercase();
                }
            }
            Fate::Sent
        },
        Rule::WebhookSignature,
        None,
    )
    .await;
}

#[tokio::test]
async fn a_signature_over_other_bytes() {
    check(
        |parcel| {
            let body: Value = serde_json::from_slice(&parcel.body).unwrap();
            parcel.body = format!("{body:#}").into();
            Fate::Sent
        },
        Rule::WebhookSignature,
        None,
    )
    .await;
}

#[tokio::test]
async fn no_signature_at_all() {
    check(
        |parcel| {
            parcel.headers.retain(|(name, _)| name != SIGNING.header);
            Fate::Sent
        },
        Rule::WebhookSignature,
        None,
    )
    .await;
}

#[tokio::test]
async fn a_guaranteed_member_that_is_missing() {
    check(
        |parcel| {
            signed_anew(parcel, |body| drop(body.as_object_mut().unwrap().remove("success")));
            Fate::Sent
        },
        Rule::WebhookGuarantee,
        Some("/success"),
    )
    .await;
}

#[tokio::test]
async fn a_member_of_another_type() {
    check(
        |parcel| {
            signed_anew(parcel, |body| body["grams"] = json!("250"));
            Fate::Sent
        },
        Rule::WebhookSchema,
        Some("/grams"),
    )
    .await;
}

#[tokio::test]
async fn another_outcome_than_the_story_tells() {
    check(
        |parcel| {
            signed_anew(parcel, |body| body["success"] = json!(false));
            Fate::Sent
        },
        Rule::WebhookState,
        Some("/success"),
    )
    .await;
}

#[tokio::test]
async fn a_body_that_is_not_declared_as_json() {
    check(
        |parcel| {
            parcel.headers.retain(|(name, _)| name != "content-type");
            Fate::Sent
        },
        Rule::WebhookForm,
        None,
    )
    .await;
}

#[tokio::test]
async fn no_webhook_at_all() {
    check(|_| Fate::Lost, Rule::WebhookMissing, None).await;
}

#[tokio::test]
async fn a_webhook_that_comes_after_the_next() {
    check(
        |parcel| {
            let body: Value = serde_json::from_slice(&parcel.body).unwrap();
            let is_second = body["parcelId"].as_str().unwrap().ends_with('2');
            if is_second { Fate::Late } else { Fate::Sent }
        },
        Rule::WebhookOrder,
        None,
    )
    .await;
}

#[tokio::test]
async fn a_body_that_is_no_json() {
    let report = verify(|parcel| {
        parcel.body = "came".into();
        Fate::Sent
    })
    .await;
    let rules: BTreeSet<Rule> = report.failures.iter().map(|failure| failure.rule).collect();
    assert_eq!(rules, BTreeSet::from([Rule::WebhookMissing, Rule::WebhookJson, Rule::WebhookSignature]));
}

#[tokio::test]
async fn a_server_that_asks_for_no_further_header() {
    let depot = depot::open_forgiving(|_| Fate::Sent).await;
    let options = ProviderOptions { inbox: Some(depot.inbox()), ..ProviderOptions::new(&depot.base_url) };
    let report = verify_provider(simulation(), &options, |_| {}).await.unwrap();
    let rules: BTreeSet<&str> = report.failures.iter().map(|failure| failure.rule.id()).collect();
    assert_eq!(rules, BTreeSet::from([Rule::AuthHeaderMissing.id()]), "{:#?}", report.failures);
}

#[tokio::test]
async fn a_further_header_is_sent_as_it_is_given_and_not_shown() {
    let depot = open(|_| Fate::Sent).await;
    let mut options = ProviderOptions { inbox: Some(depot.inbox()), ..ProviderOptions::new(&depot.base_url) };
    let headers = vec![("depot-id".to_owned(), "another-depot".to_owned())];
    options.credentials = Credentials { headers, ..Credentials::default() };
    let report = verify_provider(simulation(), &options, |_| {}).await.unwrap();
    let failure = report.failures.iter().find(|failure| failure.rule == Rule::ReplyStatus).unwrap();
    assert!(failure.curl.contains("-H \"depot-id: $DEPOT_ID\""), "{failure}");
    assert!(!format!("{:?}", report.failures).contains("another-depot"));
}
