//! Replies that are not what they should be.

use estoppel_simulator::Body;
use estoppel_verifier::Rule;
use http::StatusCode;
use serde_json::{Value, json};

use super::{change_success, changed, check};

#[tokio::test]
async fn a_create_that_answers_200() {
    check(
        |exchange| {
            let hit = exchange.operation() == Some("createClaim");
            let mut answer = exchange.answer();
            if hit && answer.status == StatusCode::CREATED {
                answer.status = StatusCode::OK;
            }
            answer
        },
        &["createPayoffRequest"],
        "createClaim",
        Rule::ReplyStatus,
    )
    .await;
}

#[tokio::test]
async fn a_member_that_is_dropped() {
    let rule = [Rule::ReplyMemberMissing, Rule::ReplySchema];
    for rule in rule {
        check(
            |exchange| {
                change_success(exchange, "fetchClaim", |body| {
                    body["claim"].as_object_mut().unwrap().remove("vin");
                })
            },
            &["searchClaims", "fetchDocument"],
            "fetchClaim",
            rule,
        )
        .await;
    }
}

#[tokio::test]
async fn the_other_spelling_that_is_dropped() {
    check(
        |exchange| {
            change_success(exchange, "fetchClaim", |body| {
                body["claim"].as_object_mut().unwrap().remove("ownerRetained");
            })
        },
        &["fetchDocument"],
        "fetchClaim",
        Rule::ReplyMemberMissing,
    )
    .await;
}

#[tokio::test]
async fn a_null_where_nothing_is_known() {
    for rule in [Rule::ReplyMemberExtra, Rule::ReplySchema] {
        check(
            |exchange| {
                change_success(exchange, "fetchClaim", |body| body["claim"]["payoffData"] = Value::Null)
            },
            &["fetchDocument"],
            "fetchClaim",
            rule,
        )
        .await;
    }
}

#[tokio::test]
async fn money_with_a_fraction_of_zero() {
    check(
        |exchange| {
            change_success(exchange, "fetchClaim", |body| {
                let amount = body["claim"]["settlementAmount"].as_f64().unwrap();
                body["claim"]["settlementAmount"] = json!(amount);
            })
        },
        &["fetchDocument"],
        "fetchClaim",
        Rule::ReplyNumberForm,
    )
    .await;
}

#[tokio::test]
async fn a_word_in_another_case() {
    for rule in [Rule::ReplySchema, Rule::ReplyValue] {
        check(
            |exchange| {
                change_success(exchange, "fetchClaim", |body| body["claim"]["causeOfLoss"] = json!("FIRE"))
            },
            &["fetchDocument"],
            "fetchClaim",
            rule,
        )
        .await;
    }
}

#[tokio::test]
async fn a_document_with_one_byte_changed() {
    check(
        |exchange| {
            let hit = exchange.operation() == Some("fetchDocument");
            let mut answer = exchange.answer();
            if hit && answer.status.is_success() {
                let mut bytes = answer.body.to_vec();
                *bytes.last_mut().unwrap() ^= 1;
                answer.body = bytes.into();
            }
            answer
        },
        &["fetchDocument"],
        "fetchDocument",
        Rule::ReplyBytes,
    )
    .await;
}

#[tokio::test]
async fn a_document_url_of_another_host() {
    check(
        |exchange| {
            change_success(exchange, "addDocument", |body| {
                let url = body["documentUrl"].as_str().unwrap();
                let tail = url.split_once("/documents/").unwrap().1;
                body["documentUrl"] = json!(format!("http://127.0.0.1:9/documents/{tail}"));
            })
        },
        &["fetchDocument"],
        "addDocument",
        Rule::ReplyLink,
    )
    .await;
}

#[tokio::test]
async fn a_search_that_minds_the_case() {
    check(
        |exchange| {
            let asked = exchange.call.query().find(|(name, _)| name == "claimNumber");
            let asked = asked.map(|(_, number)| number.into_owned());
            change_success(exchange, "searchClaims", |body| {
                if let Some(asked) = asked {
                    body["claims"]
                        .as_array_mut()
                        .unwrap()
                        .retain(|claim| claim["claimNumber"] == asked.as_str());
                }
            })
        },
        &["searchClaims"],
        "searchClaims",
        Rule::ReplyCount,
    )
    .await;
}

#[tokio::test]
async fn an_update_that_is_lost() {
    check(
        |exchange| {
            if exchange.operation() == Some("updateClaim")
                && let Body::Complete(bytes) = &exchange.call.body
                && bytes.starts_with(b"{\"settlementAmount\"")
            {
                exchange.call.body = Body::Complete("{}".into());
            }
            exchange.answer()
        },
        &["updateClaim"],
        "updateClaim",
        Rule::ReplyValue,
    )
    .await;
}

#[tokio::test]
async fn a_reply_that_is_no_json_or_says_so() {
    for rule in [Rule::ReplyJson, Rule::ReplyContentType] {
        check(
            |exchange| {
                let hit = exchange.operation() == Some("fetchOrderTypes");
                let mut answer = exchange.answer();
                if hit && answer.status.is_success() {
                    answer.headers.insert("content-type", "text/html".parse().unwrap());
                    answer.body = "<html>".into();
                }
                answer
            },
            &["fetchOrderTypes"],
            "fetchOrderTypes",
            rule,
        )
        .await;
    }
}

#[tokio::test]
async fn an_order_that_is_cancelled_although_another_is_unknown() {
    check(
        |exchange| {
            let hit = exchange.operation() == Some("cancelOrders");
            let answer = exchange.answer();
            let refused = hit && answer.status == StatusCode::NOT_FOUND;
            if refused {
                let mut answer = changed(answer, |body| *body = json!({"success": true}));
                answer.status = StatusCode::OK;
                return answer;
            }
            answer
        },
        &["cancelOrders"],
        "cancelOrders",
        Rule::RefusalStatus,
    )
    .await;
}
