//! Servers that cannot be verified, and choices that cannot be made.

use std::time::Duration;

use estoppel_verifier::{Credentials, ProviderOptions, Rule, VerifyError, verify_provider};
use http::StatusCode;

use crate::planted::{Exchange, faithful, serve, simulation};

async fn error(options: ProviderOptions) -> VerifyError {
    let outcome = verify_provider(simulation(), &options, |_| {}).await;
    outcome.map(|report| report.failures).unwrap_err()
}

#[tokio::test]
async fn no_server_is_an_error_and_no_report() {
    let closed = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    for scheme in ["http", "https"] {
        let error = error(ProviderOptions::new(format!("{scheme}://{address}/carrier/"))).await;
        let VerifyError::Unreachable { base_url, reason } = &error else { panic!("{error}") };
        assert_eq!(base_url, &format!("{scheme}://{address}/carrier"));
        assert!(reason.contains("refused"), "{reason}");
    }
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up() {
    let silent = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let mut options = ProviderOptions::new(format!("http://{}", silent.local_addr().unwrap()));
    options.timeout = Duration::from_millis(100);
    let error = error(options).await;
    assert!(error.to_string().ends_with("no complete answer within 100 ms"), "{error}");
}

#[tokio::test]
async fn a_server_that_falls_silent_is_given_up() {
    fn fault(exchange: &mut Exchange<'_>) -> estoppel_simulator::Answer {
        if exchange.operation() != Some("issueToken") {
            std::thread::sleep(Duration::from_millis(80));
        }
        exchange.answer()
    }
    let server = serve(fault).await;
    let mut options = ProviderOptions::new(&server.base_url);
    options.timeout = Duration::from_millis(40);
    match verify_provider(simulation(), &options, |_| {}).await {
        Ok(report) => {
            assert!(report.failures.iter().any(|failure| failure.rule == Rule::AnswerMissing));
            assert!(!report.skipped.is_empty() && report.requests_sent < 100);
        }
        Err(error) => assert!(matches!(error, VerifyError::Unreachable { .. }), "{error}"),
    }
}

#[tokio::test]
async fn wrong_credentials_and_wrong_options_are_told() {
    let server = serve(faithful).await;
    let mut options = ProviderOptions::new(&server.base_url);
    options.credentials = Credentials { secret: Some("not-the-secret".to_owned()), ..Credentials::default() };
    assert!(!format!("{options:?}").contains("not-the-secret"));
    let refused = error(options).await;
    assert!(
        matches!(&refused, VerifyError::Credentials { answer, .. } if answer.starts_with("401")),
        "{refused}"
    );

    let mut options = ProviderOptions::new(&server.base_url);
    options.include = vec!["createPayoff".to_owned()];
    let unknown = error(options).await;
    assert!(
        unknown.to_string().starts_with("unknown operation `createPayoff`: expected one of issueToken, ")
    );

    let mut options = ProviderOptions::new(&server.base_url);
    options.exclude =
        simulation().contract().operations.iter().map(|known| known.spec.id.to_owned()).collect();
    assert_eq!(error(options).await, VerifyError::NothingSelected);

    for text in ["", "127.0.0.1:8080", "ftp://127.0.0.1", "http://u:p@127.0.0.1", "http://127.0.0.1/?a=b"] {
        assert_eq!(error(ProviderOptions::new(text)).await, VerifyError::BaseUrl(text.to_owned()));
    }
}

#[tokio::test]
async fn no_secret_is_shown() {
    let server = serve(|exchange| {
        let mut answer = exchange.answer();
        if exchange.operation() != Some("issueToken") {
            answer.status = StatusCode::IM_A_TEAPOT;
            let token = exchange.call.header(&http::header::AUTHORIZATION).unwrap_or_default();
            let body = String::from_utf8_lossy(&answer.body).into_owned();
            answer.body =
                format!("{{\"told\": \"{token}\", \"accountNumber\": \"A-77\", \"body\": {body:?}}}").into();
        }
        answer
    })
    .await;
    let report =
        verify_provider(simulation(), &ProviderOptions::new(&server.base_url), |_| {}).await.unwrap();
    assert!(!report.failures.is_empty() && !report.is_clean());
    let blocks: Vec<String> = report.failures.iter().map(ToString::to_string).collect();
    let text = blocks.join("\n");
    let json = serde_json::to_string(&report).unwrap();
    for shown in [&text, &json] {
        assert!(shown.contains("$TOKEN") && shown.contains("curl -sS"));
        for secret in ["carrier-test-secret", "A-77", "\"TEST-AN\""] {
            let place = shown
                .find(secret)
                .map(|at| shown[at.saturating_sub(200)..].chars().take(400).collect::<String>());
            assert_eq!(place, None, "{secret}");
        }
        let hex = |word: &str| word.len() == 32 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(!shown.split(|character: char| !character.is_ascii_alphanumeric()).any(hex));
    }
}
