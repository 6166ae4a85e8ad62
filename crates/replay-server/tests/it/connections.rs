//! Bounds of connections: how many, how slow, how much.

use std::time::Duration;

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::Instant,
};

use crate::{
    framing::status,
    server::{Server, limited},
};

const HEALTH: &[u8] = b"GET /__admin/health HTTP/1.1\r\nhost: localhost\r\n\r\n";

pub(crate) async fn connect(server: &Server) -> TcpStream {
    TcpStream::connect(server.address).await.unwrap()
}

/// Reads until the server closes; it has to within seconds.
pub(crate) async fn read_to_end(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut bytes)).await;
    drop(read.expect("the server closes the connection"));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Reads one response whose length is given.
pub(crate) async fn read_response(stream: &mut TcpStream) -> String {
    let reading = async {
        let mut text = String::new();
        loop {
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                    return text;
                }
            }
            let mut bytes = [0; 4096];
            let count = stream.read(&mut bytes).await.unwrap();
            assert!(count > 0, "closed after {text:?}");
            text += std::str::from_utf8(&bytes[..count]).unwrap();
        }
    };
    tokio::time::timeout(Duration::from_secs(20), reading).await.unwrap()
}

#[tokio::test]
async fn a_connection_beyond_the_limit_learns_why_and_finds_room_later() {
    let server = Server::start_with(limited(&[("connections", "2")])).await;
    let mut open = [connect(&server).await, connect(&server).await];
    for stream in &mut open {
        stream.write_all(HEALTH).await.unwrap();
        assert_eq!(status(&read_response(stream).await), "200");
    }
    for _ in 0..20 {
        let mut refused = connect(&server).await;
        drop(refused.write_all(HEALTH).await);
        let response = read_to_end(&mut refused).await;
        assert_eq!(status(&response), "503", "{response}");
        for part in
            ["retry-after: 1", "connection: close", "the limit `connections` is reached: 2", "--limit"]
        {
            assert!(response.contains(part), "{response}");
        }
    }
    drop(open);
    let mut response = String::new();
    while status(&response) != "200" {
        let mut stream = connect(&server).await;
        drop(stream.write_all(HEALTH).await);
        response = read_response(&mut stream).await;
    }
    server.stop().await;
}

#[tokio::test]
async fn slow_heads_bodies_and_idle_connections_end() {
    let times = [("header-timeout", "100ms"), ("idle-timeout", "150ms"), ("body-timeout", "100ms")];
    let server = Server::start_with(limited(&times)).await;
    let token = server.token("").await;
    let check = async |bytes: &[u8], expected: &str, part: &str| {
        let mut stream = connect(&server).await;
        let begin = Instant::now();
        stream.write_all(bytes).await.unwrap();
        let response = read_to_end(&mut stream).await;
        assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
        assert_eq!(status(&response), expected, "{response}");
        assert!(response.contains(part), "{response}");
    };
    check(b"", "", "").await;
    check(b"G", "408", "the limit `header-timeout` is reached: 100").await;
    check(b"GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: ", "408", "header-timeout").await;
    check(b"PRI * HTTP/2.0\r\n\r\nSM", "", "").await;
    check(HEALTH, "200", "\"status\":\"ok\"").await;
    let slow = format!(
        "POST /carrier/claims HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\ncontent-length: 100\r\n\r\n{{"
    );
    check(slow.as_bytes(), "408", "the limit `body-timeout` is reached: 100").await;
    let slow = b"POST /__admin/sessions HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{";
    check(slow, "408", "the limit `body-timeout` is reached").await;
    server.stop().await;
}

#[tokio::test]
async fn a_client_that_trickles_its_head_is_not_kept_alive_by_that() {
    let server = Server::start_with(limited(&[("header-timeout", "100ms")])).await;
    let stream = connect(&server).await;
    let (mut reading, mut writing) = stream.into_split();
    let trickle = async {
        loop {
            if writing.write_all(b"x").await.is_err() {
                std::future::pending::<()>().await;
            }
            tokio::task::yield_now().await;
        }
    };
    let mut response = Vec::new();
    let read = async { drop(reading.read_to_end(&mut response).await) };
    let race = async {
        tokio::select! {
            () = read => {}
            () = trickle => {}
        }
    };
    tokio::time::timeout(Duration::from_secs(10), race).await.expect("the connection ends");
    server.stop().await;
}

