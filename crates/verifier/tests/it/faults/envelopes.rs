//! Refusals that are not what they should be.

use estoppel_verifier::Rule;
use http::StatusCode;
use serde_json::json;

use super::{answer_with, changed, check};

#[tokio::test]
async fn a_refusal_in_other_words() {
    check(
        |exchange| {
            let answer = exchange.answer();
            changed(answer, |body| {
                if body["message"] == "A payoff request does not exist for this claim." {
                    body["message"] = json!("A payoff request does not exist.");
                }
            })
        },
        &["createPayoffRequest"],
        "cancelPayoffRequest",
        Rule::RefusalText,
    )
    .await;
}

#[tokio::test]
async fn a_refusal_with_another_reason_phrase() {
    check(
        |exchange| {
            let answer = exchange.answer();
            changed(answer, |body| {
                if body["error"] == "Not Found" {
                    body["error"] = json!("NotFound");
                }
            })
        },
        &["createPayoffRequest"],
        "cancelPayoffRequest",
        Rule::RefusalEnvelope,
    )
    .await;
}

#[tokio::test]
async fn a_404_that_says_200() {
    check(
        |exchange| {
            let mut answer = exchange.answer();
            if answer.status == StatusCode::NOT_FOUND {
                answer.status = StatusCode::OK;
            }
            answer
        },
        &["createPayoffRequest"],
        "createPayoffRequest",
        Rule::RefusalStatus,
    )
    .await;
}

#[tokio::test]
async fn a_refusal_that_names_only_the_first_fault() {
    check(
        |exchange| {
            let answer = exchange.answer();
            changed(answer, |body| {
                if let Some(errors) = body.pointer_mut("/validation/errors") {
                    errors.as_array_mut().unwrap().truncate(1);
                }
            })
        },
        &["createClaim", "-fetchActivities", "-fetchDocument", "-searchClaims", "-cancelOrders"],
        "createClaim",
        Rule::RefusalValidation,
    )
    .await;
}

#[tokio::test]
async fn a_refusal_that_names_the_wrong_member() {
    check(
        |exchange| {
            let answer = exchange.answer();
            changed(answer, |body| {
                if let Some(path) = body.pointer_mut("/validation/errors/0/path/0") {
                    *path = json!("body");
                }
            })
        },
        &["cancelOrders"],
        "createOrders",
        Rule::RefusalValidation,
    )
    .await;
}

#[tokio::test]
async fn a_refusal_in_html() {
    check(
        |exchange| {
            let answer = exchange.answer();
            if answer.status == StatusCode::UNAUTHORIZED {
                answer_with(answer, 401, "<h1>Unauthorized</h1>")
            } else {
                answer
            }
        },
        &["createPayoffRequest"],
        "createPayoffRequest",
        Rule::RefusalEnvelope,
    )
    .await;
}
