//! Webhooks from the session to the receiver and back.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
    time::Duration,
};

use estoppel_contract::{SignatureEncoding, hmac_sha256};
use estoppel_replay_server::{ReceivedRequest, Receiver, ReceiverReply};
use serde_json::{Value, json};

use crate::{
    receiver::anywhere,
    server::{START, Server},
};

pub(crate) const DELIVERIES: &str = "/__admin/sessions/default/webhooks/deliveries";
const WEBHOOKS: &str = "/__admin/sessions/default/webhooks";

/// A receiver that answers with the status that is set.
fn receiver(status: &Arc<AtomicU16>) -> Receiver {
    let status = Arc::clone(status);
    let answer = move |_: &ReceivedRequest| ReceiverReply::status(status.load(Ordering::Relaxed));
    Receiver::bind(anywhere(), answer).unwrap()
}

pub(crate) fn good() -> Receiver {
    receiver(&Arc::new(AtomicU16::new(200)))
}

/// A receiver that answers nothing, ever.
pub(crate) fn hanging() -> Receiver {
    let answer =
        |_: &ReceivedRequest| ReceiverReply { delay: Duration::from_hours(1), ..ReceiverReply::status(200) };
    Receiver::bind(anywhere(), answer).unwrap()
}

pub(crate) fn crossing(request: &ReceivedRequest) -> String {
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    format!("{} {}", body["crossing"].as_str().unwrap(), body["number"])
}

