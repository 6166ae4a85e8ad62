//! What the server and its sessions take on is bounded; each refusal names its limit, and others go on.

use estoppel_replay_server::{Limits, ServerOptions};
use serde_json::{Value, json};

use crate::server::{Server, options};

const SESSIONS: &str = "/__admin/sessions";

async fn start(limits: &[(&str, &str)]) -> Server {
    let mut chosen = Limits::default();
    for (name, value) in limits {
        chosen.set(name, value).unwrap();
    }
    Server::start_with(ServerOptions { limits: chosen, ..options() }).await
}

/// Status, the limit and the time that the headers name, and the body.
async fn refused(server: &Server, method: &str, path: &str, body: Value) -> (u16, String, String, Value) {
    let request = server.client.request(method.parse().unwrap(), server.url(path));
    let sent = request.header("content-type", "application/json").body(body.to_string()).send().await;
    let response = sent.unwrap();
    let header = |name: &str| {
        let value = response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        value.unwrap_or_default()
    };
    let (status, limit, retry) =
        (response.status().as_u16(), header("x-estoppel-limit"), header("retry-after"));
    (status, limit, retry, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap())
}

async fn delete(server: &Server, path: &str) -> u16 {
    server.call("DELETE", path, "", &Value::Null).await.0
}

#[tokio::test]
async fn there_are_only_so_many_sessions_and_a_deleted_one_makes_room() {
    let server = start(&[("sessions", "3")]).await;
    server.post(SESSIONS, json!({"name": "a"})).await;
    server.post(SESSIONS, json!({"name": "b"})).await;
    for (path, name) in [(SESSIONS, "c"), ("/__admin/sessions/a/fork", "c")] {
        let (status, limit, retry, body) = refused(&server, "POST", path, json!({"name": name})).await;
        assert_eq!((status, limit.as_str(), retry.as_str()), (503, "sessions", "60"), "{body}");
        assert_eq!(body["error"], "the limit `sessions` is reached: 3");
    }
    assert_eq!(
        server.get("/__admin/health").await["limits"]["sessions"],
        json!({"max": 3, "unit": "count", "used": 3})
    );
    assert_eq!(delete(&server, "/__admin/sessions/a").await, 200);
    server.post("/__admin/sessions/b/fork", json!({"name": "c"})).await;
    server.stop().await;
}

#[tokio::test]
async fn a_session_that_nobody_uses_expires_and_that_is_said() {
    let server = start(&[("session-idle", "1s")]).await;
    server.post(SESSIONS, json!({"name": "idle"})).await;
    server.until("/__admin/health", |health| health["expiredSessions"] == 1).await;
    let (status, reply) = server.call("GET", "/__admin/sessions/idle", "", &Value::Null).await;
    let error = reply["error"].as_str().unwrap();
    assert!(
        status == 404 && error.contains("`idle` expired at 20") && error.contains("session-idle"),
        "{reply}"
    );
    // The default one stays, and the name is free.
    assert_eq!(server.get("/__admin/health").await["sessions"], 1);
    server.post(SESSIONS, json!({"name": "idle"})).await;
    server.stop().await;
}

#[tokio::test]
async fn a_name_that_is_none_gets_the_nearest_five_and_never_all() {
    let server = Server::start().await;
    for number in 10..30 {
        server.post(SESSIONS, json!({"name": format!("alpha-{number}")})).await;
    }
    let (status, reply) = server.call("GET", "/__admin/sessions/alpha-2x", "", &Value::Null).await;
    let help = reply["help"].as_str().unwrap();
    assert!(
        status == 404 && help.starts_with("of 21 the nearest are: alpha-20, alpha-21, alpha-22, "),
        "{reply}"
    );
    assert_eq!(help.matches("alpha-").count(), 5);
    let long = format!("/__admin/sessions/{}", "x".repeat(4_000));
    assert!(server.call("GET", &long, "", &Value::Null).await.1.to_string().len() < 500);
    server.stop().await;
}

#[tokio::test]
async fn sessions_are_listed_in_pages() {
    let server = Server::start().await;
    for number in 0..7 {
        server.post(SESSIONS, json!({"name": format!("s{number}")})).await;
    }
    let mut names = Vec::new();
    let mut path = format!("{SESSIONS}?limit=3");
    loop {
        let page = server.get(&path).await;
        assert_eq!(page["count"], 8);
        let sessions = page["sessions"].as_array().unwrap();
        names.extend(sessions.iter().map(|session| session["name"].as_str().unwrap().to_owned()));
        let Some(after) = page["next"]["after"].as_str() else { break };
        path = format!("{SESSIONS}?limit=3&after={after}");
    }
    assert_eq!(names, ["default", "s0", "s1", "s2", "s3", "s4", "s5", "s6"]);
    for limit in ["0", "1001"] {
        let (status, reply) =
            server.call("GET", &format!("{SESSIONS}?limit={limit}"), "", &Value::Null).await;
        assert!(status == 400 && reply["error"].as_str().unwrap().contains("from 1 to 1000"), "{reply}");
    }
    server.stop().await;
}

