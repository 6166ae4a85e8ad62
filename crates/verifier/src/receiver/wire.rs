//! Deliveries over HTTP, each one attempt.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep};

use super::ReceiverError;

/// Most that is read of a reply, in bytes.
const REPLY_MAX_BYTES: usize = 4096;

/// One request to a receiver.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) method: Method,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) body: Bytes,
}

/// How one request ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// With a reply.
    Answered {
        /// Its status.
        status: u16,
        /// The beginning of its body.
        body: Bytes,
        /// Whether it came before all of the request was sent.
        early: bool,
    },
    /// There was none in time.
    TimedOut,
    /// There was none.
    NoReply {
        /// Why.
        reason: String,
        /// Whether no connection could be made at all.
        unreachable: bool,
    },
}

/// The way to a receiver.
#[derive(Clone, Debug)]
pub(super) struct Wire {
    /// Makes a connection for each request.
    client: reqwest::Client,
    /// Keeps its connection.
    keeping: reqwest::Client,
    url: reqwest::Url,
    timeout: Duration,
}

impl Wire {
    /// The way to the receiver at this URL, which may take so long to answer.
    pub(super) fn new(url: &str, timeout: Duration) -> Result<Self, ReceiverError> {
        let no_url = || ReceiverError::Url(estoppel_simulator::shown_url(url));
        let url: reqwest::Url = url.parse().map_err(|_| no_url())?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return Err(no_url());
        }
        // A process that has chosen its cryptography before keeps its choice.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = |connections_max| {
            let builder = reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .no_proxy()
                .pool_max_idle_per_host(connections_max)
                .tcp_nodelay(true)
                .user_agent(concat!("estoppel/", env!("CARGO_PKG_VERSION")));
            builder.build().map_err(|error| ReceiverError::Client(cause(&error)))
        };
        Ok(Self { client: client(0)?, keeping: client(1)?, url, timeout })
    }

    /// Sends a request on a connection of its own; says how long the answer took.
    pub(super) async fn send(&self, request: &Request) -> (Ending, Duration) {
        let body = reqwest::Body::from(request.body.clone());
        self.send_by(&self.client, request, body, &AtomicBool::new(true)).await
    }

    /// Sends a request on the connection that the one before it used, if that is still open.
    pub(super) async fn send_on_kept_connection(&self, request: &Request) -> (Ending, Duration) {
        let body = reqwest::Body::from(request.body.clone());
        self.send_by(&self.keeping, request, body, &AtomicBool::new(true)).await
    }

    /// Sends a request whose body pauses in its middle.
    pub(super) async fn send_with_pause(&self, request: &Request, pause: Duration) -> (Ending, Duration) {
        let complete = Arc::new(AtomicBool::new(false));
        let body = PausedBody::new(&request.body, pause, Arc::clone(&complete));
        self.send_by(&self.client, request, reqwest::Body::wrap(body), &complete).await
    }

    async fn send_by(
        &self,
        client: &reqwest::Client,
        request: &Request,
        body: reqwest::Body,
        complete: &AtomicBool,
    ) -> (Ending, Duration) {
        let headers: HeaderMap = request.headers.iter().cloned().collect();
        let sent = client.request(request.method.clone(), self.url.clone()).headers(headers).body(body);
        // A stopwatch, not a clock: only the time that passes is looked at.
        let begin = Instant::now();
        let reply = tokio::time::timeout(self.timeout, async {
            let mut reply = sent.send().await?;
            let early = !complete.load(Ordering::SeqCst);
            let status = reply.status().as_u16();
            let mut start = BytesMut::new();
            // The status is what counts: a body that breaks off changes nothing.
            while let Ok(Some(chunk)) = reply.chunk().await {
                let room = REPLY_MAX_BYTES - start.len();
                start.extend_from_slice(chunk.get(..room.min(chunk.len())).unwrap_or_default());
                if start.len() == REPLY_MAX_BYTES {
                    break;
                }
            }
            Ok::<_, reqwest::Error>(Ending::Answered { status, body: start.freeze(), early })
        });
        let ending = match reply.await {
            Ok(Ok(ending)) => ending,
            Ok(Err(error)) => Ending::NoReply { reason: cause(&error), unreachable: error.is_connect() },
            Err(_) => Ending::TimedOut,
        };
        (ending, begin.elapsed())
    }
}

/// The innermost cause of an error. The URL is left out: it may hold what must not be shown.
fn cause(error: &reqwest::Error) -> String {
    let mut innermost = "the request failed".to_owned();
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        innermost = cause.to_string();
        next = cause.source();
    }
    innermost
}

/// A body that pauses in its middle.
struct PausedBody {
    parts: [Option<Bytes>; 2],
    pause: Pin<Box<Sleep>>,
    complete: Arc<AtomicBool>,
}

impl PausedBody {
    fn new(body: &Bytes, pause: Duration, complete: Arc<AtomicBool>) -> Self {
        let middle = body.len() / 2;
        Self {
            parts: [Some(body.slice(..middle)), Some(body.slice(middle..))],
            pause: Box::pin(tokio::time::sleep(pause)),
            complete,
        }
    }
}

impl Body for PausedBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let [first, second] = &mut self.parts;
        if let Some(first) = first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        if second.is_none() {
            return Poll::Ready(None);
        }
        if self.pause.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        self.complete.store(true, Ordering::SeqCst);
        let [_, second] = &mut self.parts;
        Poll::Ready(second.take().map(|second| Ok(Frame::data(second))))
    }

    fn size_hint(&self) -> SizeHint {
        let left: usize = self.parts.iter().flatten().map(Bytes::len).sum();
        SizeHint::with_exact(u64::try_from(left).unwrap_or(u64::MAX))
    }
}

/// The headers of every delivery.
pub(super) fn content_type() -> (HeaderName, HeaderValue) {
    (header::CONTENT_TYPE, HeaderValue::from_static("application/json"))
}
