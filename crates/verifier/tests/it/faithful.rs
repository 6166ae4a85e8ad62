//! A faithful server has no failures, and everything that can be exercised is.

use estoppel_contract::{ReadingValue, Readings};
use estoppel_simulator::SessionOptions;
use estoppel_verifier::{CoverageKind, ProviderOptions, verify_provider};

use crate::planted::{faithful, serve, serve_with, simulation, verify};

#[tokio::test]
async fn a_faithful_server_passes_and_everything_is_exercised() {
    let report = verify(faithful).await;
    if let Some(failure) = report.failures.first() {
        panic!("{} failures, the first of them:\n{failure}", report.failures.len());
    }
    assert_eq!(report.skipped, []);
    assert!(report.is_clean());
    let mut missing = Vec::new();
    for operation in &report.coverage.operations {
        for item in operation.items.iter().filter(|item| !item.exercised) {
            let why_not = item.why_not.as_deref().unwrap_or_default();
            if !why_not.starts_with("announced") {
                missing.push(format!("{} {}: {why_not}", operation.operation, item.id));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    let unexercised: Vec<&str> =
        report.coverage.protocol.iter().filter(|item| !item.exercised).map(|item| item.id.as_str()).collect();
    assert_eq!(unexercised, ["token-expired", "body-too-large", "internal"]);
    let printed = report.coverage.to_string();
    assert!(printed.contains("createPayoffRequest             11 of 11\n"), "{printed}");
    assert!(
        printed.contains("\n  not exercised: token-expired: a token would have to outlive its lifetime\n")
    );
    assert_eq!(report.coverage.operations.len(), simulation().contract().operations.len());
    let items = report.coverage.operations.iter().flat_map(|operation| &operation.items);
    let refusals = items.filter(|item| item.exercised && item.kind == CoverageKind::Refusal).count();
    assert!(
        refusals >= 30 && report.checks.len() >= 900,
        "{refusals} refusals, {} checks",
        report.checks.len()
    );
}

#[tokio::test]
async fn a_server_that_is_in_use_can_be_verified_again() {
    let server = serve(faithful).await;
    let options = ProviderOptions::new(&server.base_url);
    for _ in 0..2 {
        let report = verify_provider(simulation(), &options, |_| {}).await.unwrap();
        assert_eq!(report.failures, []);
    }
}

fn readings(choices: &[(&str, &str)]) -> Readings {
    let word = |word: &str| ReadingValue::Word(word.to_owned());
    let choices = choices.iter().map(|(name, value)| ((*name).to_owned(), word(value))).collect();
    SessionOptions::choose_readings(&[simulation()], &choices).unwrap()
}

#[tokio::test]
async fn a_server_with_other_readings_passes_under_them_and_fails_without() {
    let other = readings(&[
        ("owners-retained", "owners-retained"),
        ("page-size", "clamp"),
        ("unknown-fields", "refuse"),
        ("refresh-payoff-request", "on"),
        ("check-amount", "integer"),
        ("combined-documents", "refused"),
        ("account-number-in-claim-created", "withhold"),
    ]);
    let server = serve_with(other.clone(), faithful).await;
    let mut options = ProviderOptions::new(&server.base_url);
    let report = verify_provider(simulation(), &options, |_| {}).await.unwrap();
    assert!(!report.is_clean());
    options.readings = other;
    let report = verify_provider(simulation(), &options, |_| {}).await.unwrap();
    if let Some(failure) = report.failures.first() {
        panic!("{} failures, the first of them:\n{failure}", report.failures.len());
    }
    assert_eq!(report.skipped, []);
}