#[tokio::test]
async fn a_client_that_does_not_read_loses_its_connection() {
    let server = Server::start_with(limited(&[("write-timeout", "100ms"), ("connections", "1")])).await;
    let mut stream = connect(&server).await;
    // More responses than the buffers of both sides hold, and nobody reads them.
    let requests = b"GET /__admin/openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(2_000);
    let writing = async { while stream.write_all(&requests).await.is_ok() {} };
    tokio::time::timeout(Duration::from_secs(20), writing).await.expect("the connection is reset");
    // Its place is free again.
    let mut response = String::new();
    while status(&response) != "200" {
        let mut next = connect(&server).await;
        drop(next.write_all(HEALTH).await);
        response = read_response(&mut next).await;
    }
    server.stop().await;
}

#[tokio::test]
async fn bodies_beyond_the_memory_for_them_are_refused_and_counted() {
    let server = Server::start_with(limited(&[("body-memory", "1MiB")])).await;
    let token = server.token("").await;
    let half = "x".repeat(700_000);
    let begin = async || {
        let mut stream = connect(&server).await;
        let head = format!(
            "POST /carrier/claims HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: 800000\r\n\r\n{half}"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream
    };
    let mut first = begin().await;
    server
        .until("/__admin/health", |health| {
            health["limits"]["body-memory"]["used"].as_u64().unwrap() >= 600_000
        })
        .await;
    let mut second = begin().await;
    let response = read_to_end(&mut second).await;
    assert_eq!(status(&response), "503", "{response}");
    assert!(response.contains("retry-after: 1") && response.contains("the limit `body-memory` is reached"));
    let rest = "x".repeat(100_000);
    first.write_all(rest.as_bytes()).await.unwrap();
    assert_eq!(status(&read_response(&mut first).await), "400");
    let health = server.until("/__admin/health", |health| health["limits"]["body-memory"]["used"] == 0).await;
    assert!(health["limits"]["connections"]["used"].as_u64().unwrap() >= 1, "{health}");
    server.stop().await;
}

#[tokio::test]
async fn heads_are_bounded_and_faulty_ones_get_400() {
    let server = Server::start_with(limited(&[("header-bytes", "8KiB")])).await;
    for (head, expected) in [
        (format!("GET / HTTP/1.1\r\nhost: localhost\r\nx: {}\r\n\r\n", "y".repeat(9_000)), "431"),
        (format!("GET /{} HTTP/1.1\r\nhost: localhost\r\n\r\n", "y".repeat(100_000)), "431"),
        (format!("GET / HTTP/1.1\r\nhost: localhost\r\n{}\r\n", "a: b\r\n".repeat(200)), "431"),
        (format!("GET / HTTP/1.1\r\nhost: localhost\r\nx: {}\r\n\r\n", "y".repeat(1_000_000)), "431"),
        ("GET / HTTP/9.9\r\n\r\n".to_owned(), "400"),
        ("GET / HTTP/1.1\r\nhost: localhost\r\nx y: z\r\n\r\n".to_owned(), "400"),
        ("\u{16}\u{3}\u{1}\u{2}\u{0}".to_owned(), "400"),
    ] {
        for _ in 0..10 {
            let mut stream = connect(&server).await;
            stream.write_all(head.as_bytes()).await.unwrap();
            let shown: String = head.chars().take(60).collect();
            assert_eq!(status(&read_to_end(&mut stream).await), expected, "{shown}");
        }
    }
    let (status, _) = server.call("GET", "/__admin/health", "", &Value::Null).await;
    assert_eq!(status, 200);
    server.stop().await;
}

#[tokio::test]
async fn an_http_2_connection_has_so_many_streams_and_a_share_of_the_memory() {
    let server = Server::start_with(limited(&[("streams", "4"), ("body-memory", "4MiB")])).await;
    let token = server.token("").await;
    let client = reqwest::Client::builder().http2_prior_knowledge().no_proxy().build().unwrap();
    let post = |bytes: usize| {
        let body = format!("{{\"x\": \"{}\"}}", "y".repeat(bytes));
        let request = client.post(server.url("/carrier/claims")).bearer_auth(&token);
        request.header("content-type", "application/json").body(body).send()
    };
    // One stream after the other, and many at once: the client waits for a free one.
    assert_eq!(post(800_000).await.unwrap().status(), 400);
    let response = post(1_200_000).await.unwrap();
    assert_eq!(response.status(), 503);
    assert!(response.text().await.unwrap().contains("body-memory"));
    let calls: Vec<_> = (0..32).map(|_| tokio::spawn(post(1_000))).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().status(), 400);
    }
    server.stop().await;
}
