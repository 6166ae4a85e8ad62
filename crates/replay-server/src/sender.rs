//! Sends parcels: one request, one outcome.

use std::{error::Error, fmt, io, time::Duration};

use bytes::Bytes;
use estoppel_simulator::{AttemptOutcome, Parcel};
use reqwest::{Client, RequestBuilder, Response, header::HeaderValue, redirect};
use thiserror::Error;

/// Most that is read of a reply's body, in bytes; a longer one costs its connection.
const REPLY_MAX_BYTES: u64 = 64 * 1024;

/// How long the rest of a reply's body may take, in real time; after that the connection is given up.
const REPLY_REST_MAX: Duration = Duration::from_secs(1);

/// How long an idle connection is kept, in real time: shorter than common receivers keep theirs, so that a parcel
/// rarely meets a connection that is just being closed.
const IDLE_MAX: Duration = Duration::from_secs(4);

/// Why nothing can be sent.
#[derive(Debug, Error)]
#[error("cannot send webhooks: {0}")]
pub struct SenderError(#[from] reqwest::Error);

/// Sends parcels. It follows no redirect, uses no proxy, tries nothing twice, and keeps connections. Copies of it share
/// them.
#[derive(Clone)]
pub struct Sender {
    client: Client,
}

impl fmt::Debug for Sender {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sender")
    }
}

impl Sender {
    /// A sender without connections.
    pub fn new() -> Result<Self, SenderError> {
        // An error means that there is one already, which serves as well.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .pool_idle_timeout(IDLE_MAX)
            .tcp_nodelay(true)
            .user_agent(concat!("estoppel/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client })
    }

    /// Sends a parcel and says how it went. A receiver's status counts as soon as it is there, whatever becomes of the
    /// rest of its reply.
    pub async fn send(&self, parcel: &Parcel) -> AttemptOutcome {
        let headers = parcel.headers.iter();
        let request =
            headers.fold(self.client.post(parcel.url.as_str()), |request: RequestBuilder, header| {
                let (name, value) = header;
                match HeaderValue::from_str(value) {
                    Ok(mut value) => {
                        value.set_sensitive(true);
                        request.header(name, value)
                    }
                    // The builder keeps the error and says it when the request is sent.
                    Err(_) => request.header(name, value),
                }
            });
        match request.timeout(parcel.timeout).body(Bytes::clone(&parcel.body)).send().await {
            Ok(response) => {
                let status = response.status().as_u16();
                drain(response).await;
                AttemptOutcome::Status(status)
            }
            Err(error) if error.is_timeout() => AttemptOutcome::TimedOut,
            Err(error) => AttemptOutcome::NoReply(reason(&error).to_owned()),
        }
    }
}

/// Reads what is left of a reply, so that its connection can be used again, unless that is much or slow.
async fn drain(mut response: Response) {
    if response.content_length().is_some_and(|bytes| bytes > REPLY_MAX_BYTES) {
        return;
    }
    let rest = async {
        let mut read = 0_u64;
        while let Ok(Some(chunk)) = response.chunk().await {
            read = read.saturating_add(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
            if read > REPLY_MAX_BYTES {
                return;
            }
        }
    };
    // Where it takes too long the connection is dropped with the response.
    drop(tokio::time::timeout(REPLY_REST_MAX, rest).await);
}

/// Why no reply came: one of a few fixed words, the same on every machine.
fn reason(error: &reqwest::Error) -> &'static str {
    if error.is_builder() {
        return "the request cannot be written";
    }
    let mut causes =
        std::iter::successors(error.source(), |cause: &&(dyn Error + 'static)| (*cause).source());
    let known = causes.find_map(|cause| {
        let text = cause.to_string();
        if text.starts_with("dns error") {
            return Some("the host is not known");
        }
        if cause.is::<rustls::Error>() {
            return Some("TLS failed");
        }
        if text.starts_with("connection closed before message completed") {
            return Some("the connection was closed");
        }
        if text.starts_with("invalid HTTP") {
            return Some("the reply is no HTTP");
        }
        cause.downcast_ref::<io::Error>().and_then(of_io)
    });
    known.unwrap_or(if error.is_connect() { "no connection" } else { "the reply broke off" })
}

fn of_io(error: &io::Error) -> Option<&'static str> {
    if let Some(inner) = error.get_ref() {
        let nested = inner.downcast_ref::<io::Error>().and_then(of_io);
        return if inner.is::<rustls::Error>() { Some("TLS failed") } else { nested };
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Some("connection refused"),
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionAborted => {
            Some("connection reset")
        }
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
            Some("the host is not reachable")
        }
        io::ErrorKind::UnexpectedEof => Some("the connection was closed"),
        _ => None,
    }
}
