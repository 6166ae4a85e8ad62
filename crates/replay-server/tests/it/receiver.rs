//! The sender against receivers of every kind.

use std::{net::SocketAddr, time::Duration};

use bytes::Bytes;
use estoppel_replay_server::{ReceivedRequest, Receiver, ReceiverReply, Sender, TargetPolicy};
use estoppel_simulator::{AttemptOutcome, Parcel};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

pub(crate) fn anywhere() -> SocketAddr {
    "127.0.0.1:0".parse().unwrap()
}

pub(crate) fn parcel(url: &str) -> Parcel {
    Parcel {
        delivery: 1,
        endpoint: 0,
        url: url.to_owned(),
        headers: vec![("x-signature".to_owned(), "abc".to_owned())],
        body: Bytes::from_static(b"{\"a\":1}"),
        timeout: Duration::from_millis(300),
    }
}

/// A receiver that reads a request and then does as it likes; gives its address.
async fn rude<F>(act: impl Fn(TcpStream) -> F + Send + 'static) -> String
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind(anywhere()).await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = [0; 4096];
            drop(stream.read(&mut buffer).await);
            tokio::spawn(act(stream));
        }
    });
    url
}

#[tokio::test]
async fn a_receiver_gives_what_was_sent_to_the_byte() {
    let receiver = Receiver::bind(anywhere(), |request: &ReceivedRequest| {
        ReceiverReply::status(200 + u16::from(request.path == "/x?y=1"))
    })
    .unwrap();
    let sender = Sender::new(TargetPolicy::default());
    assert_eq!(sender.send(&parcel(&receiver.url())).await, AttemptOutcome::Status(200));
    assert_eq!(sender.send(&parcel(&format!("{}/x?y=1", receiver.url()))).await, AttemptOutcome::Status(201));
    let first = receiver.next().await.unwrap();
    assert_eq!(
        (first.method.as_str(), first.path.as_str(), &first.body[..]),
        ("POST", "/", &b"{\"a\":1}"[..])
    );
    assert_eq!(first.header("x-signature"), Some("abc"));
    assert!(!format!("{first:?}").contains("\"a\""), "{first:?}");
    assert_eq!(receiver.next().await.unwrap().path, "/x?y=1");
    assert_eq!((receiver.received(), receiver.lost()), (2, 0));
}

#[tokio::test]
async fn every_end_has_its_outcome() {
    let sender = Sender::new(TargetPolicy::default());
    let no_reply = |reason: &str| AttemptOutcome::NoReply(reason.to_owned());
    let check = async |url: &str, expected: AttemptOutcome| {
        let outcome = tokio::time::timeout(Duration::from_secs(10), sender.send(&parcel(url))).await.unwrap();
        assert_eq!(outcome, expected, "{url}");
    };
    let gone = Receiver::bind(anywhere(), |_: &ReceivedRequest| ReceiverReply::status(200)).unwrap();
    let url = gone.url();
    gone.run(async {}).await;
    while TcpStream::connect(url.trim_start_matches("http://")).await.is_ok() {
        tokio::task::yield_now().await;
    }
    check(&url, no_reply("connection refused")).await;
    let slow =
        |_: &ReceivedRequest| ReceiverReply { delay: Duration::from_hours(1), ..ReceiverReply::status(200) };
    let hangs = Receiver::bind(anywhere(), slow).unwrap();
    check(&hangs.url(), AttemptOutcome::TimedOut).await;
    let resets = rude(|stream: TcpStream| async move {
        stream.set_zero_linger().unwrap();
    });
    check(&resets.await, no_reply("connection reset")).await;
    let closes = rude(|stream: TcpStream| async move { drop(stream) });
    check(&closes.await, no_reply("the connection was closed")).await;
    let babbles =
        rude(|mut stream: TcpStream| async move { drop(stream.write_all(b"hello there\r\n\r\n").await) });
    check(&babbles.await, no_reply("the reply is no HTTP")).await;
    let elsewhere = hangs_at_once(b"HTTP/1.1 301 Moved\r\nlocation: /\r\ncontent-length: 0\r\n\r\n");
    check(&elsewhere.await, AttemptOutcome::Status(301)).await;
    let huge = hangs_at_once(b"HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\nxxx");
    check(&huge.await, AttemptOutcome::Status(200)).await;
    let endless = rude(|mut stream: TcpStream| async move {
        drop(stream.write_all(b"HTTP/1.1 500 No\r\ntransfer-encoding: chunked\r\n\r\n").await);
        while stream.write_all(b"4\r\nxxxx\r\n").await.is_ok() {}
    });
    check(&endless.await, AttemptOutcome::Status(500)).await;
    check("nothing", no_reply("the request cannot be written")).await;
    let plain = Receiver::bind(anywhere(), |_: &ReceivedRequest| ReceiverReply::status(200)).unwrap();
    check(&plain.url().replace("http:", "https:"), no_reply("TLS failed")).await;
}

/// A receiver that writes these bytes and keeps the connection.
async fn hangs_at_once(bytes: &'static [u8]) -> String {
    rude(move |mut stream: TcpStream| async move {
        drop(stream.write_all(bytes).await);
        tokio::time::sleep(Duration::from_hours(1)).await;
    })
    .await
}
