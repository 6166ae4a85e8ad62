//! Sessions, clocks and journals through the controls.

use serde_json::{Value, json};

use crate::server::{START, Server};

#[tokio::test]
async fn sessions_are_isolated_forked_reset_and_deleted() {
    let server = Server::start().await;
    let admin = |path: &str| format!("/__admin/sessions{path}");
    let (status, made) =
        server.call("POST", &admin(""), "", &json!({"name": "a", "seed": 9, "clock": START})).await;
    assert_eq!((status, &made["seed"], &made["clock"]), (201, &json!(9), &json!("frozen")), "{made}");
    assert_eq!(server.call("POST", &admin(""), "", &json!({"name": "a"})).await.0, 409);
    let token = server.token("/sessions/a").await;
    let path = "/sessions/a/carrier/claims/order-types";
    assert_eq!(server.call("GET", path, &token, &Value::Null).await.0, 200);
    assert_eq!(server.call("GET", "/carrier/claims/order-types", &token, &Value::Null).await.0, 401);
    assert_eq!(server.call("POST", &admin("/a/fork"), "", &json!({"name": "b"})).await.0, 201);
    assert_eq!(server.call("POST", &admin("/a/reset"), "", &Value::Null).await.0, 200);
    assert_eq!(server.call("GET", path, &token, &Value::Null).await.0, 401);
    let forked = "/sessions/b/carrier/claims/order-types";
    assert_eq!(server.call("GET", forked, &token, &Value::Null).await.0, 200);
    assert_eq!(server.call("DELETE", &admin("/b"), "", &Value::Null).await.0, 200);
    assert_eq!(server.call("GET", forked, &token, &Value::Null).await.0, 404);
    assert_eq!(server.call("DELETE", &admin("/default"), "", &Value::Null).await.0, 409);
    let names = server.call("GET", &admin(""), "", &Value::Null).await.1;
    assert_eq!(names["sessions"].as_array().unwrap().len(), 2, "{names}");
    server.stop().await;
}

#[tokio::test]
async fn bad_controls_get_a_reason() {
    let server = Server::start().await;
    let check = async |method: &str, path: &str, body: Value, status: u16, part: &str| {
        let (actual, reply) = server.call(method, path, "", &body).await;
        assert!(
            actual == status && reply["error"].as_str().unwrap_or_default().contains(part),
            "{actual} {reply}"
        );
    };
    check("POST", "/__admin/sessions", json!({"name": "a/b"}), 400, "`name` does not fit").await;
    check("POST", "/__admin/sessions", json!({"name": "a", "sed": 1}), 400, "unknown field `sed`").await;
    check("POST", "/__admin/sessions", json!({"name": "a", "clock": "now"}), 400, "neither `real` nor").await;
    let unknown = json!({"name": "a", "readings": {"page": "x"}});
    check("POST", "/__admin/sessions", unknown, 400, "unknown reading `page`").await;
    check("POST", "/__admin/sessions/none/reset", Value::Null, 404, "no such session").await;
    check("POST", "/__admin/sessions/default/clock/advance", json!({"by": "soon"}), 400, "ISO 8601").await;
    check("POST", "/__admin/sessions/default/clock/advance", json!({}), 400, "either `by` or `to`").await;
    check(
        "POST",
        "/__admin/sessions/default/clock/set",
        json!({"to": "2020-01-01T00:00:00Z"}),
        409,
        "only moves forward",
    )
    .await;
    check("GET", "/__admin/nothing", Value::Null, 404, "no control").await;
    check("PUT", "/__admin/health", Value::Null, 405, "other methods").await;
    server.stop().await;
}

