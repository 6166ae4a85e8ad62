//! Planted faults: each is caught, under the name of the rule that it breaks.

mod envelopes;
mod feed;
mod protocol;
mod replies;

use std::collections::BTreeSet;

use estoppel_simulator::Answer;
use estoppel_verifier::{ProviderOptions, Rule, verify_provider};
use http::{HeaderValue, StatusCode, header};
use serde_json::Value;

use crate::planted::{Exchange, Fault, serve, simulation};

/// Verifies some operations of a server with this fault: it breaks `rule`, seen on `operation`.
///
/// A `-` before an operation leaves out the stories that call it.
async fn check(fault: Fault, selected: &[&str], operation: &str, rule: Rule) {
    let server = serve(fault).await;
    let options = ProviderOptions {
        patience: std::time::Duration::from_millis(1500),
        include: selected.iter().filter(|id| !id.starts_with('-')).map(|id| (*id).to_owned()).collect(),
        exclude: selected.iter().filter_map(|id| id.strip_prefix('-')).map(str::to_owned).collect(),
        ..ProviderOptions::new(&server.base_url)
    };
    let report = verify_provider(simulation(), &options, |_| {}).await.unwrap();
    let found = report.failures.iter().find(|failure| {
        failure.rule == rule && failure.operation.as_deref().unwrap_or_default() == operation
    });
    let rules: BTreeSet<&str> = report.failures.iter().map(|failure| failure.rule.id()).collect();
    let Some(found) = found else {
        let first = report.failures.first().map(ToString::to_string).unwrap_or_default();
        panic!("{rule} is not among {rules:?}; the first failure:\n{first}");
    };
    assert!(!report.is_clean());
    assert!(found.curl.starts_with("curl ") && !found.source.is_empty());
}

/// The JSON body of an answer, changed.
fn changed(mut answer: Answer, change: impl FnOnce(&mut Value)) -> Answer {
    if let Ok(mut body) = serde_json::from_slice(&answer.body) {
        change(&mut body);
        answer.body = body.to_string().into();
    }
    answer
}

/// The answer of an operation that succeeds, with its JSON body changed; all other answers as they are.
fn change_success(exchange: &mut Exchange<'_>, operation: &str, change: impl FnOnce(&mut Value)) -> Answer {
    let hit = exchange.operation() == Some(operation);
    let answer = exchange.answer();
    if hit && answer.status.is_success() { changed(answer, change) } else { answer }
}

/// Replaces the good credential of a call, so that it succeeds.
fn authorize(exchange: &mut Exchange<'_>) {
    let mut ask = estoppel_simulator::RawCall::new(http::Method::POST, "/oauth/token".parse().unwrap());
    ask.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let body = r#"{"clientId":"carrier-test","secret":"carrier-test-secret"}"#;
    ask.body = estoppel_simulator::Body::Complete(body.into());
    let answer = exchange.session.call(0, &ask, exchange.now).unwrap();
    let reply: Value = serde_json::from_slice(&answer.body).unwrap();
    let bearer = format!("Bearer {}", reply["access_token"].as_str().unwrap());
    exchange.call.headers.insert(header::AUTHORIZATION, HeaderValue::from_str(&bearer).unwrap());
}

/// An answer with this status and body.
fn answer_with(mut answer: Answer, status: u16, body: &str) -> Answer {
    answer.status = StatusCode::from_u16(status).unwrap();
    answer.body = body.to_owned().into();
    answer
}