/// Deliveries that are fired and listed in pages of two in the direction that the parameter names.
async fn check_pages(server: &Server, start: &str, expected: &[u64]) {
    let deliveries = "/__admin/sessions/default/webhooks/deliveries";
    let mut ids = Vec::new();
    let mut cursor = start.to_owned();
    loop {
        let page = server.get(&format!("{deliveries}?limit=2{cursor}")).await;
        let shown = page["deliveries"].as_array().unwrap();
        let mut of_page: Vec<u64> = shown.iter().map(|delivery| delivery["id"].as_u64().unwrap()).collect();
        assert!(of_page.is_sorted(), "the newest stands last");
        if page["next"]["before"].is_u64() || (page["next"].is_null() && !cursor.contains("after")) {
            of_page.reverse();
        }
        ids.extend(of_page);
        let Some((name, id)) = page["next"].as_object().and_then(|next| next.iter().next()) else { break };
        cursor = format!("&{name}={id}");
    }
    assert_eq!(ids, expected, "{start}");
}

#[tokio::test]
async fn deliveries_are_listed_in_pages_and_none_is_left_out() {
    let server = Server::start_sending_to("http://127.0.0.1:9/").await;
    for _ in 0..5 {
        server.post("/__admin/sessions/default/webhooks/fire", json!({"api": "ferry"})).await;
    }
    // The endpoint has the first number.
    check_pages(&server, "", &[6, 5, 4, 3, 2]).await;
    check_pages(&server, "&after=0", &[2, 3, 4, 5, 6]).await;
    check_pages(&server, "&before=4", &[3, 2]).await;
    let both = "/__admin/sessions/default/webhooks/deliveries?after=1&before=2";
    assert_eq!(server.call("GET", both, "", &Value::Null).await.0, 400);
    server.stop().await;
}

#[tokio::test]
async fn a_page_has_no_more_bytes_than_a_response_may() {
    let server = start(&[("response-bytes", "64KiB")]).await;
    server
        .post("/__admin/sessions/default/webhooks", json!({"api": "ferry", "url": "http://127.0.0.1:9"}))
        .await;
    for _ in 0..4 {
        let body = json!({"crossing": "a", "number": 1, "event": "announced", "more": "x".repeat(25_000)});
        server.post("/__admin/sessions/default/webhooks/fire", json!({"api": "ferry", "body": body})).await;
    }
    let page = server.get("/__admin/sessions/default/webhooks/deliveries").await;
    assert!(page.to_string().len() <= 65_536);
    assert_eq!(page["deliveries"].as_array().unwrap().len(), 2, "{}", page["next"]);
    let before = page["next"]["before"].as_u64().unwrap();
    assert_eq!(page["deliveries"][0]["id"], before);
    server.stop().await;
}

#[tokio::test]
async fn a_full_session_refuses_calls_and_controls_and_its_neighbour_goes_on() {
    let server = start(&[("session-records", "40")]).await;
    server.post(SESSIONS, json!({"name": "b"})).await;
    let users = |name: &str| format!("/__admin/sessions/{name}/spinwheel/users");
    let full = loop {
        let (status, limit, _, body) = refused(&server, "POST", &users("default"), json!({})).await;
        if status != 201 {
            break (status, limit, body);
        }
    };
    assert_eq!((full.0, full.1.as_str()), (507, "session-records"), "{}", full.2);
    assert!(full.2["help"].as_str().unwrap().contains("reset or delete the session"), "{}", full.2);
    let (status, limit, _, _) = refused(&server, "POST", "/ferry/crossings", json!({"crossing": "a"})).await;
    assert_eq!((status, limit.as_str()), (507, "session-records"));
    assert_eq!(server.call("POST", &users("b"), "", &json!({})).await.0, 201);
    let journal = server.get("/__admin/sessions/default/journal").await;
    assert_eq!((&journal["counters"]["exhausted"], &journal["breaches"]), (&json!(1), &json!(0)));
    server.post("/__admin/sessions/default/reset", Value::Null).await;
    assert_eq!(server.call("POST", &users("default"), "", &json!({})).await.0, 201);
    server.stop().await;
}

