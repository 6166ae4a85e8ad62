//! How a server stops: what has begun is finished, and what cannot be is said.

use std::time::Duration;

use estoppel_replay_server::{GivenUp, ReceivedRequest, Receiver, ReceiverReply, ServerOptions};
use serde_json::json;
use tokio::{io::AsyncWriteExt, net::TcpStream, time::Instant};

use crate::{
    connections::{connect, read_response, read_to_end},
    framing::status,
    receiver::anywhere,
    server::{Server, options},
};

async fn start(drain: Duration) -> Server {
    Server::start_with(ServerOptions { drain, ..options() }).await
}

#[tokio::test]
async fn calls_are_finished_and_idle_connections_closed() {
    let mut server = start(Duration::from_secs(20)).await;
    let begin = Instant::now();
    let mut idle = connect(&server).await;
    idle.write_all(b"GET /__admin/health HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    read_response(&mut idle).await;
    let mut half = connect(&server).await;
    half.write_all(b"GET /__ad").await.unwrap();
    let token = server.token("").await;
    let mut open = connect(&server).await;
    let head = format!(
        "POST /carrier/claims HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\ncontent-length: 200000\r\n\r\n"
    );
    open.write_all(head.as_bytes()).await.unwrap();
    let body = vec![b'x'; 100_000];
    open.write_all(&body).await.unwrap();
    server
        .until("/__admin/health", |health| health["limits"]["body-memory"]["used"].as_u64().unwrap() > 0)
        .await;
    let address = server.address;
    server.begin_to_stop();
    assert_eq!(read_to_end(&mut idle).await, "");
    assert_eq!(read_to_end(&mut half).await, "");
    assert!(TcpStream::connect(address).await.is_err(), "nothing more is accepted");
    open.write_all(&body).await.unwrap();
    let response = read_to_end(&mut open).await;
    assert!(status(&response) == "415" || status(&response) == "400", "{response}");
    assert!(response.contains("connection: close"), "{response}");
    assert_eq!(server.stop().await, GivenUp::default());
    assert!(begin.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn calls_that_do_not_finish_are_given_up_and_counted() {
    let server = start(Duration::from_millis(50)).await;
    let token = server.token("").await;
    let mut open = connect(&server).await;
    let head = format!(
        "POST /carrier/claims HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\ncontent-length: 200000\r\n\r\n"
    );
    open.write_all(head.as_bytes()).await.unwrap();
    open.write_all(&vec![b'x'; 100_000]).await.unwrap();
    server
        .until("/__admin/health", |health| health["limits"]["body-memory"]["used"].as_u64().unwrap() > 0)
        .await;
    let given_up = server.stop().await;
    assert_eq!(given_up, GivenUp { calls: 1, ..GivenUp::default() });
    assert!(given_up.to_string().starts_with("1 calls, 0 deliveries in flight"), "{given_up}");
}

/// A receiver that answers after this long.
fn slow(delay: Duration) -> Receiver {
    let reply = move |_: &ReceivedRequest| ReceiverReply { delay, ..ReceiverReply::status(200) };
    Receiver::bind(anywhere(), reply).unwrap()
}

/// Begins to send a webhook that the receiver has got and not answered.
async fn begin_delivery(server: &Server, receiver: &Receiver) {
    let webhook = json!({"api": "ferry", "url": receiver.url()});
    server.post("/__admin/sessions/default/webhooks", webhook).await;
    let fire = json!({"api": "ferry", "webhook": "announced"});
    server.post("/__admin/sessions/default/webhooks/fire", fire).await;
    receiver.next().await.unwrap();
}

#[tokio::test]
async fn deliveries_in_flight_are_finished_or_counted() {
    let server = start(Duration::from_secs(20)).await;
    let receiver = slow(Duration::from_millis(200));
    begin_delivery(&server, &receiver).await;
    assert_eq!(server.stop().await, GivenUp::default());

    let server = start(Duration::from_millis(50)).await;
    let receiver = slow(Duration::from_hours(1));
    begin_delivery(&server, &receiver).await;
    assert_eq!(server.stop().await, GivenUp { deliveries_in_flight: 1, ..GivenUp::default() });
}

#[tokio::test]
async fn an_advance_that_waits_learns_that_the_server_stops() {
    let mut server = start(Duration::from_millis(100)).await;
    let receiver = slow(Duration::from_hours(1));
    begin_delivery(&server, &receiver).await;
    let mut stream = connect(&server).await;
    let body = r#"{"by":"PT1H"}"#;
    let request = format!(
        "POST /__admin/sessions/default/clock/advance HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    server
        .until("/__admin/health", |health| health["limits"]["connections"]["used"].as_u64().unwrap() >= 2)
        .await;
    server.begin_to_stop();
    let response = read_to_end(&mut stream).await;
    assert_eq!(status(&response), "503", "{response}");
    assert!(response.contains("the server is stopping") && response.contains("retry-after"), "{response}");
    server.stop().await;
}
