//! Calls that should be refused and are not.

use estoppel_simulator::{Body, Verdict};
use estoppel_verifier::Rule;
use http::{HeaderValue, StatusCode, header};
use serde_json::Value;

use super::{answer_with, authorize, check};
use crate::planted::Exchange;

#[tokio::test]
async fn a_call_without_a_token_is_let_in() {
    check(
        |exchange| {
            if !exchange.call.headers.contains_key(header::AUTHORIZATION) {
                authorize(exchange);
            }
            exchange.answer()
        },
        &["createPayoffRequest"],
        "createPayoffRequest",
        Rule::AuthMissing,
    )
    .await;
}

#[tokio::test]
async fn any_token_is_let_in() {
    check(
        |exchange| {
            if exchange.call.header(&header::AUTHORIZATION) == Some("Bearer never-issued") {
                authorize(exchange);
            }
            exchange.answer()
        },
        &["createPayoffRequest"],
        "createPayoffRequest",
        Rule::AuthUnknown,
    )
    .await;
}

#[tokio::test]
async fn a_token_without_its_scheme_is_let_in() {
    check(
        |exchange| {
            let given = exchange.call.header(&header::AUTHORIZATION);
            if given.is_some_and(|value| !value.contains(' ')) {
                authorize(exchange);
            }
            exchange.answer()
        },
        &["createPayoffRequest"],
        "createPayoffRequest",
        Rule::AuthScheme,
    )
    .await;
}

#[tokio::test]
async fn allow_is_not_sent() {
    check(
        |exchange| {
            let mut answer = exchange.answer();
            answer.headers.remove(header::ALLOW);
            answer
        },
        &["createPayoffRequest"],
        "createPayoffRequest",
        Rule::MethodAllow,
    )
    .await;
}

