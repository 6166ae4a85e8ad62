//! Responses that are sent before the body is read reach ordinary clients.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    connections::{connect, read_response, read_to_end},
    framing::status,
    server::{Server, options},
};

/// How a client frames a body.
#[derive(Clone, Copy, Debug)]
enum Framing {
    Length,
    Chunked,
}

/// Writes head and body one after the other, as ordinary clients do, and reads the response.
async fn post(server: &Server, path: &str, headers: &str, framing: Framing, bytes: usize) -> String {
    let mut stream = connect(server).await;
    let (header, before, after) = match framing {
        Framing::Length => (format!("content-length: {bytes}"), String::new(), ""),
        Framing::Chunked => {
            ("transfer-encoding: chunked".to_owned(), format!("{bytes:x}\r\n"), "\r\n0\r\n\r\n")
        }
    };
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n{headers}{header}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.expect("the head is taken");
    tokio::task::yield_now().await;
    let body = [before.as_bytes(), &vec![b'x'; bytes], after.as_bytes()].concat();
    for part in body.chunks(64 * 1024) {
        stream.write_all(part).await.expect("the body is taken");
    }
    let mut response = Vec::new();
    let mut buffer = [0; 4096];
    // Until the response is whole or the server closes; a reset is an error.
    loop {
        let count = stream.read(&mut buffer).await.expect("no reset");
        response.extend_from_slice(&buffer[..count]);
        if count == 0 || response.ends_with(b"}") {
            break String::from_utf8(response).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_writes_head_and_body_apart_never_sees_a_reset() {
    let server = Server::start().await;
    let rounds = [(1, 100), (300, 100), (10_000, 20), (70_000, 20), (1_000_000, 5)];
    for framing in [Framing::Length, Framing::Chunked] {
        for (bytes, rounds) in rounds {
            for _ in 0..rounds {
                for (path, headers, expected) in [
                    ("/sessions/none/carrier/claims", "", "404"),
                    ("/nothing", "", "404"),
                    ("/carrier/claims", "authorization: Bearer wrong\r\n", "401"),
                    ("/carrier/nothing", "", "404"),
                    ("/__admin/nothing", "", "404"),
                ] {
                    let response = post(&server, path, headers, framing, bytes).await;
                    assert_eq!(status(&response), expected, "{framing:?} {bytes} {path}: {response}");
                }
            }
        }
        let response = post(&server, "/carrier/oauth/token", "", framing, 12_000_000).await;
        assert_eq!(status(&response), "413", "{framing:?}: {response}");
    }
    server.stop().await;
}

#[tokio::test]
async fn what_the_head_decides_is_answered_without_the_body() {
    let server = Server::start().await;
    for (path, more, expected) in [
        ("/carrier/claims", "content-length: 1000000\r\n", "401"),
        ("/carrier/claims", "content-length: 10\r\n", "401"),
        ("/carrier/claims", "transfer-encoding: chunked\r\n", "401"),
        ("/carrier/nothing", "content-length: 1000000\r\n", "404"),
        ("/carrier/oauth/token", "content-length: 1000000000\r\n", "413"),
        ("/sessions/none/carrier/claims", "content-length: 1000000\r\n", "404"),
        ("/__admin/sessions", "content-length: 1000000000\r\n", "413"),
        ("/carrier/claims", "expect: 100-continue\r\ncontent-length: 10\r\n", "401"),
        ("/sessions/none/carrier/claims", "expect: 100-continue\r\ncontent-length: 10\r\n", "404"),
    ] {
        let mut stream = connect(&server).await;
        let head = format!("POST {path} HTTP/1.1\r\nhost: localhost\r\n{more}\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let response = read_to_end_after_shutdown(&mut stream).await;
        assert_eq!(status(&response), expected, "{path} {more}: {response}");
        assert!(response.contains("connection: close"), "{path} {more}: {response}");
    }
    server.stop().await;
}

/// Reads the response, then ends the connection as a client does that needs no more of it.
async fn read_to_end_after_shutdown(stream: &mut TcpStream) -> String {
    let response = read_response(stream).await;
    drop(stream.shutdown().await);
    response + &read_to_end(stream).await
}

#[tokio::test]
async fn a_client_that_expects_100_continue_gets_it_where_its_body_is_wanted() {
    let server = Server::start().await;
    let mut stream = connect(&server).await;
    let body = r#"{"clientId":"carrier-test","secret":"carrier-test-secret"}"#;
    let head = format!(
        "POST /carrier/oauth/token HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         expect: 100-continue\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    assert_eq!(read_response(&mut stream).await, "HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(body.as_bytes()).await.unwrap();
    assert_eq!(status(&read_response(&mut stream).await), "200");
    server.stop().await;
}

#[tokio::test]
async fn a_refused_call_with_a_short_body_keeps_its_connection_and_its_journal_entry() {
    let server = Server::start_with(options()).await;
    let mut stream = connect(&server).await;
    for _ in 0..3 {
        let head = "POST /carrier/claims HTTP/1.1\r\nhost: localhost\r\ncontent-length: 7\r\n\r\n";
        stream.write_all(head.as_bytes()).await.unwrap();
        tokio::task::yield_now().await;
        stream.write_all(b"{\"a\":1}").await.unwrap();
        let response = read_response(&mut stream).await;
        assert_eq!(status(&response), "401");
        assert!(!response.contains("connection: close"), "{response}");
    }
    let journal = server.get("/__admin/sessions/default/journal").await;
    assert_eq!(journal["entries"].as_array().unwrap().len(), 3, "{journal}");
    server.stop().await;
}

#[tokio::test]
async fn a_half_closed_client_gets_its_response() {
    let server = Server::start().await;
    for (request, expected) in [
        ("GET /__admin/health HTTP/1.1\r\nhost: localhost\r\n\r\n", "200"),
        ("GET /carrier/claims HTTP/1.1\r\nhost: localhost\r\n\r\n", "401"),
        ("POST /nothing HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\n\r\n{}", "404"),
        (
            "POST /__admin/sessions/default/clock/advance HTTP/1.1\r\nhost: localhost\r\ncontent-length: 13\r\n\r\n{\"by\":\"PT1S\"}",
            "200",
        ),
        ("POST /carrier/oauth/token HTTP/1.1\r\nhost: localhost\r\ncontent-length: 20\r\n\r\n{", "400"),
    ] {
        for _ in 0..20 {
            let mut stream = connect(&server).await;
            stream.write_all(request.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
            let response = read_to_end(&mut stream).await;
            assert_eq!(status(&response), expected, "{request}: {response}");
        }
    }
    server.stop().await;
}
