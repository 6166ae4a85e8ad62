//! Where webhooks may go, and what is said of where they may not.

use estoppel_replay_server::{Receiver, ReceiverReply, Sender, ServerOptions, TargetPolicy, Trust};
use estoppel_simulator::AttemptOutcome;
use serde_json::{Value, json};

use crate::{
    receiver::{anywhere, parcel},
    server::{Server, options},
    webhooks::{DELIVERIES, good, next},
};

const WEBHOOKS: &str = "/__admin/sessions/default/webhooks";

fn policy(rules: &[&str]) -> TargetPolicy {
    TargetPolicy::new(rules.iter().map(|rule| rule.parse().unwrap()).collect())
}

async fn start(rules: &[&str]) -> Server {
    let webhook_targets = rules.iter().map(|rule| rule.parse().unwrap()).collect();
    let trust = Trust { webhook_targets, ..Trust::default() };
    Server::start_with(ServerOptions { trust, ..options() }).await
}

async fn check(server: &Server, body: Value, expected: u16, part: &str) {
    let (status, reply) = server.call("POST", WEBHOOKS, "", &body).await;
    let text = reply.to_string();
    assert!(status == expected && text.contains(part) && !text.contains("hush"), "{status} {text}");
}

#[tokio::test]
async fn a_target_that_is_not_allowed_is_refused_with_the_flag_that_allows_it() {
    let server = start(&[]).await;
    for url in [
        "http://169.254.169.254/latest?hush",
        "https://receiver.example/hush",
        "http://0.0.0.0:9/",
        "http://[fd00::1]/",
    ] {
        check(&server, json!({"api": "ferry", "url": url}), 403, "--allow-webhook-target").await;
        let session = json!({"name": "a", "webhooks": [{"api": "ferry", "url": url}]});
        let (status, reply) = server.call("POST", "/__admin/sessions", "", &session).await;
        assert_eq!((status, reply.to_string().contains("--allow-webhook-target")), (403, true), "{reply}");
    }
    check(&server, json!({"api": "ferry", "url": "http://127.1:9/?hush=hush"}), 201, "?[redacted]").await;
    let listed = server.get(WEBHOOKS).await;
    assert_eq!(listed["webhooks"].as_array().unwrap().len(), 1);
    assert_eq!(listed["webhooks"][0]["url"], "http://127.1:9/?[redacted]");
    let journal = server.get("/__admin/sessions/default/journal").await;
    assert_eq!(journal["entries"][0]["webhookRegistered"], "http://127.1:9/?[redacted]");
    server.stop().await;
    let server = start(&["10.0.0.0/8", "receiver.example"]).await;
    let with = |url: &str, header: &str| json!({"api": "ferry", "url": url, "headers": {header: "hush"}});
    check(&server, with("http://10.0.0.5/", "x-own"), 201, "10.0.0.5").await;
    check(&server, with("http://10.0.0.5/", "Authorization"), 403, "Authorization").await;
    check(&server, with("http://receiver.example/", "Authorization"), 201, "receiver.example").await;
    server.stop().await;
}

#[tokio::test]
async fn a_name_is_checked_at_each_attempt_and_nothing_is_said_of_it() {
    let server = start(&["10.0.0.0/8"]).await;
    for url in ["http://nothing.invalid:9/", "https://nothing.invalid/"] {
        check(&server, json!({"api": "ferry", "url": url}), 201, "nothing.invalid").await;
    }
    server.post("/ferry/crossings", json!({"crossing": "a"})).await;
    let is_settled = |page: &Value| page["counters"]["underWay"] == 0 && page["counters"]["waiting"] == 0;
    let page = server.until(DELIVERIES, is_settled).await;
    for delivery in page["deliveries"].as_array().unwrap() {
        let attempt = &delivery["attempts"][0];
        assert_eq!(
            (&attempt["outcome"], &attempt["reason"]),
            (&json!("noReply"), &json!("the target is not allowed"))
        );
    }
    assert_eq!(page["deliveries"].as_array().unwrap().len(), 2);
    server.stop().await;
}

#[tokio::test]
async fn a_target_that_is_not_allowed_is_not_connected_to() {
    let receiver = Receiver::bind(anywhere(), |_| ReceiverReply::status(200)).unwrap();
    let port = receiver.address().port();
    let not_allowed = AttemptOutcome::NoReply("the target is not allowed".to_owned());
    let unheard = format!("http://0.0.0.0:{port}/");
    let strict = Sender::new(policy(&["*", "0.0.0.0/0", "::/0"]));
    for host in ["0.0.0.0", "[::]", "0", "[::127.0.0.1]", "[::ffff:0.0.0.0]", "[64:ff9b::7f00:1]"] {
        let url = format!("http://{host}:{port}/");
        assert_eq!(strict.send(&parcel(&url)).await, not_allowed, "{url}");
        let url = format!("https://{host}:{port}/");
        assert_eq!(strict.send(&parcel(&url)).await, not_allowed, "{url}");
    }
    assert_eq!(receiver.received(), 0);
    // It would have been heard.
    assert_eq!(Sender::new(policy(&["0.0.0.0"])).send(&parcel(&unheard)).await, AttemptOutcome::Status(200));
    let operators = TargetPolicy::default().with_url(&unheard);
    assert_eq!(Sender::new(operators).send(&parcel(&unheard)).await, AttemptOutcome::Status(200));
    for host in ["localhost", "127.1", "[::ffff:127.0.0.1]", "0x7f000001", "2130706433"] {
        let url = format!("http://{host}:{port}/");
        assert_eq!(strict.send(&parcel(&url)).await, AttemptOutcome::Status(200), "{url}");
    }
    assert_eq!(receiver.received(), 7);
}

#[tokio::test]
async fn what_the_server_is_started_with_is_allowed() {
    let receiver = good();
    let url = format!("http://0.0.0.0:{}/?key=hush", receiver.address().port());
    let server = Server::start_sending_to(&url).await;
    server.post("/ferry/crossings", json!({"crossing": "a"})).await;
    assert_eq!(next(&receiver).await.path, "/?key=hush");
    let listed = server.get(WEBHOOKS).await.to_string();
    assert!(!listed.contains("hush"), "{listed}");
    server.stop().await;
}