#[tokio::test]
async fn another_method_is_an_unknown_path() {
    check(
        |exchange| {
            let answer = exchange.answer();
            if answer.status == StatusCode::METHOD_NOT_ALLOWED {
                answer_with(answer, 404, r#"{"statusCode":404,"error":"Not Found","message":"Not Found"}"#)
            } else {
                answer
            }
        },
        &["createPayoffRequest"],
        "createPayoffRequest",
        Rule::MethodNotAllowed,
    )
    .await;
}

#[tokio::test]
async fn an_unknown_path_is_a_bad_request() {
    check(
        |exchange| {
            let answer = exchange.answer();
            let unknown = exchange.operation().is_none() && answer.status == StatusCode::NOT_FOUND;
            if unknown { answer_with(answer, 400, "{}") } else { answer }
        },
        &["createPayoffRequest"],
        "",
        Rule::RouteUnknown,
    )
    .await;
}

#[tokio::test]
async fn html_is_asked_for_and_json_comes() {
    check(
        |exchange| {
            exchange.call.headers.remove(header::ACCEPT);
            exchange.answer()
        },
        &["createPayoffRequest"],
        "createPayoffRequest",
        Rule::NotAcceptable,
    )
    .await;
}

#[tokio::test]
async fn a_body_of_any_type_is_taken() {
    check(
        |exchange| {
            let json = HeaderValue::from_static("application/json");
            exchange.call.headers.insert(header::CONTENT_TYPE, json);
            exchange.answer()
        },
        &["createOrders"],
        "createOrders",
        Rule::ContentType,
    )
    .await;
}

/// Changes the JSON body of a call.
fn change_body(exchange: &mut Exchange<'_>, change: impl FnOnce(&mut Value)) {
    let Body::Complete(bytes) = &exchange.call.body else { return };
    if let Ok(mut body) = serde_json::from_slice(bytes) {
        change(&mut body);
        exchange.call.body = Body::Complete(body.to_string().into());
    }
}

#[tokio::test]
async fn a_member_that_is_needed_may_be_left_out() {
    check(
        |exchange| {
            if exchange.operation() == Some("createClaim") {
                change_body(exchange, |body| {
                    if let Some(members) = body.as_object_mut().filter(|members| members.len() > 1) {
                        members.entry("lenderName").or_insert_with(|| "Test Lender".into());
                    }
                });
            }
            exchange.answer()
        },
        &["createClaim", "-fetchActivities", "-fetchDocument", "-searchClaims", "-cancelOrders"],
        "createClaim",
        Rule::BodyMemberMissing,
    )
    .await;
}

#[tokio::test]
async fn null_counts_as_absent() {
    check(
        |exchange| {
            change_body(exchange, |body| {
                if let Some(members) = body.as_object_mut() {
                    members.retain(|name, member| !(member.is_null() && name == "vehicleLocation"));
                }
            });
            exchange.answer()
        },
        &["createClaim", "-fetchActivities", "-fetchDocument", "-searchClaims", "-cancelOrders"],
        "createClaim",
        Rule::BodyMemberNull,
    )
    .await;
}

#[tokio::test]
async fn numbers_may_be_text() {
    check(
        |exchange| {
            change_body(exchange, |body| {
                if body["odometer"].is_string() {
                    body["odometer"] = 1.into();
                }
            });
            exchange.answer()
        },
        &["createClaim", "-fetchActivities", "-fetchDocument", "-searchClaims", "-cancelOrders"],
        "createClaim",
        Rule::BodyMemberType,
    )
    .await;
}

#[tokio::test]
async fn any_word_counts_as_other() {
    check(
        |exchange| {
            change_body(exchange, |body| {
                if body["causeOfLoss"] == "not-valid" {
                    body["causeOfLoss"] = "Other".into();
                }
            });
            exchange.answer()
        },
        &["createClaim", "-fetchActivities", "-fetchDocument", "-searchClaims", "-cancelOrders"],
        "createClaim",
        Rule::BodyMemberValue,
    )
    .await;
}

#[tokio::test]
async fn a_member_that_nobody_knows_is_refused() {
    check(
        |exchange| {
            let strange = exchange.call.body.bytes().is_some_and(|bytes| {
                bytes.windows(b"UnknownMember".len()).any(|window| window == b"UnknownMember")
            });
            let good = exchange.call.clone();
            if strange {
                exchange.call.body = Body::Complete("{}".into());
                let refused = exchange.answer();
                exchange.call = good;
                return refused;
            }
            exchange.answer()
        },
        &["createOrders"],
        "createOrders",
        Rule::BodyMemberUnknown,
    )
    .await;
}

#[tokio::test]
async fn a_delete_needs_no_body() {
    check(
        |exchange| {
            let empty = exchange.call.body.bytes().is_some_and(bytes::Bytes::is_empty);
            if exchange.operation() == Some("cancelOrders") && empty {
                exchange.call.body = Body::Complete(r#"{"orderIds":[]}"#.into());
            }
            exchange.answer()
        },
        &["cancelOrders"],
        "cancelOrders",
        Rule::BodyMissing,
    )
    .await;
}

#[tokio::test]
async fn half_a_body_is_read_as_a_whole() {
    check(
        |exchange| {
            let answer = exchange.answer();
            let malformed = answer.body.windows(12).any(|window| window == b"payload JSON");
            if malformed { answer_with(answer, 500, "{}") } else { answer }
        },
        &["createOrders"],
        "createOrders",
        Rule::BodyMalformed,
    )
    .await;
}

#[tokio::test]
async fn an_identifier_of_any_form_is_looked_up() {
    check(
        |exchange| {
            let path = exchange.call.uri.path().replace("not-valid", "00000000-0000-4000-8000-000000000404");
            exchange.call.uri = path.parse().unwrap();
            exchange.answer()
        },
        &["createPayoffRequest"],
        "createPayoffRequest",
        Rule::ParameterValue,
    )
    .await;
}

#[tokio::test]
async fn an_announced_operation_is_served() {
    check(
        |exchange| {
            let announced = exchange.operation() == Some("refreshPayoffRequest");
            let mut answer = exchange.answer();
            if announced && answer.status == StatusCode::NOT_FOUND {
                answer.verdict = Verdict::served("refreshPayoffRequest", Vec::new());
                return answer_with(answer, 200, "{}");
            }
            answer
        },
        &["refreshPayoffRequest"],
        "refreshPayoffRequest",
        Rule::RouteAnnounced,
    )
    .await;
}
