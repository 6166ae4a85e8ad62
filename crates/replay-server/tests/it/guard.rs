//! Who may use the admin API, in requests as browsers, tools and strangers send them.

use estoppel_replay_server::{AdminExposure, ReplayServer, ServerError, ServerOptions, Trust};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    framing::{exchange, status},
    server::{Server, options},
};

const TOKEN: &str = "correct-horse-battery";

fn with_token() -> Trust {
    Trust { admin_token: Some(TOKEN.parse().unwrap()), ..Trust::default() }
}

/// A request with these lines of headers and this body, which the server ends after.
fn request(line: &str, headers: &[&str], body: &str) -> Vec<u8> {
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    format!("{line} HTTP/1.1\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n{body}", body.len())
        .into_bytes()
}

async fn check(server: &Server, bytes: &[u8], expected: &str, part: &str) {
    let reply = exchange(server, bytes).await;
    let shown = String::from_utf8_lossy(bytes);
    assert!(status(&reply).starts_with(expected) && reply.contains(part), "{shown}\n{reply}");
    assert!(!reply.to_ascii_lowercase().contains("access-control"), "no page reads across: {reply}");
    if expected.len() == 3 && expected.starts_with('4') {
        let body = reply.split("\r\n\r\n").nth(1).unwrap();
        let body: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {reply}"));
        assert!(body["error"].is_string() && body["help"].is_string(), "{body}");
    }
}