#[tokio::test]
async fn advancing_the_clock_returns_what_it_fired() {
    let server = Server::start().await;
    let token = server.token("").await;
    let claim = json!({
        "accountNumber": "SECRET-77", "causeOfLoss": "Fire", "claimNumber": "EXAMPLE3", "dateOfLoss": "2020-10-20",
        "deductible": 400, "financeType": "Retail", "insurerType": "First Party", "lenderName": "Test Lender",
        "odometer": 39993, "ownersName": "Test Owner", "ownersPhoneNumber": "+12223334444", "ownersRetained": false,
        "ownersStreetAddress": "12200 Test Avenue", "settlementAmount": 5553, "titleRemittanceAddress": "1000 Main",
        "vin": "1GCHC29U62E142306",
    });
    assert_eq!(server.call("POST", "/carrier/claims", &token, &claim).await.0, 201);
    let advance = "/__admin/sessions/default/clock/advance";
    let (status, moved) = server.call("POST", advance, "", &json!({"by": "PT15M"})).await;
    assert_eq!((status, &moved["now"]), (200, &json!("2021-01-08T22:18:09.598Z")));
    assert_eq!(moved["events"][0]["at"], "2021-01-08T22:03:10.598Z");
    assert_eq!(
        (&moved["events"][0]["api"], &moved["events"][0]["kind"]),
        (&json!("carrier"), &json!("call-made"))
    );
    let (status, year) = server.call("POST", advance, "", &json!({"by": "P1Y"})).await;
    assert_eq!((status, &year["now"]), (200, &json!("2022-01-08T22:18:09.598Z")));
    server.stop().await;
}

#[tokio::test]
async fn the_journal_names_the_nearest_operation_and_hides_secrets() {
    let server = Server::start().await;
    let token = server.token("").await;
    server.call("GET", "/carrier/claim/order-types?access_token=HUSH", &token, &Value::Null).await;
    let journal = server.call("GET", "/__admin/sessions/default/journal", "", &Value::Null).await.1;
    let text = journal.to_string();
    assert!(!text.contains(&token) && !text.contains("carrier-test-secret"), "{text}");
    assert!(!text.contains("HUSH"), "{text}");
    assert_eq!(journal["entries"][1]["nearest"][0], "GET /claims/order-types");
    assert_eq!((&journal["counters"]["calls"], &journal["breaches"]), (&json!(2), &json!(1)));
    let tally = server.sessions.tally();
    assert_eq!((tally.calls, tally.breaches, tally.kept[0].broke.as_str()), (2, 1, "unknown-route"));
    server.stop().await;
}

#[tokio::test]
async fn breaches_outlive_their_sessions() {
    let server = Server::start().await;
    for name in ["a", "b"] {
        assert_eq!(server.call("POST", "/__admin/sessions", "", &json!({"name": name})).await.0, 201);
        let path = format!("/sessions/{name}/carrier/nowhere");
        assert_eq!(server.call("GET", &path, "", &Value::Null).await.0, 404);
    }
    assert_eq!(server.call("DELETE", "/__admin/sessions/a", "", &Value::Null).await.0, 200);
    assert_eq!(server.call("POST", "/__admin/sessions/b/reset", "", &Value::Null).await.0, 200);
    assert_eq!(server.call("POST", "/__admin/sessions/b/fork", "", &json!({"name": "c"})).await.0, 201);
    assert_eq!(server.call("GET", "/sessions/none/carrier/claims", "", &Value::Null).await.0, 404);
    let tally = server.sessions.tally();
    assert_eq!((tally.calls, tally.breaches, tally.kept.len()), (3, 3, 3));
    server.stop().await;
}

#[tokio::test]
async fn a_fork_says_its_own_urls() {
    let server = Server::start().await;
    let token = server.token("").await;
    assert_eq!(server.call("POST", "/__admin/sessions/default/fork", "", &json!({"name": "f"})).await.0, 201);
    let page = server.call("GET", "/sessions/f/carrier/activities", &token, &Value::Null).await.1;
    let url = page["requestUrl"].as_str().unwrap();
    assert!(url.starts_with(&server.url("/sessions/f/carrier/activities?")), "{url}");
    server.stop().await;
}
