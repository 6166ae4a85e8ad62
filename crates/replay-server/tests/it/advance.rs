//! Clocks that move while webhooks are delivered.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use estoppel_replay_server::{ReceivedRequest, Receiver, ReceiverReply};
use serde_json::{Value, json};

use crate::{
    receiver::anywhere,
    server::Server,
    webhooks::{DELIVERIES, crossing, good, hanging, next, states},
};

const ADVANCE: &str = "/__admin/sessions/default/clock/advance";

fn kinds(moved: &Value) -> Vec<String> {
    let events = moved["events"].as_array().unwrap().iter();
    events
        .map(|event| format!("{} {}", event["at"].as_str().unwrap(), event["kind"].as_str().unwrap()))
        .collect()
}

#[tokio::test]
async fn timers_and_deliveries_happen_in_the_order_of_their_times() {
    let receiver = good();
    let server = Server::start_sending_to(&receiver.url()).await;
    for seconds in [3, 1, 2] {
        let booking = json!({"crossing": format!("c{seconds}"), "afterMillis": seconds * 1_000});
        server.post("/ferry/crossings", booking).await;
    }
    let moved = server.post(ADVANCE, json!({"by": "P1Y"})).await;
    let expected = [10, 11, 12].map(|second| {
        let at = format!("2021-01-08T22:03:{second}.598Z");
        [format!("{at} announced"), format!("{at} webhook-delivered")]
    });
    assert_eq!(kinds(&moved), expected.concat());
    assert_eq!((&moved["now"], &moved["clock"]), (&json!("2022-01-08T22:03:09.598Z"), &json!("frozen")));
    assert_eq!(moved["deliveriesUnderWay"], 0);
    assert_eq!(receiver.received(), 3, "they were there before the advance was answered");
    server.stop().await;
}

#[tokio::test]
async fn a_fifth_failure_keeps_what_would_come_later_from_coming() {
    let receiver = Receiver::bind(anywhere(), |_: &ReceivedRequest| ReceiverReply::status(500)).unwrap();
    let server = Server::start_sending_to(&receiver.url()).await;
    for minutes in 1..=8 {
        let booking = json!({"crossing": format!("c{minutes}"), "afterMillis": minutes * 60_000});
        server.post("/ferry/crossings", booking).await;
    }
    let moved = server.post(ADVANCE, json!({"by": "PT1H"})).await;
    assert_eq!(kinds(&moved).last().unwrap(), "2021-01-08T22:08:09.598Z webhooks-deactivated");
    assert_eq!(receiver.received(), 5);
    assert_eq!(states(&server.get(DELIVERIES).await), ["failed"; 5]);
    server.stop().await;
}

#[tokio::test]
async fn an_advance_does_not_wait_for_ever_and_says_what_is_under_way() {
    let hangs = hanging();
    let server = Server::start_sending_to(&hangs.url()).await;
    server.post("/ferry/crossings", json!({"crossing": "a", "afterMillis": 1_000, "announcements": 2})).await;
    server.post("/ferry/crossings", json!({"crossing": "b", "afterMillis": 2_000})).await;
    let moved = server.post(ADVANCE, json!({"by": "PT1M", "wait": "PT0.1S"})).await;
    assert_eq!(
        (&moved["now"], &moved["deliveriesUnderWay"]),
        (&json!("2021-01-08T22:04:09.598Z"), &json!(3))
    );
    assert_eq!(moved["events"].as_array().unwrap().len(), 3, "{moved}");
    for wait in ["PT31S", "-PT1S", "soon"] {
        let (code, reply) = server.call("POST", ADVANCE, "", &json!({"by": "PT1M", "wait": wait})).await;
        assert_eq!(code, 400, "{wait}: {reply}");
    }
    server.stop().await;
}

/// A receiver that takes no request until it is opened; then it takes every one.
fn gated() -> (Receiver, Arc<AtomicBool>) {
    let open = Arc::new(AtomicBool::new(false));
    let is_open = Arc::clone(&open);
    let answer = move |_: &ReceivedRequest| {
        let delay = if is_open.load(Ordering::Relaxed) { Duration::ZERO } else { Duration::from_hours(1) };
        ReceiverReply { delay, ..ReceiverReply::status(200) }
    };
    (Receiver::bind(anywhere(), answer).unwrap(), open)
}