/// How many sessions there are.
async fn sessions(server: &Server) -> usize {
    server.get("/__admin/sessions").await["sessions"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_web_page_does_not_control_the_sandbox() {
    let server = Server::start().await;
    let own = format!("host: {}", server.address);
    let own_origin = format!("origin: http://{}", server.address);
    let create = r#"{"name":"page"}"#;
    let (json, form) = ("content-type: application/json", "content-type: application/x-www-form-urlencoded");
    let post = "POST /__admin/sessions";
    for hostile in ["origin: https://evil.example", "origin: null", "origin: http://localhost:3000"] {
        for kind in [json, form, "content-type: text/plain"] {
            check(&server, &request(post, &[&own, hostile, kind], create), "403", "another origin").await;
        }
        check(&server, &request("GET /__admin/sessions", &[&own, hostile], ""), "403", "origin").await;
        check(&server, &request("DELETE /__admin/sessions/x", &[&own, hostile], ""), "403", "origin").await;
    }
    let preflight = [&*own, "origin: https://evil.example", "access-control-request-method: POST"];
    check(&server, &request("OPTIONS /__admin/sessions", &preflight, ""), "403", "origin").await;
    let vendor = [&*own, "origin: https://evil.example"];
    check(&server, &request("OPTIONS /carrier/claims", &vendor, ""), "4", "").await;
    for site in ["cross-site", "same-site", "none"] {
        let site = format!("sec-fetch-site: {site}");
        check(&server, &request(post, &[&own, &site, json], create), "403", "another site").await;
    }
    for host in
        ["evil.example", "evil.example:8080", "localhost.evil.example", "xapi.lossexpress.com", "0.0.0.0"]
    {
        let host = format!("host: {host}");
        check(&server, &request(post, &[&host, json], create), "403", "--allow-host").await;
        check(&server, &request("GET /__admin/health", &[&host], ""), "403", "--allow-host").await;
    }
    let absolute = "POST http://evil.example/__admin/sessions";
    check(&server, &request(absolute, &[&own, json], create), "403", "--allow-host").await;
    check(&server, &request(post, &[&own, &own_origin, form], create), "415", "application/json").await;
    assert_eq!(sessions(&server).await, 1);
    check(&server, &request(post, &[&own, &own_origin, json], create), "201", "page").await;
    // As in the README, and as an old form would.
    check(&server, &request(post, &["host: LOCALHOST.:1", form], r#"{"name":"tool"}"#), "201", "tool").await;
    assert_eq!(sessions(&server).await, 3);
    server.stop().await;
}

#[tokio::test]
async fn no_read_changes_anything() {
    let server = Server::start().await;
    let before = server.get("/__admin/sessions/default/journal").await;
    let own = format!("host: {}", server.address);
    let override_method = "x-http-method-override: DELETE";
    for (line, expected) in [
        ("GET /__admin/sessions/default/reset", "405"),
        ("GET /__admin/sessions/default/clock/advance?by=PT1H", "405"),
        ("GET /__admin/sessions/default/ferry/settings/sending", "4"),
        ("GET /__admin/sessions/default", "200"),
        ("HEAD /__admin/sessions/default", "200"),
        ("GET /__admin/sessions/default/webhooks/deliveries", "200"),
    ] {
        let reply = exchange(&server, &request(line, &[&own, override_method], "")).await;
        assert!(status(&reply).starts_with(expected), "{line}: {reply}");
    }
    assert_eq!(server.get("/__admin/sessions/default/journal").await["entries"], before["entries"]);
    server.stop().await;
}

#[tokio::test]
async fn http_2_names_its_host_in_the_target() {
    let server = Server::start().await;
    let client = reqwest::Client::builder().http2_prior_knowledge().no_proxy().build().unwrap();
    let health = server.url("/__admin/health");
    assert_eq!(client.get(&health).send().await.unwrap().status(), 200);
    let page = client.get(&health).header("origin", "https://evil.example").send().await.unwrap();
    assert_eq!(page.status(), 403);
    server.stop().await;
}

#[tokio::test]
async fn a_token_opens_the_admin_api_and_nothing_else_does() {
    let server = Server::start_with(ServerOptions { trust: with_token(), ..options() }).await;
    let own = format!("host: {}", server.address);
    let get = "GET /__admin/sessions/default/journal";
    check(&server, &request(get, &[&own], ""), "401", "--admin-token").await;
    check(&server, &request(get, &[&own], ""), "401", "www-authenticate: Bearer").await;
    check(&server, &request(get, &[&own, "authorization: Bearer wrong"], ""), "401", "not the token").await;
    check(&server, &request("GET /__admin/health", &[&own], ""), "401", "token").await;
    let bearer = format!("authorization: bearer {TOKEN}");
    check(&server, &request(get, &[&own, &bearer], ""), "200", "entries").await;
    let header = format!("x-estoppel-admin-token: {TOKEN}");
    check(&server, &request(get, &[&own, &header], ""), "200", "entries").await;
    check(&server, &request(get, &[&own, &header, "origin: http://evil.example"], ""), "403", "origin").await;
    let set = "POST /__admin/sessions/default/ferry/settings/sending";
    let settings = r#"{"timeoutMillis":100}"#;
    check(&server, &request(set, &[&own, &bearer, &header], settings), "200", "100").await;
    let reply = exchange(&server, &request(get, &[&own, &bearer], "")).await;
    assert!(reply.contains("settings/sending") && !reply.contains("authorization"), "{reply}");
    assert_eq!(server.call("GET", "/carrier/claims/order-types", "x", &Value::Null).await.0, 401);
    server.stop().await;
}

#[tokio::test]
async fn a_listener_of_its_own_serves_the_admin_api_alone() {
    let trust = Trust { admin_listen: Some("127.0.0.1:0".parse().unwrap()), ..Trust::default() };
    let server = Server::start_with(ServerOptions { trust, ..options() }).await;
    let (status, reply) = server.call("GET", "/__admin/health", "", &Value::Null).await;
    assert_eq!((status, reply["help"].as_str().unwrap().contains("--admin-listen")), (404, true), "{reply}");
    let (status, _) = server.call("GET", "/carrier/claims/order-types", "x", &Value::Null).await;
    assert_eq!(status, 401);
    let at = |path: &str| format!("http://{}{path}", server.admin_address.unwrap());
    let health = server.client.get(at("/__admin/health")).send().await.unwrap();
    assert_eq!(health.status(), 200);
    let claims = server.client.get(at("/carrier/claims")).send().await.unwrap();
    assert_eq!(claims.status(), 404);
    server.stop().await;
}

#[tokio::test]
async fn a_server_that_anybody_could_control_does_not_start() {
    let start = async |listen: &str, trust: Trust| {
        let options = ServerOptions { listen: listen.parse().unwrap(), trust, ..options() };
        ReplayServer::bind(estoppel_catalog::apis(), options).await
    };
    let error = start("0.0.0.0:0", Trust::default()).await.unwrap_err();
    assert!(matches!(error, ServerError::Trust(_)), "{error}");
    let error = error.to_string();
    assert!(error.lines().count() == 1 && error.contains("--admin-token"), "{error}");
    assert!(start("0.0.0.0:0", with_token()).await.is_ok());
    let insecure = Trust { admin_exposure: AdminExposure::Insecure, ..Trust::default() };
    assert!(start("[::]:0", insecure).await.is_ok());
    let taken = Server::start().await;
    let trust = Trust { admin_listen: Some(taken.address), ..Trust::default() };
    let error = start("127.0.0.1:0", trust).await.unwrap_err().to_string();
    assert!(error.contains("cannot listen on") && error.contains("--admin-listen"), "{error}");
    taken.stop().await;
}

#[tokio::test]
async fn a_page_that_was_refused_gets_its_refusal_before_it_has_sent_its_body() {
    let server = Server::start().await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let head = "POST /__admin/sessions HTTP/1.1\r\nhost: evil.example\r\ncontent-length: 1000000\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).await.unwrap();
    assert_eq!(&start, b"HTTP/1.1 403");
    drop(stream);
    assert_eq!(server.get("/__admin/sessions").await["sessions"].as_array().unwrap().len(), 1);
    let created = server.post("/__admin/sessions", json!({"name": "a"})).await;
    assert_eq!(created["name"], "a");
    server.stop().await;
}
