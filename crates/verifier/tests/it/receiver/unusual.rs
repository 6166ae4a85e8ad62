//! Receivers that are not there, hang, or break the protocol below the deliveries.

use std::{net::SocketAddr, time::Duration};

use estoppel_replay_server::{Receiver, ReceiverReply};
use estoppel_verifier::{ReceiverError, ReceiverOptions, Rule, verify_receiver};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::{KEY, broken, correct, harbor, options, verify};

const LOCAL: ([u8; 4], u16) = ([127, 0, 0, 1], 0);

/// A server that does this with each connection.
async fn serve<F>(serve: fn(TcpStream) -> F) -> String
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind(SocketAddr::from(LOCAL)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    url
}

#[tokio::test]
async fn no_receiver_is_an_error_and_no_report() {
    let closed = std::net::TcpListener::bind(SocketAddr::from(LOCAL)).unwrap();
    let url = format!("http://{}/hooks", closed.local_addr().unwrap());
    drop(closed);
    let error = verify_receiver(&harbor::signed(), &options(&url), |_| {}).await.unwrap_err();
    assert!(
        matches!(&error, ReceiverError::Unreachable { reason, .. } if reason.contains("refused")),
        "{error}"
    );
}

#[tokio::test]
async fn what_cannot_be_verified_is_told() {
    let error = |contract, options: ReceiverOptions| async move {
        verify_receiver(&contract, &options, |_| {}).await.unwrap_err().to_string()
    };
    for url in ["", "127.0.0.1:9000", "ftp://127.0.0.1", "http://"] {
        let said = error(harbor::signed(), options(url)).await;
        assert!(said.ends_with("expected http:// or https:// and a host"), "{said}");
    }
    let url = "http://127.0.0.1:1";
    assert_eq!(error(harbor::silent(), options(url)).await, "`harbor` sends no webhooks");
    let unknown = ReceiverOptions { webhook: Some("sunk".to_owned()), ..options(url) };
    assert_eq!(error(harbor::signed(), unknown).await, "unknown webhook `sunk`: expected one of saleEnded");
    let headers = vec![("x-a".to_owned(), "secret\n".to_owned())];
    let said = error(harbor::signed(), ReceiverOptions { headers, ..options(url) }).await;
    assert!(said.contains("`x-a`") && !said.contains("secret"), "{said}");
    assert!(!format!("{:?}", options(url)).contains(KEY));
}

#[tokio::test]
async fn one_that_hangs() {
    let hang = |_: &_| ReceiverReply { delay: Duration::from_mins(1), ..ReceiverReply::status(200) };
    let receiver = Receiver::bind(SocketAddr::from(LOCAL), hang).unwrap();
    let quick = ReceiverOptions { timeout: Duration::from_millis(80), ..options(&receiver.url()) };
    let report = verify_receiver(&harbor::signed(), &quick, |_| {}).await.unwrap();
    assert_eq!(broken(&report), [Rule::DeliveryTimeout].into());
    assert_eq!(report.failures[0].actual, "no answer within 80 ms");
    assert!(!report.is_clean() && report.requests_sent == 1);
}

#[tokio::test]
async fn one_that_closes_the_connection() {
    let url = serve(|mut stream| async move {
        let mut read = [0; 1024];
        drop(stream.read(&mut read).await);
    })
    .await;
    let report = verify(&harbor::signed(), &url).await;
    assert_eq!(broken(&report), [Rule::DeliveryUnanswered].into());
}

#[tokio::test]
async fn one_that_answers_before_it_has_read() {
    // It reads the head, answers, and then reads the rest: so it knows nothing about the body.
    let url = serve(|mut stream| async move {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read_u8().await {
                Ok(byte) => head.push(byte),
                Err(_) => return,
            }
        }
        let status: &[u8] = if head.starts_with(b"POST") { b"200 OK" } else { b"405 No" };
        let reply = [b"HTTP/1.1 ", status, b"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"].concat();
        drop(stream.write_all(&reply).await);
        drop(tokio::io::copy(&mut stream, &mut tokio::io::sink()).await);
    })
    .await;
    let report = verify(&harbor::unsigned(), &url).await;
    assert_eq!(broken(&report), [Rule::DeliveryEarly, Rule::DeliveryMalformed].into());
}

#[tokio::test]
async fn one_that_leaves_bodies_unread_on_its_connection() {
    // The body of a refused request is taken for the beginning of the next one.
    let url = serve(|mut stream| async move {
        loop {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                match stream.read_u8().await {
                    Ok(byte) => head.push(byte),
                    Err(_) => return,
                }
            }
            let head = String::from_utf8_lossy(&head).to_lowercase();
            let length = head.split("content-length: ").nth(1).and_then(|rest| rest.split('\r').next());
            let length: usize = length.and_then(|length| length.parse().ok()).unwrap_or_default();
            let is_short = length < 8;
            let mut status = "400 No";
            if !is_short && head.starts_with("post") {
                let mut body = vec![0; length];
                if stream.read_exact(&mut body).await.is_err() {
                    return;
                }
                let is_object =
                    serde_json::from_slice::<serde_json::Value>(&body).is_ok_and(|body| body.is_object());
                status = if is_object { "200 OK" } else { "400 No" };
            }
            let reply = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
            if stream.write_all(reply.as_bytes()).await.is_err() {
                return;
            }
        }
    })
    .await;
    let report = verify(&harbor::unsigned(), &url).await;
    assert_eq!(broken(&report), [Rule::DeliveryConnection].into());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_that_serves_one_delivery_at_a_time() {
    static BUSY: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let receiver = Receiver::bind(SocketAddr::from(LOCAL), |request| {
        let Ok(_busy) = BUSY.try_lock() else { return ReceiverReply::status(503) };
        std::thread::sleep(Duration::from_millis(20));
        ReceiverReply::status(correct(request))
    });
    let report = verify(&harbor::signed(), &receiver.unwrap().url()).await;
    assert_eq!(broken(&report), [Rule::DeliveryConcurrent].into());
}

#[tokio::test]
async fn one_that_goes_away_in_between() {
    let listener = TcpListener::bind(SocketAddr::from(LOCAL)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        for _ in 0..5 {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut read = [0; 16_384];
            let mut length = 0;
            // A delivery is here when its last member is.
            while !read[..length].ends_with(b"}") {
                length += stream.read(&mut read[length..]).await.unwrap();
            }
            let reply = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            stream.write_all(reply).await.unwrap();
        }
    });
    let report = verify(&harbor::unsigned(), &url).await;
    assert_eq!(broken(&report), [Rule::DeliveryUnanswered].into());
    assert_eq!(report.failures.len(), 3, "then it is given up");
    assert_eq!(report.requests_sent, 8);
    let skipped = report.not_run.iter().find(|skipped| skipped.rule == Rule::DeliveryMalformed).unwrap();
    assert_eq!(skipped.reason, "the receiver no longer takes connections");
}
