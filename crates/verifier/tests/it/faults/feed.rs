//! A feed that tells too much, too little, or in the wrong order.

use estoppel_verifier::Rule;
use http::Uri;
use serde_json::json;

use super::{change_success, check};

/// Puts the call's query in other words.
fn requery(exchange: &mut crate::planted::Exchange<'_>, change: impl Fn(&str, &str) -> Option<String>) {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in exchange.call.query() {
        let changed = change(&name, &value);
        query.append_pair(&name, changed.as_deref().unwrap_or(&value));
    }
    let query = query.finish();
    exchange.call.uri = format!("{}?{query}", exchange.call.uri.path()).parse::<Uri>().unwrap();
}

#[tokio::test]
async fn a_second_payoff_request_that_leaves_a_trace() {
    check(
        |exchange| {
            change_success(exchange, "fetchActivities", |body| {
                let results = body["results"].as_array_mut().unwrap();
                let created = results.iter().rposition(|found| found["type"] == "payoff-request-created");
                if let Some(place) = created {
                    results.insert(place, results[place].clone());
                }
            })
        },
        &["createPayoffRequest"],
        "fetchActivities",
        Rule::ReplyCount,
    )
    .await;
}

#[tokio::test]
async fn an_update_that_tells_what_did_not_change() {
    check(
        |exchange| {
            change_success(exchange, "fetchActivities", |body| {
                for activity in body["results"].as_array_mut().unwrap() {
                    if activity["type"] == "claim-updated" {
                        activity["data"]["update"]["vin"] = json!("1N4AL3AP8JC231503");
                    }
                }
            })
        },
        &["updateClaim"],
        "fetchActivities",
        Rule::ReplyMemberExtra,
    )
    .await;
}

#[tokio::test]
async fn a_window_that_holds_its_first_instant() {
    check(
        |exchange| {
            requery(exchange, |name, value| {
                let earlier = value.parse::<jiff::Timestamp>().ok()? - jiff::SignedDuration::from_millis(1);
                (name == "createdAfter").then(|| format!("{earlier:.3}"))
            });
            exchange.answer()
        },
        &["triggerActivity", "fetchActivities"],
        "fetchActivities",
        Rule::ReplyCount,
    )
    .await;
}

#[tokio::test]
async fn a_window_that_holds_its_last_instant() {
    check(
        |exchange| {
            requery(exchange, |name, value| {
                let later = value.parse::<jiff::Timestamp>().ok()? + jiff::SignedDuration::from_millis(1);
                (name == "createdBefore").then(|| format!("{later:.3}"))
            });
            exchange.answer()
        },
        &["fetchActivities"],
        "fetchActivities",
        Rule::ReplyCount,
    )
    .await;
}

#[tokio::test]
async fn a_request_url_without_its_window() {
    check(
        |exchange| {
            change_success(exchange, "fetchActivities", |body| {
                let url = body["requestUrl"].as_str().unwrap();
                let (path, query) = url.split_once('?').unwrap();
                let kept: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("created")).collect();
                body["requestUrl"] = json!(format!("{path}?{}", kept.join("&")));
            })
        },
        &["createPayoffRequest"],
        "fetchActivities",
        Rule::ReplyLink,
    )
    .await;
}

#[tokio::test]
async fn a_feed_that_begins_with_the_newest() {
    check(
        |exchange| {
            change_success(exchange, "fetchActivities", |body| {
                body["results"].as_array_mut().unwrap().reverse();
            })
        },
        &["createPayoffRequest"],
        "fetchActivities",
        Rule::ReplyValue,
    )
    .await;
}

#[tokio::test]
async fn a_page_that_counts_from_one() {
    check(
        |exchange| {
            change_success(exchange, "fetchActivities", |body| {
                let page = body["pagination"]["page"].as_i64().unwrap();
                body["pagination"]["page"] = json!(page + 1);
            })
        },
        &["createPayoffRequest"],
        "fetchActivities",
        Rule::ReplyValue,
    )
    .await;
}

#[tokio::test]
async fn a_type_that_nobody_knows_is_ignored() {
    check(
        |exchange| {
            requery(exchange, |name, value| (name == "types").then(|| value.replace(",not-a-type", "")));
            exchange.answer()
        },
        &["fetchActivities"],
        "fetchActivities",
        Rule::RefusalStatus,
    )
    .await;
}

#[tokio::test]
async fn a_test_vin_without_effect() {
    check(
        |exchange| {
            if exchange.operation() == Some("createClaim")
                && let estoppel_simulator::Body::Complete(bytes) = &exchange.call.body
            {
                let body = String::from_utf8_lossy(bytes).replace("1GCHC29U62E142306", "1GCHC29U62E142307");
                exchange.call.body = estoppel_simulator::Body::Complete(body.into());
            }
            exchange.answer()
        },
        &["fetchActivities"],
        "fetchActivities",
        Rule::ReplyCount,
    )
    .await;
}