#[tokio::test]
async fn an_advance_goes_on_when_its_caller_hangs_up_and_the_next_one_waits_for_it() {
    let (receiver, open) = gated();
    let server = Server::start_sending_to(&receiver.url()).await;
    server.post("/__admin/sessions/default/ferry/settings/sending", json!({"timeoutMillis": 700})).await;
    server.post("/ferry/crossings", json!({"crossing": "a", "afterMillis": 1_000})).await;
    server.post("/ferry/crossings", json!({"crossing": "b", "afterMillis": 2_000})).await;
    let (client, url) = (server.client.clone(), server.url(ADVANCE));
    let first = tokio::spawn(async move { client.post(url).body(r#"{"by":"PT1M"}"#).send().await });
    assert_eq!(crossing(&next(&receiver).await), "a 1");
    first.abort();
    // The clock stands where the delivery is due; calls are answered there.
    assert_eq!(server.get("/__admin/sessions/default/clock").await["now"], "2021-01-08T22:03:10.598Z");
    open.store(true, Ordering::Relaxed);
    let second = server.post(ADVANCE, json!({"by": "PT1M"})).await;
    assert_eq!(second["now"], "2021-01-08T22:05:09.598Z", "both minutes, one after the other");
    assert_eq!(kinds(&second), Vec::<String>::new(), "all of it happened in the first minute");
    let page = server.get(DELIVERIES).await;
    assert_eq!(states(&page), ["failed", "delivered"]);
    assert_eq!(page["deliveries"][1]["dueAt"], "2021-01-08T22:03:11.598Z");
    server.stop().await;
}

#[tokio::test]
async fn a_reset_ends_an_advance() {
    let hangs = hanging();
    let server = Server::start_sending_to(&hangs.url()).await;
    server.post("/ferry/crossings", json!({"crossing": "a", "afterMillis": 1_000})).await;
    let (client, url) = (server.client.clone(), server.url(ADVANCE));
    let advance =
        tokio::spawn(async move { client.post(url).body(r#"{"by":"PT1M"}"#).send().await.unwrap() });
    next(&hangs).await;
    server.post("/__admin/sessions/default/reset", Value::Null).await;
    assert_eq!(advance.await.unwrap().status(), 409);
    assert_eq!(server.get("/__admin/sessions/default/clock").await["now"], crate::server::START);
    server.stop().await;
}

#[tokio::test]
async fn ten_thousand_timers_without_an_endpoint_are_no_matter() {
    let server = Server::start().await;
    for number in 0..100 {
        let booking = json!({"crossing": "a", "afterMillis": 1_000 + number, "announcements": 100});
        server.post("/ferry/crossings", booking).await;
    }
    let moved = server.post(ADVANCE, json!({"by": "P1Y"})).await;
    assert_eq!(moved["events"].as_array().unwrap().len(), 10_000);
    assert_eq!(server.get(DELIVERIES).await["counters"]["undeliverable"], 10_000);
    server.stop().await;
}

/// Moves past results that all come due at once. The receiver refuses some by what they say, and takes its time over
/// those that `is_slow` picks.
async fn pass_results(is_slow: fn(usize) -> bool) -> (Vec<String>, Vec<String>) {
    let answer = move |request: &ReceivedRequest| {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        let place: usize = body["crossing"].as_str().unwrap()[1..].parse().unwrap();
        let status = if [0, 1, 2, 5, 6, 9, 10, 11, 12, 13].contains(&place) { 500 } else { 200 };
        let delay = Duration::from_millis(if is_slow(place) { 30 } else { 0 });
        ReceiverReply { delay, ..ReceiverReply::status(status) }
    };
    let receiver = Receiver::bind(anywhere(), answer).unwrap();
    let server = Server::start_sending_to(&receiver.url()).await;
    for place in 0..40 {
        let booking = json!({"crossing": format!("c{place}"), "afterMillis": 1_000});
        server.post("/ferry/crossings", booking).await;
    }
    let moved = server.post(ADVANCE, json!({"by": "PT1M"})).await;
    let described = moved["events"].as_array().unwrap().iter().map(ToString::to_string).collect();
    let states = states(&server.get(DELIVERIES).await).iter().map(|state| (*state).to_owned()).collect();
    server.stop().await;
    (described, states)
}

#[tokio::test]
async fn how_quickly_a_receiver_answers_changes_nothing() {
    let evenly = pass_results(|_| false).await;
    assert!(evenly.0.last().unwrap().contains("webhook-"), "{:?}", evenly.0.last());
    assert!(evenly.0.iter().any(|event| event.contains("webhooks-deactivated")), "{:?}", evenly.0);
    assert_eq!(pass_results(|place| place % 3 == 0).await, evenly);
    assert_eq!(pass_results(|place| place % 2 == 1).await, evenly);
}
