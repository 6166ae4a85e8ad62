//! The journal in pages.

use std::collections::BTreeSet;

use estoppel_replay_server::{Limits, ServerOptions};
use serde_json::{Value, json};

use crate::server::{Server, options};

const JOURNAL: &str = "/__admin/sessions/default/journal";

async fn sequences(server: &Server, query: &str) -> (Vec<u64>, Value) {
    let page = server.get(&format!("{JOURNAL}?{query}")).await;
    let entries = page["entries"].as_array().unwrap();
    (entries.iter().map(|entry| entry["sequence"].as_u64().unwrap()).collect(), page["next"].clone())
}

/// Follows `next` from the first page on; gives the numbers in the order of the pages.
async fn walk(server: &Server, first: &str, rest: &str) -> Vec<Vec<u64>> {
    let (page, mut next) = sequences(server, &format!("{rest}{first}")).await;
    let mut pages = vec![page];
    while let Some((name, number)) = next.as_object().and_then(|next| next.iter().next()) {
        let (page, after) = sequences(server, &format!("{name}={number}&{rest}")).await;
        pages.push(page);
        next = after;
    }
    pages
}

#[tokio::test]
async fn pages_give_every_entry_once_in_either_direction() {
    let server = Server::start().await;
    for _ in 0..25 {
        server.call("GET", "/carrier/claims", "", &Value::Null).await;
    }
    let all: Vec<u64> = (0..25).collect();
    let mut newest_first = walk(&server, "", "limit=7").await;
    assert_eq!(newest_first[0], [18, 19, 20, 21, 22, 23, 24]);
    newest_first.reverse();
    assert_eq!(newest_first.concat(), all);
    let oldest_first = walk(&server, "&after=4", "limit=7").await;
    assert_eq!(oldest_first.concat(), all[5..]);
    assert_eq!(sequences(&server, "after=4&before=8").await, (vec![5, 6, 7], Value::Null));
    assert_eq!(sequences(&server, "limit=0").await, (Vec::new(), Value::Null));
    assert_eq!(sequences(&server, "after=99").await, (Vec::new(), Value::Null));
    server.stop().await;
}

#[tokio::test]
async fn breaches_are_found_among_many_calls() {
    let server = Server::start().await;
    let token = server.token("").await;
    for number in 1..60 {
        let path = if number % 20 == 0 { "/carrier/nowhere" } else { "/carrier/claims/order-types" };
        server.call("GET", path, &token, &Value::Null).await;
    }
    assert_eq!(walk(&server, "", "limit=1&breaches=true").await.concat(), [40, 20]);
    assert_eq!(walk(&server, "&after=0", "limit=1&breaches=true").await.concat(), [20, 40]);
    assert_eq!(sequences(&server, "breaches=true").await.0, [20, 40]);
    server.stop().await;
}

#[tokio::test]
async fn a_page_is_no_longer_than_the_limit_of_a_response() {
    let mut limits = Limits::default();
    limits.set("response-bytes", "64KiB").unwrap();
    let server = Server::start_with(ServerOptions { limits, ..options() }).await;
    let token = server.token("").await;
    let body = |bytes: usize| json!({"claimNumber": vec!["1234567"; bytes / 10]});
    for bytes in [30_000, 30_000, 30_000, 200_000, 100] {
        let (status, _) = server.call("POST", "/carrier/claims", &token, &body(bytes)).await;
        assert_eq!(status, 400);
    }
    let mut seen = BTreeSet::new();
    let mut query = String::new();
    loop {
        let response = server.client.get(server.url(&format!("{JOURNAL}?{query}"))).send().await.unwrap();
        let text = response.text().await.unwrap();
        assert!(text.len() <= 64 * 1024, "{} bytes", text.len());
        let page: Value = serde_json::from_str(&text).unwrap();
        for entry in page["entries"].as_array().unwrap() {
            let sequence = entry["sequence"].as_u64().unwrap();
            assert!(seen.insert(sequence), "{sequence} is there twice");
            assert_eq!(entry["notShown"].is_string(), sequence == 4, "{sequence}");
        }
        let Some(before) = page["next"]["before"].as_u64() else { break };
        query = format!("before={before}");
    }
    assert_eq!(seen, BTreeSet::from_iter(0..6));
    server.stop().await;
}

#[tokio::test]
async fn a_page_that_is_asked_for_too_long_is_refused() {
    let server = Server::start().await;
    for (query, part) in [("limit=1001", "at most 1000"), ("before=x", "before"), ("befor=1", "befor")] {
        let (status, reply) = server.call("GET", &format!("{JOURNAL}?{query}"), "", &Value::Null).await;
        assert_eq!(status, 400, "{query}");
        assert!(reply["error"].as_str().unwrap().contains(part), "{reply}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_full_journal_holds_no_more_than_its_limit() {
    let mut limits = Limits::default();
    limits.set("journal-bytes", "32KiB").unwrap();
    let server = Server::start_with(ServerOptions { limits, ..options() }).await;
    for _ in 0..300 {
        server.call("GET", "/carrier/claims", "x", &Value::Null).await;
    }
    let page = server.get(&format!("{JOURNAL}?limit=1000")).await;
    let kept = page["entries"].as_array().unwrap();
    assert_eq!(page["dropped"].as_u64().unwrap() + u64::try_from(kept.len()).unwrap(), 300);
    assert!(kept.len() > 20 && kept.len() < 300, "{}", kept.len());
    assert_eq!(kept.last().unwrap()["sequence"], 299);
    assert_eq!(page["counters"]["calls"], 300);
    server.stop().await;
}
