//! What comes over the wire in odd shapes.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::server::Server;

/// Sends bytes as they are, half-closes, and gives back whatever comes.
pub(crate) async fn exchange(server: &Server, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    // The server may answer and close before it has read all of a hopeless request.
    drop(stream.write_all(bytes).await);
    drop(stream.shutdown().await);
    let mut reply = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut reply)).await;
    drop(read.expect("the server ends a half-closed connection"));
    String::from_utf8_lossy(&reply).into_owned()
}

pub(crate) fn status(reply: &str) -> &str {
    reply.split(' ').nth(1).unwrap_or(reply)
}

#[tokio::test]
async fn odd_requests_get_an_answer_and_leave_the_session_unharmed() {
    let server = Server::start().await;
    let token = server.token("").await;
    let head = |method: &str, path: &str, more: &str| {
        format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {token}\r\n{more}\r\n"
        )
    };
    let json = "content-type: application/json\r\n";
    let chunked = format!("{json}transfer-encoding: chunked\r\n");
    let headers = "x-bomb: 1\r\n".repeat(5_000);
    let nested = "[".repeat(100_000);
    for (request, expected) in [
        (head("GET", "/carrier/claims/order-types", ""), "200"),
        (head("GET", "/carrier/claims/%FF%FE", ""), "400"),
        (head("GET", "/carrier/claims?vin=%FF", ""), "400"),
        (head("GET", "/carrier/activities?pageSize=501", ""), "400"),
        (head("GET", "/carrier/activities?pageSize=-1&pageSize=2", ""), "400"),
        (head("GET", "//carrier//claims", ""), "404"),
        (head("GET", "/carrier", ""), "404"),
        (head("GET", "/sessions/none/carrier/claims", ""), "404"),
        (head("GET", "/carrier/claims/order-types", &headers), "431"),
        (head("PATCH", "/carrier/claims", ""), "405"),
        (head("HEAD", "/carrier/claims/order-types", ""), "200"),
        (head("POST", "/carrier/claims", &format!("{chunked}\r\n2\r\n{{}}\r\n0\r\n")), "400"),
        (head("POST", "/carrier/claims", &format!("{chunked}\r\nzz\r\n")), "400"),
        (head("POST", "/carrier/claims", &format!("{json}content-length: 100\r\n\r\n{{")), "400"),
        (head("POST", "/carrier/claims", &format!("{json}content-length: 2\r\n")) + "\u{1}{", "400"),
        (
            head("POST", "/carrier/claims", &format!("{json}content-length: {}\r\n", nested.len())) + &nested,
            "400",
        ),
        ("\u{0}\u{1}garbage\r\n\r\n".to_owned(), "400"),
    ] {
        let reply = exchange(&server, request.as_bytes()).await;
        let shown: String = request.lines().next().unwrap_or_default().chars().take(80).collect();
        assert_eq!(status(&reply), expected, "{shown}: {reply}");
    }
    let (status, _) = server.call("GET", "/carrier/claims/order-types", &token, &Value::Null).await;
    assert_eq!(status, 200);
    server.stop().await;
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_whatever_its_framing() {
    let server = Server::start().await;
    let token = server.token("").await;
    let body = "x".repeat(20_000_000);
    let request = server
        .client
        .post(server.url("/carrier/claims"))
        .bearer_auth(&token)
        .header("content-type", "application/json")
        .body(body);
    assert_eq!(request.send().await.unwrap().status(), 413);
    server.stop().await;
}

#[tokio::test]
async fn http_2_without_tls_and_the_vendors_hosts_are_served() {
    let server = Server::start().await;
    let token = server.token("").await;
    let client = reqwest::Client::builder().http2_prior_knowledge().no_proxy().build().unwrap();
    let url = server.url("/carrier/claims/order-types");
    let response = client.get(url).bearer_auth(&token).send().await.unwrap();
    assert_eq!((response.status().as_u16(), response.version()), (200, reqwest::Version::HTTP_2));
    for host in ["xapi.lossexpress.com", "EXAPI.lossexpress.com:443"] {
        let request = format!(
            "GET /claims/order-types HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\r\n"
        );
        assert_eq!(status(&exchange(&server, request.as_bytes()).await), "200");
    }
    server.stop().await;
}

#[tokio::test]
async fn replies_say_operation_basis_source_and_the_sessions_date() {
    let server = Server::start().await;
    let token = server.token("").await;
    let response = server
        .client
        .post(server.url("/carrier/oauth/token"))
        .bearer_auth(&token)
        .header("content-type", "application/json")
        .body(json!({"clientId": "carrier-test", "secret": "wrong", "more": 1}).to_string())
        .send()
        .await
        .unwrap();
    let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!(response.status(), 401);
    assert_eq!(header("x-estoppel-operation").unwrap(), "issueToken");
    assert_eq!(header("x-estoppel-basis").unwrap(), "ruled");
    assert_eq!(header("x-estoppel-source").unwrap(), "R11");
    assert_eq!(header("date").unwrap(), "Fri, 08 Jan 2021 22:03:09 GMT");
    server.stop().await;
}
