//! A server of the invented API, which can be made to send wrong webhooks.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Router, extract::Request};
use estoppel_contract::Readings;
use estoppel_simulator::{
    AttemptOutcome, Clock, NewEndpoint, Parcel, Session, SessionLimits, SessionOptions,
};
use estoppel_verifier::{Inbox, NextWebhook, ReceivedWebhook};
use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::sync::{Mutex as AsyncMutex, mpsc};

use super::post_office::simulation;
use crate::planted::{raw_call_below, real_now, respond};

/// Changes a webhook, and says what becomes of it.
pub(super) type Tampering = fn(&mut Parcel) -> Fate;

/// What becomes of a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is sent.
    Sent,
    /// It is sent after the next one.
    Late,
    /// It is never sent.
    Lost,
}

/// A server on a free port, until it is dropped.
pub(super) struct Depot {
    pub(super) base_url: String,
    inbox: Arc<Mailbox>,
    tasks: [tokio::task::JoinHandle<()>; 2],
}

impl Drop for Depot {
    fn drop(&mut self) {
        self.tasks.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

impl Depot {
    /// Where its webhooks arrive.
    pub(super) fn inbox(&self) -> Arc<dyn Inbox> {
        Arc::clone(&self.inbox) as Arc<dyn Inbox>
    }
}

#[derive(Debug)]
struct Mailbox(AsyncMutex<mpsc::UnboundedReceiver<ReceivedWebhook>>);

impl Inbox for Mailbox {
    fn next(&self) -> NextWebhook<'_> {
        Box::pin(async { self.0.lock().await.recv().await })
    }
}

/// Starts a server on a running clock that does this to its webhooks.
pub(super) async fn open(tampering: Tampering) -> Depot {
    open_with(tampering, |_| {}).await
}

/// The same, for callers that leave the further header out.
pub(super) async fn open_forgiving(tampering: Tampering) -> Depot {
    open_with(tampering, |headers| {
        headers.insert("depot-id", HeaderValue::from_static("1"));
    })
    .await
}

async fn open_with(tampering: Tampering, prepare: fn(&mut HeaderMap)) -> Depot {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let options = SessionOptions {
        name: "default".to_owned(),
        seed: 11,
        clock: Clock::Running(jiff::SignedDuration::ZERO),
        readings: Readings::default(),
        base_url: format!("http://{address}"),
        limits: SessionLimits::default(),
        webhooks: vec![NewEndpoint {
            api: simulation().service().name,
            url: "http://inbox.invalid".to_owned(),
            headers: Vec::new(),
        }],
    };
    let session = Arc::new(Mutex::new(Session::new(&[simulation()], options, real_now())));
    let (sender, receiver) = mpsc::unbounded_channel();
    let served = Arc::clone(&session);
    let router = Router::new().fallback(move |request: Request| {
        let session = Arc::clone(&served);
        async move {
            let mut call = raw_call_below(simulation(), request).await;
            prepare(&mut call.headers);
            respond(session.lock().unwrap().call(0, &call, real_now()).unwrap())
        }
    });
    let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let delivering = tokio::spawn(async move {
        let mut held = Vec::new();
        loop {
            deliver(&session, tampering, &sender, &mut held);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    Depot {
        base_url: format!("http://{address}/{}", simulation().service().name),
        inbox: Arc::new(Mailbox(AsyncMutex::new(receiver))),
        tasks: [serving, delivering],
    }
}

fn deliver(
    session: &Mutex<Session>,
    tampering: Tampering,
    sender: &mpsc::UnboundedSender<ReceivedWebhook>,
    held: &mut Vec<Parcel>,
) {
    let mut session = session.lock().unwrap();
    session.tick(real_now());
    for mut parcel in session.take_parcels(16, real_now()) {
        session.settle(parcel.delivery, AttemptOutcome::Status(200), real_now());
        let fate = tampering(&mut parcel);
        if fate == Fate::Late {
            held.push(parcel);
        } else if fate == Fate::Sent {
            std::iter::once(parcel).chain(held.drain(..)).for_each(|parcel| {
                // Nobody listens once a test has ended.
                drop(sender.send(received(parcel)));
            });
        }
    }
}

fn received(parcel: Parcel) -> ReceivedWebhook {
    let header = |(name, value): &(String, String)| {
        (name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap())
    };
    let headers = parcel.headers.iter().map(header).collect();
    ReceivedWebhook { method: http::Method::POST, headers, body: parcel.body }
}