#[tokio::test]
async fn an_advance_says_how_many_events_it_leaves_out() {
    let server = start(&[("advance-events", "10")]).await;
    let booking = json!({"crossing": "a", "afterMillis": 1_000, "announcements": 2_500});
    server.post("/ferry/crossings", booking).await;
    let moved = server.post("/__admin/sessions/default/clock/advance", json!({"by": "PT1M"})).await;
    assert_eq!((moved["events"].as_array().unwrap().len(), &moved["eventsLeftOut"]), (10, &json!(2_490)));
    server.stop().await;
}

#[tokio::test]
async fn a_long_advance_leaves_room_for_the_calls_of_others() {
    let server = Server::start().await;
    server.post(SESSIONS, json!({"name": "b"})).await;
    let booking = json!({"crossing": "a", "afterMillis": 1_000, "announcements": 50_000});
    server.post("/ferry/crossings", booking).await;
    let advancing = tokio::spawn({
        let request = server.client.post(server.url("/__admin/sessions/default/clock/advance"));
        request.body(json!({"by": "PT1M"}).to_string()).send()
    });
    server.until("/__admin/sessions/b/clock", |_| true).await;
    for _ in 0..5 {
        server.get("/__admin/sessions/b").await;
    }
    assert!(!advancing.is_finished(), "the advance was not long enough to say anything");
    // A call of the session itself comes when its clock has arrived.
    let clock = server.get("/__admin/sessions/default/clock").await;
    assert_eq!(clock["now"], "2021-01-08T22:04:09.598Z");
    assert_eq!(advancing.await.unwrap().unwrap().status(), 200);
    server.stop().await;
}

#[tokio::test]
#[cfg(target_os = "linux")]
async fn a_process_that_holds_too_much_takes_nothing_on_and_still_answers() {
    let server = start(&[("memory", "64MiB")]).await;
    let token = "none";
    let held = vec![1_u8; 96 * 1024 * 1024];
    server
        .until("/__admin/health", |health| health["limits"]["memory"]["used"].as_u64() > Some(67_108_864))
        .await;
    for (path, body) in [
        (SESSIONS, json!({"name": "a"})),
        ("/__admin/sessions/default/fork", json!({"name": "a"})),
        ("/ferry/crossings", json!({"crossing": "a"})),
    ] {
        let (status, limit, retry, body) = refused(&server, "POST", path, body).await;
        assert_eq!((status, limit.as_str(), retry.as_str()), (503, "memory", "1"), "{path}: {body}");
        assert!(
            body["error"].as_str().unwrap().contains("the limit `memory` is reached: 67108864"),
            "{body}"
        );
    }
    assert_eq!(server.call("GET", "/carrier/claims/order-types", token, &Value::Null).await.0, 401);
    // What is not needed is given back.
    let journal = "/__admin/sessions/default/journal?limit=1";
    for _ in 0..200 {
        server.call("GET", "/carrier/claims", "x", &Value::Null).await;
    }
    assert_eq!(refused(&server, "POST", SESSIONS, json!({"name": "a"})).await.0, 503);
    let shown = server.until(journal, |journal| journal["dropped"].as_u64() > Some(0)).await;
    assert!(shown["counters"]["calls"].as_u64() > Some(200));
    server.post("/__admin/sessions/default/reset", Value::Null).await;
    drop(held);
    server.stop().await;
}

#[tokio::test]
async fn a_long_body_is_answered_and_recorded_as_a_short_one_is() {
    let server = start(&[]).await;
    let credentials = json!({"clientId": "carrier-test", "secret": "carrier-test-secret"}).to_string();
    let mut replies = Vec::new();
    for padding in [0, 20_000] {
        let request = server.client.post(server.url("/carrier/oauth/token"));
        let body = format!("{credentials}{}", " ".repeat(padding));
        let sent = request.header("content-type", "application/json").body(body).send().await.unwrap();
        let headers = ["x-estoppel-operation", "content-type"].map(|name| sent.headers()[name].clone());
        replies.push((sent.status().as_u16(), headers));
    }
    assert_eq!(replies[0].0, 200);
    assert_eq!(replies[0], replies[1]);
    let journal = server.get("/__admin/sessions/default/journal").await;
    let outcomes: Vec<_> =
        journal["entries"].as_array().unwrap().iter().map(|entry| &entry["verdict"]).collect();
    assert_eq!(outcomes.len(), 2);
    assert_eq!(outcomes[0], outcomes[1]);
    server.stop().await;
}
