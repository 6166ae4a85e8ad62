//! The controls as a whole, those of APIs, and the hosts and base paths of APIs.

use serde_json::{Value, json};

use crate::server::Server;

#[tokio::test]
async fn every_control_that_is_described_is_served_and_says_what_it_promises() {
    let server = Server::start().await;
    server.post("/__admin/sessions", json!({"name": "a"})).await;
    let document = server.get("/__admin/openapi.json").await;
    assert_eq!(document["openapi"], "3.1.0");
    let mut ids = std::collections::BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let real = path.replace("{session}", "a").replace("{api}", "ferry").replace("{id}", "1");
        let real = real.replace("{path}", "settings/sending");
        for (method, operation) in item.as_object().unwrap().iter().filter(|(name, _)| *name != "parameters")
        {
            assert!(ids.insert(operation["operationId"].to_string()), "{path}");
            assert!(!operation["summary"].as_str().unwrap().is_empty(), "{path}");
            if method == "delete" && path.ends_with("{session}") {
                continue;
            }
            let (status, reply) = server.call(&method.to_uppercase(), &real, "", &Value::Null).await;
            assert!(status != 405 || path.ends_with("{path}"), "{method} {path}");
            assert_ne!(reply["error"], "no control has this path", "{method} {path}");
            if let Some(promised) = operation["responses"].get(status.to_string()) {
                let schema = &promised["content"]["application/json"]["schema"];
                for member in schema["required"].as_array().unwrap() {
                    assert!(reply.get(member.as_str().unwrap()).is_some(), "{method} {path}: {member}");
                }
            } else {
                assert!(reply["error"].is_string() && reply["help"].is_string(), "{method} {path}: {reply}");
            }
            assert_ne!(server.call("PATCH", &real, "", &Value::Null).await.0, 200, "{path}");
        }
    }
    let text = document.to_string();
    assert!(ids.len() > 20 && !text.contains("$defs"), "{text}");
    server.stop().await;
}

#[tokio::test]
async fn controls_of_an_api_are_listed_called_and_kept_in_the_journal() {
    let server = Server::start().await;
    let listed = server.get("/__admin/sessions/default/ferry").await;
    let path = "/__admin/sessions/default/ferry/settings/sending";
    let control = &listed["controls"][0];
    assert_eq!((&control["method"], &control["path"]), (&json!("POST"), &json!(path)));
    assert_eq!(control["summary"], "Does it.");
    let model = &control["body"]["$defs"]["Settings"];
    assert_eq!(model["required"], json!(["timeoutMillis", "retries"]), "what it takes is told");
    assert_eq!(server.post(path, json!({"timeoutMillis": 5})).await["timeoutMillis"], 5);
    for (path, body, status, part) in [
        (path, json!({"timeoutMillis": "x"}), 400, "timeoutMillis"),
        (path, json!({"timeoutMillis": 0}), 409, "aground"),
        ("/__admin/sessions/default/ferry/crossings", json!({"crossing": "a"}), 404, "Not found"),
        ("/__admin/sessions/default/raft/settings", json!({}), 404, "no control"),
        ("/__admin/sessions/none/ferry/settings", json!({}), 404, "no such session"),
        (path, json!({"timeoutMillis": "x".repeat(2_000)}), 413, "too long"),
    ] {
        let (code, reply) = server.call("POST", path, "", &body).await;
        assert!(code == status && reply["error"].as_str().unwrap().contains(part), "{code} {reply}");
    }
    let journal = server.get("/__admin/sessions/default/journal").await;
    assert_eq!((&journal["entries"][0]["control"], &journal["counters"]["calls"]), (&json!(true), &json!(0)));
    assert_eq!(journal["breaches"], 0);
    server.stop().await;
}