pub(crate) fn states(deliveries: &Value) -> Vec<&str> {
    deliveries["deliveries"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect()
}

pub(crate) async fn next(receiver: &Receiver) -> ReceivedRequest {
    tokio::time::timeout(Duration::from_secs(20), receiver.next()).await.unwrap().unwrap()
}

/// Waits until nothing is under way; gives the deliveries.
async fn settled(server: &Server) -> Value {
    let is_settled = |page: &Value| page["counters"]["underWay"] == 0 && page["counters"]["waiting"] == 0;
    server.until(DELIVERIES, is_settled).await
}

#[tokio::test]
async fn what_is_sent_is_what_the_controls_show() {
    let receiver = good();
    let server = Server::start().await;
    let new = json!({"api": "ferry", "url": receiver.url() + "/hook?x=1", "headers": {"x-own": "secret"}});
    let endpoint = server.post(WEBHOOKS, new).await;
    assert_eq!(endpoint["headers"], json!(["x-own"]));
    assert_eq!((&endpoint["state"], &endpoint["createdAt"]), (&json!("enabled"), &json!(START)));
    server.post("/ferry/crossings", json!({"crossing": "å"})).await;
    let request = next(&receiver).await;
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/hook?x=1"));
    assert_eq!(request.header("x-own"), Some("secret"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    let expected = hmac_sha256("key", &[&request.body, b":", "å".as_bytes()]);
    let expected = SignatureEncoding::LowerHex.encode(&expected);
    assert_eq!(request.header("x-ferry-signature"), Some(expected.as_str()));
    let shown = &settled(&server).await["deliveries"][0];
    assert_eq!(shown["body"].as_str().unwrap().as_bytes(), &request.body[..]);
    assert_eq!(shown["signature"], json!({"header": "x-ferry-signature", "value": expected}));
    assert_eq!(
        shown["attempts"],
        json!([{"at": START, "outcome": "status", "status": 200}]),
        "on the session's clock"
    );
    assert_eq!((&shown["state"], &shown["cause"]["kind"]), (&json!("delivered"), &json!("event")));
    assert_eq!((&shown["request"], &shown["webhook"]), (&json!("å"), &json!("announced")));
    server.stop().await;
}

#[tokio::test]
async fn on_a_running_clock_webhooks_come_without_a_call() {
    let receiver = good();
    let server = Server::start().await;
    let webhooks = json!([{"api": "ferry", "url": receiver.url()}]);
    let new = json!({"name": "a", "clock": "real", "webhooks": webhooks});
    server.post("/__admin/sessions", new).await;
    let booking = json!({"crossing": "a", "afterMillis": 30});
    server.post("/sessions/a/ferry/crossings", booking).await;
    assert_eq!(crossing(&next(&receiver).await), "a 1");
    // Another while the pump sleeps towards a later one.
    server.post("/sessions/a/ferry/crossings", json!({"crossing": "late", "afterMillis": 3_600_000})).await;
    server.post("/sessions/a/ferry/crossings", json!({"crossing": "soon", "afterMillis": 30})).await;
    assert_eq!(crossing(&next(&receiver).await), "soon 1");
    server.stop().await;
}

#[tokio::test]
async fn a_clock_that_begins_to_run_fires_what_was_waiting_for_it() {
    let receiver = good();
    let server = Server::start_sending_to(&receiver.url()).await;
    server.post("/ferry/crossings", json!({"crossing": "a", "afterMillis": 30})).await;
    server.post("/__admin/sessions/default/clock/run", Value::Null).await;
    assert_eq!(crossing(&next(&receiver).await), "a 1");
    server.stop().await;
}

#[tokio::test]
async fn calls_are_answered_while_a_receiver_hangs_and_others_are_served() {
    let (hangs, receiver) = (hanging(), good());
    let server = Server::start_sending_to(&hangs.url()).await;
    for number in 0..40 {
        server.post("/ferry/crossings", json!({"crossing": format!("c{number}")})).await;
    }
    let page = server.until(DELIVERIES, |page| page["counters"]["underWay"] == 16).await;
    assert_eq!(page["counters"]["waiting"], 24);
    server.post(WEBHOOKS, json!({"api": "ferry", "url": receiver.url()})).await;
    server.post("/ferry/crossings", json!({"crossing": "another"})).await;
    assert_eq!(crossing(&next(&receiver).await), "another 1");
    assert_eq!(hangs.received(), 16);
    server.stop().await;
}

#[tokio::test]
async fn a_session_sends_sixty_four_at_once() {
    let hangs = hanging();
    let server = Server::start().await;
    for _ in 0..5 {
        server.post(WEBHOOKS, json!({"api": "ferry", "url": hangs.url()})).await;
    }
    for number in 0..20 {
        server.post("/ferry/crossings", json!({"crossing": format!("c{number}")})).await;
    }
    let page = server.until(DELIVERIES, |page| page["counters"]["underWay"] == 64).await;
    assert_eq!(page["counters"]["waiting"], 36);
    server.post("/__admin/sessions/default/reset", Value::Null).await;
    assert_eq!(server.get(DELIVERIES).await["counters"]["underWay"], 0);
    server.stop().await;
}

#[tokio::test]
async fn deliveries_of_a_request_arrive_in_order_and_do_not_hold_up_others() {
    let slow = |request: &ReceivedRequest| {
        let delay = if crossing(request) == "slow 1" { Duration::from_millis(200) } else { Duration::ZERO };
        ReceiverReply { delay, ..ReceiverReply::status(200) }
    };
    let receiver = Receiver::bind(anywhere(), slow).unwrap();
    let server = Server::start_sending_to(&receiver.url()).await;
    server.post("/ferry/crossings", json!({"crossing": "slow", "announcements": 5})).await;
    assert_eq!(crossing(&next(&receiver).await), "slow 1");
    server.post("/ferry/crossings", json!({"crossing": "quick"})).await;
    let mut rest = Vec::new();
    for _ in 0..5 {
        rest.push(crossing(&next(&receiver).await));
    }
    rest.retain(|crossing| crossing != "quick 1");
    assert_eq!(rest, ["slow 2", "slow 3", "slow 4", "slow 5"]);
    server.stop().await;
}

#[tokio::test]
async fn the_fifth_failure_deactivates_and_enabling_starts_over() {
    let status = Arc::new(AtomicU16::new(204));
    let receiver = receiver(&status);
    let server = Server::start_sending_to(&receiver.url()).await;
    for number in 0..4 {
        server.post("/ferry/crossings", json!({"crossing": format!("c{number}")})).await;
    }
    assert_eq!(states(&settled(&server).await), ["failed"; 4]);
    assert_eq!(server.get(WEBHOOKS).await["webhooks"][0]["state"], "enabled");
    server.post("/ferry/crossings", json!({"crossing": "fifth"})).await;
    settled(&server).await;
    let endpoint = server.get(WEBHOOKS).await["webhooks"][0].clone();
    assert_eq!(
        (&endpoint["state"], &endpoint["reason"]),
        (&json!("deactivated"), &json!("5 failures in a row"))
    );
    server.post("/ferry/crossings", json!({"crossing": "sixth"})).await;
    let page = settled(&server).await;
    assert_eq!((&page["counters"]["undeliverable"], &page["counters"]["failed"]), (&json!(1), &json!(5)));
    let id = page["deliveries"][0]["id"].as_u64().unwrap();
    let again = format!("{DELIVERIES}/{id}/redeliver");
    assert_eq!(server.call("POST", &again, "", &Value::Null).await.0, 409);
    let fire = json!({"api": "ferry"});
    assert_eq!(server.call("POST", &format!("{WEBHOOKS}/fire"), "", &fire).await.0, 409);
    let enabled = server.post(&format!("{WEBHOOKS}/enable"), json!({"api": "ferry"})).await;
    assert_eq!(enabled["webhooks"][0]["state"], "enabled");
    status.store(200, Ordering::Relaxed);
    while receiver.received() > 0 && tokio::time::timeout(Duration::ZERO, receiver.next()).await.is_ok() {}
    let (code, redelivered) = server.call("POST", &again, "", &Value::Null).await;
    assert_eq!((code, &redelivered["cause"]), (201, &json!({"kind": "redelivered", "delivery": id})));
    assert_eq!(next(&receiver).await.body, page["deliveries"][0]["body"].as_str().unwrap().as_bytes());
    let delivered = format!("{DELIVERIES}?state=delivered");
    let delivered = server.until(&delivered, |page| page["deliveries"][0].is_object()).await;
    assert_eq!(delivered["deliveries"][0]["id"], redelivered["id"]);
    server.stop().await;
}

#[tokio::test]
async fn a_failed_delivery_is_tried_again_on_the_sessions_clock() {
    let status = Arc::new(AtomicU16::new(500));
    let receiver = receiver(&status);
    let server = Server::start_sending_to(&receiver.url()).await;
    let control = "/__admin/sessions/default/ferry/settings/sending";
    server.post(control, json!({"timeoutMillis": 5_000, "retries": 2})).await;
    server.post("/ferry/crossings", json!({"crossing": "a"})).await;
    server.until(DELIVERIES, |page| page["deliveries"][0]["attempts"][0]["status"] == 500).await;
    status.store(200, Ordering::Relaxed);
    let advanced = server.post("/__admin/sessions/default/clock/advance", json!({"by": "PT1M"})).await;
    assert_eq!(advanced["events"][0]["kind"], "webhook-delivered");
    let page = server.get(DELIVERIES).await;
    assert_eq!(page["deliveries"][0]["attempts"][1]["at"], "2021-01-08T22:04:09.598Z");
    assert_eq!(page["counters"]["delivered"], 1);
    server.stop().await;
}

#[tokio::test]
async fn every_bad_receiver_is_a_failure_and_a_time_out_is_real_time() {
    let refused = {
        let listener = std::net::TcpListener::bind(anywhere()).unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let hangs = hanging();
    let elsewhere = receiver(&Arc::new(AtomicU16::new(301)));
    let server = Server::start().await;
    for (number, (url, expected)) in [
        (refused, json!({"at": START, "outcome": "noReply", "reason": "connection refused"})),
        (hangs.url(), json!({"at": START, "outcome": "timedOut"})),
        (elsewhere.url(), json!({"at": START, "outcome": "status", "status": 301})),
    ]
    .into_iter()
    .enumerate()
    {
        let webhooks = json!([{"api": "ferry", "url": url}]);
        let new = json!({"name": format!("s{number}"), "clock": START, "webhooks": webhooks});
        server.post("/__admin/sessions", new).await;
        let control = format!("/__admin/sessions/s{number}/ferry/settings/sending");
        server.post(&control, json!({"timeoutMillis": 100})).await;
        server.post(&format!("/sessions/s{number}/ferry/crossings"), json!({"crossing": "a"})).await;
        let deliveries = format!("/__admin/sessions/s{number}/webhooks/deliveries");
        let page = server.until(&deliveries, |page| page["counters"]["failed"] == 1).await;
        assert_eq!(page["deliveries"][0]["attempts"], json!([expected]));
    }
    server.stop().await;
}

#[tokio::test]
async fn a_webhook_is_fired_by_hand() {
    let receiver = good();
    let server = Server::start().await;
    let fire = format!("{WEBHOOKS}/fire");
    let (code, reply) = server.call("POST", &fire, "", &json!({"api": "ferry"})).await;
    assert_eq!(code, 409);
    assert!(reply["help"].as_str().unwrap().contains("POST …/webhooks"), "{reply}");
    server.post(WEBHOOKS, json!({"api": "ferry", "url": receiver.url()})).await;
    let mut seen = Vec::new();
    for _ in 0..2 {
        server.post(&fire, json!({"api": "ferry"})).await;
        let request = next(&receiver).await;
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        assert_eq!((&body["event"], body["crossing"].as_str().unwrap().len()), (&json!("announced"), 36));
        let crossing = body["crossing"].as_str().unwrap().to_owned();
        let expected = hmac_sha256("key", &[&request.body, b":", crossing.as_bytes()]);
        let expected = SignatureEncoding::LowerHex.encode(&expected);
        assert_eq!(request.header("x-ferry-signature"), Some(expected.as_str()));
        seen.push(crossing);
    }
    assert_ne!(seen[0], seen[1]);
    // The bytes are those that were given, whatever the contract thinks of them.
    let raw = r#"{"api":"ferry","body":{"event":"sunk","depth":1.00, "crossing":"b"}}"#;
    let request = server.client.post(server.url(&fire)).body(raw);
    assert_eq!(request.send().await.unwrap().status(), 201);
    let request = next(&receiver).await;
    assert_eq!(request.body, r#"{"event":"sunk","depth":1.00, "crossing":"b"}"#);
    let page = server.get(&format!("{DELIVERIES}?request=b")).await;
    assert_eq!(
        (&page["deliveries"][0]["webhook"], &page["deliveries"][0]["cause"]["kind"]),
        (&json!("sunk"), &json!("fired"))
    );
    for (asked, status, part) in [
        (json!({"api": "ferry", "body": [1]}), 400, "no JSON object"),
        (json!({"api": "ferry", "webhook": "moored"}), 400, "no webhook `moored`"),
        (json!({"api": "ferry", "webhook": "sunk"}), 409, "no example"),
        (json!({"api": "carrier"}), 400, "sends no webhooks"),
        (json!({"api": "ferry", "more": 1}), 400, "unknown field"),
    ] {
        let (code, reply) = server.call("POST", &fire, "", &asked).await;
        assert!(code == status && reply["error"].as_str().unwrap().contains(part), "{code} {reply}");
    }
    server.stop().await;
}

#[tokio::test]
async fn resets_forks_and_deletions_leave_open_deliveries_behind() {
    let hangs = hanging();
    let server = Server::start().await;
    let new = json!({
        "name": "a", "clock": START, "webhooks": [{"api": "ferry", "url": hangs.url()}],
    });
    server.post("/__admin/sessions", new).await;
    let deliveries = |name: &str| format!("/__admin/sessions/{name}/webhooks/deliveries");
    server.post("/sessions/a/ferry/crossings", json!({"crossing": "x", "announcements": 2})).await;
    assert_eq!(crossing(&next(&hangs).await), "x 1");
    // The fork sends what the session is sending.
    server.post("/__admin/sessions/a/fork", json!({"name": "b"})).await;
    assert_eq!(crossing(&next(&hangs).await), "x 1");
    let page = server.get(&deliveries("b")).await;
    assert_eq!(states(&page), ["underWay", "waiting"]);
    server.post("/__admin/sessions/a/reset", Value::Null).await;
    assert_eq!(server.get(&deliveries("a")).await["deliveries"], json!([]));
    // The endpoint that it was created with is still there, and a delivery gets the number that was under way.
    server.post("/sessions/a/ferry/crossings", json!({"crossing": "y"})).await;
    assert_eq!(crossing(&next(&hangs).await), "y 1");
    assert_eq!(states(&server.get(&deliveries("a")).await), ["underWay"]);
    // A removed endpoint gets nothing more.
    let path = "/__admin/sessions/b/webhooks/1";
    assert_eq!(server.call("DELETE", path, "", &Value::Null).await.0, 200);
    assert_eq!(server.call("DELETE", path, "", &Value::Null).await.0, 404);
    assert_eq!(states(&server.get(&deliveries("b")).await), ["underWay", "dropped"]);
    for name in ["a", "b"] {
        let path = format!("/__admin/sessions/{name}");
        assert_eq!(server.call("DELETE", &path, "", &Value::Null).await.0, 200);
    }
    assert_eq!(server.get("/__admin/health").await["sessions"], 1);
    server.stop().await;
}

#[tokio::test]
async fn sessions_send_on_clocks_of_their_own() {
    let receiver = good();
    let server = Server::start_sending_to(&receiver.url()).await;
    server.post("/__admin/sessions", json!({"name": "later", "clock": "2030-01-01T00:00:00Z"})).await;
    server.post("/ferry/crossings", json!({"crossing": "a", "afterMillis": 1_000})).await;
    server.post("/sessions/later/ferry/crossings", json!({"crossing": "b", "afterMillis": 1_000})).await;
    server.post("/__admin/sessions/later/clock/advance", json!({"by": "PT1S"})).await;
    assert_eq!(crossing(&next(&receiver).await), "b 1");
    let later = server.get("/__admin/sessions/later/webhooks/deliveries").await;
    assert_eq!(later["deliveries"][0]["createdAt"], "2030-01-01T00:00:01.000Z");
    assert_eq!(server.get(DELIVERIES).await["deliveries"], json!([]));
    server.post("/__admin/sessions", json!({"name": "quiet", "clock": START, "webhooks": []})).await;
    assert_eq!(server.get("/__admin/sessions/quiet/webhooks").await["webhooks"], json!([]));
    server.stop().await;
}

#[tokio::test]
async fn endpoints_that_do_not_fit_are_refused() {
    let server = Server::start().await;
    for (new, status, part) in [
        (json!({"api": "ferry", "url": "ftp://x"}), 400, "neither http nor https"),
        (json!({"api": "ferry", "url": "127.0.0.1:9000"}), 400, "the URL"),
        (json!({"api": "ferry", "url": "http://me:secret@x/"}), 400, "credentials"),
        (json!({"api": "ferry"}), 400, "missing field `url`"),
        (json!({"api": "ferry", "url": "http://x", "key": 1}), 400, "unknown field `key`"),
        (json!({"api": "carrier", "url": "http://x"}), 400, "`carrier` sends no webhooks"),
        (json!({"api": "ferry", "url": "http://x", "headers": {"host": "y"}}), 400, "the server itself"),
        (json!({"api": "ferry", "url": "http://x", "headers": {"x-ferry-signature": "y"}}), 400, "itself"),
    ] {
        let (code, reply) = server.call("POST", WEBHOOKS, "", &new).await;
        let error = reply["error"].as_str().unwrap();
        assert!(code == status && error.contains(part) && !error.contains("secret"), "{code} {reply}");
    }
    for _ in 0..64 {
        server.post(WEBHOOKS, json!({"api": "ferry", "url": "http://127.0.0.1:9"})).await;
    }
    let more = json!({"api": "ferry", "url": "http://127.0.0.1:9"});
    assert_eq!(server.call("POST", WEBHOOKS, "", &more).await.0, 507);
    let new = json!({"name": "many", "webhooks": vec![more; 65]});
    let (code, reply) = server.call("POST", "/__admin/sessions", "", &new).await;
    assert!(code == 400 && reply["error"].as_str().unwrap().contains("at most 64"), "{reply}");
    server.stop().await;
}

#[tokio::test]
async fn an_advance_waits_no_longer_for_another_than_it_says() {
    let hangs = hanging();
    let server = Server::start().await;
    let new = json!({
        "name": "a", "clock": START, "webhooks": [{"api": "ferry", "url": hangs.url()}],
    });
    server.post("/__admin/sessions", new).await;
    server.post("/sessions/a/ferry/crossings", json!({"crossing": "x"})).await;
    next(&hangs).await;
    let advance = "/__admin/sessions/a/clock/advance";
    let patient = json!({"by": "PT1M", "wait": "PT4S"});
    let first = server.client.post(server.url(advance)).body(patient.to_string()).send();
    let second = async {
        loop {
            let body = json!({"by": "PT1M", "wait": "PT0S"});
            let (code, reply) = server.call("POST", advance, "", &body).await;
            // Until the first one has its turn nothing is before this one.
            if code != 200 {
                return (code, reply);
            }
        }
    };
    let second = tokio::time::timeout(Duration::from_secs(20), second);
    let (first, second) = tokio::join!(first, second);
    assert_eq!(first.unwrap().status(), 200);
    let (code, reply) = second.unwrap();
    assert!(code == 409 && reply["error"].as_str().unwrap().contains("another advance"), "{code} {reply}");
    server.stop().await;
}