#[tokio::test]
async fn odd_admin_requests_get_json_too() {
    let server = Server::start().await;
    let long = server.client.post(server.url("/__admin/sessions")).body("x".repeat(3_000_000));
    let reply = long.send().await.unwrap();
    assert_eq!(reply.status(), 413);
    let reply: Value = serde_json::from_slice(&reply.bytes().await.unwrap()).unwrap();
    assert_eq!(reply["error"], "the body is too long");
    for (method, path, status) in [
        ("GET", "/__admin/sessions/%FF", 400),
        ("GET", "/__admin/sessions/default/journal?limit=x", 400),
        ("GET", "/__admin/sessions/default/webhooks/deliveries?state=lost", 400),
        ("GET", "/__admin/sessions/default/webhooks/deliveries?stat=failed", 400),
        ("DELETE", "/__admin/sessions/default/webhooks/x", 400),
        ("DELETE", "/__admin/sessions/default/webhooks/99", 404),
        ("POST", "/__admin/sessions/default/webhooks/deliveries/99/redeliver", 404),
        ("GET", "/__admin/sessions/default/clock/advance", 405),
        ("GET", "/__admin", 404),
    ] {
        let (code, reply) = server.call(method, path, "", &Value::Null).await;
        assert!(code == status && reply["error"].is_string(), "{method} {path}: {code} {reply}");
    }
    let enable = "/__admin/sessions/default/webhooks/enable";
    assert_eq!(server.call("POST", enable, "", &json!({"api": "ferry"})).await.0, 409);
    server.stop().await;
}

#[tokio::test]
async fn hosts_and_base_paths_lead_to_the_api() {
    let server = Server::start().await;
    server.post("/__admin/sessions", json!({"name": "a"})).await;
    let booking = json!({"crossing": "a"});
    for (path, status) in [
        ("/ferry/crossings", 200),
        ("/ferry/public/api/1/crossings", 200),
        ("/ferry/public/api/1/crossings/", 200),
        ("/ferry/v1/crossings", 200),
        ("/ferry/v1/beta/crossings", 200),
        ("/ferry/public/api/10/crossings", 404),
        ("/ferry/public/api/1", 404),
        ("/sessions/a/ferry/public/api/1/crossings", 200),
        ("/sessions/a/ferry/crossings", 200),
        ("/sessions/a/public/api/1/crossings", 404),
        ("/public/api/1/crossings", 404),
    ] {
        assert_eq!(server.call("POST", path, "", &booking).await.0, status, "{path}");
    }
    for (target, host, status) in [
        ("/public/api/1/crossings", "ferry.example.com", "200"),
        ("/public/api/1/crossings", "FERRY.example.com:443", "200"),
        ("/v1/crossings", "staging.ferry.example.com", "200"),
        ("/v1/beta/crossings", "staging.ferry.example.com:8443", "200"),
        ("/v1/crossings", "ferry.example.com", "404"),
        ("/crossings", "ferry.example.com", "404"),
        ("http://ferry.example.com/public/api/1/crossings", "127.0.0.1", "200"),
        ("http://ferry.example.com:80/public/api/1/crossings", "other.example.com", "200"),
        ("http://127.0.0.1/ferry/crossings", "ferry.example.com", "200"),
        ("/__admin/health", "ferry.example.com", "403"),
        ("/__admin/health", "127.0.0.1", "405"),
    ] {
        let body = booking.to_string();
        let request = format!(
            "POST {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        let reply = crate::framing::exchange(&server, request.as_bytes()).await;
        assert_eq!(crate::framing::status(&reply), status, "{target} {host}: {reply}");
    }
    for (session, status) in [("a", "400"), ("default", "400"), ("none", "404")] {
        let request = format!(
            "GET /v1/crossings HTTP/1.1\r\nhost: staging.ferry.example.com\r\nconnection: close\r\n\
             x-estoppel-session: {session}\r\n\r\n"
        );
        let reply = crate::framing::exchange(&server, request.as_bytes()).await;
        assert_eq!(crate::framing::status(&reply), status, "{session}: {reply}");
    }
    server.stop().await;
}
