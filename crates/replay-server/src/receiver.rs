//! A small server that takes webhooks and remembers them.

use std::{
    collections::VecDeque,
    fmt,
    future::Future,
    io,
    net::SocketAddr,
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{body::Body as HttpBody, response::Response};
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use tokio::{
    net::TcpListener,
    sync::{Notify, watch},
};

use crate::{
    Limits,
    body::{Received, receive},
    connection::{Answers, Request},
    listener::Listener,
    shutdown::Stage,
    usage::Usage,
};

/// Requests that wait to be looked at; where there are more the oldest is dropped and counted.
const WAITING_MAX: usize = 65_536;
/// Bytes of their bodies.
const WAITING_MAX_BYTES: usize = 256 * 1024 * 1024;

/// Longest body that is taken, in bytes. A longer one gets 413 and is not remembered.
const BODY_MAX_BYTES: u64 = 16 * 1024 * 1024;

/// A request as it was received.
#[derive(Clone)]
pub struct ReceivedRequest {
    /// Its method.
    pub method: Method,
    /// Its path, with the query string where there is one, as sent.
    pub path: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// The exact bytes of its body.
    pub body: Bytes,
}

impl ReceivedRequest {
    /// The value of a header, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// Shows no header and no body: both may hold secrets.
impl fmt::Debug for ReceivedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ReceivedRequest({} {}, {} bytes)", self.method, self.path, self.body.len())
    }
}

/// What a receiver answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiverReply {
    /// HTTP status; one that is none becomes 500.
    pub status: u16,
    /// Body.
    pub body: String,
    /// How long it waits before it answers, in real time.
    pub delay: Duration,
}

impl ReceiverReply {
    /// An answer at once, without a body.
    pub const fn status(status: u16) -> Self {
        Self { status, body: String::new(), delay: Duration::ZERO }
    }
}

/// A small server that takes webhooks and remembers them. It serves from the moment it is bound and stops when it is
/// dropped; what it has not answered by then breaks off.
pub struct Receiver {
    address: SocketAddr,
    inbox: Arc<Inbox>,
    stop: watch::Sender<()>,
}

impl fmt::Debug for Receiver {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Receiver({})", self.address)
    }
}

/// What has been received and not been looked at.
#[derive(Default)]
struct Inbox {
    state: Mutex<InboxState>,
    changed: Notify,
}

#[derive(Default)]
struct InboxState {
    waiting: VecDeque<ReceivedRequest>,
    waiting_bytes: usize,
    received: u64,
    lost: u64,
    ended: bool,
}

impl InboxState {
    fn take(&mut self) -> Option<ReceivedRequest> {
        let request = self.waiting.pop_front()?;
        self.waiting_bytes -= request.body.len();
        Some(request)
    }
}

impl Inbox {
    fn lock(&self) -> MutexGuard<'_, InboxState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, request: ReceivedRequest) {
        let mut state = self.lock();
        state.received += 1;
        state.waiting_bytes += request.body.len();
        state.waiting.push_back(request);
        while state.waiting.len() > WAITING_MAX || state.waiting_bytes > WAITING_MAX_BYTES {
            state.take();
            state.lost += 1;
        }
        drop(state);
        self.changed.notify_one();
    }
}

/// What every connection of a receiver shares.
struct Shared<A> {
    inbox: Arc<Inbox>,
    answer: A,
    stopped: watch::Receiver<()>,
}

impl Receiver {
    /// Takes the address, port 0 for a free one, and serves: `answer` says what each request is answered. It has to
    /// be called within a Tokio runtime, which then serves; outside of one it fails.
    pub fn bind(
        address: SocketAddr,
        answer: impl Fn(&ReceivedRequest) -> ReceiverReply + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let runtime = tokio::runtime::Handle::try_current().map_err(io::Error::other)?;
        let listener = std::net::TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let listener = TcpListener::from_std(listener)?;
        let address = listener.local_addr()?;
        let inbox = Arc::new(Inbox::default());
        let (stop, stopped) = watch::channel(());
        let shared = Shared { inbox: Arc::clone(&inbox), answer, stopped: stopped.clone() };
        let ended = Arc::clone(&inbox);
        runtime.spawn(async move {
            serve(listener, shared, until_stopped(stopped)).await;
            ended.lock().ended = true;
            ended.changed.notify_waiters();
        });
        Ok(Self { address, inbox, stop })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL of its root, without a slash at the end. It takes requests on any path.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The oldest request that was not looked at; waits until there is one. `None` once the server has ended and
    /// everything was looked at.
    pub async fn next(&self) -> Option<ReceivedRequest> {
        loop {
            let mut changed = pin!(self.inbox.changed.notified());
            // From here on nothing that comes is missed.
            changed.as_mut().enable();
            let ended = {
                let mut state = self.inbox.lock();
                if let Some(request) = state.take() {
                    return Some(request);
                }
                state.ended
            };
            if ended {
                return None;
            }
            changed.await;
        }
    }

    /// How many requests have come, whether they were looked at or not.
    pub fn received(&self) -> u64 {
        self.inbox.lock().received
    }

    /// How many requests were dropped because too many waited to be looked at. The oldest are dropped first.
    pub fn lost(&self) -> u64 {
        self.inbox.lock().lost
    }

    /// Goes on serving until `stop` is ready, then stops.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        stop.await;
        drop(self.stop);
    }
}

/// Ready when the receiver is gone.
async fn until_stopped(mut stopped: watch::Receiver<()>) {
    while stopped.changed().await.is_ok() {}
}

/// How long connections may take to close once a receiver stops, in real time.
const CLOSE_MAX: Duration = Duration::from_secs(5);

/// Serves until `stop` is ready and its connections are closed.
async fn serve(listener: TcpListener, answers: impl Answers, stop: impl Future<Output = ()>) {
    let limits = Limits::default();
    let usage = Arc::new(Usage::new(&limits));
    let (stage, staged) = watch::channel(Stage::Serving);
    let accepting = Listener::new(answers, &limits, Arc::clone(&usage), Arc::default(), staged, |_| ());
    accepting.accept(listener, stop).await;
    stage.send_replace(Stage::Stopping);
    drop(tokio::time::timeout(CLOSE_MAX, usage.until_closed()).await);
}

impl<A> Answers for Shared<A>
where
    A: Fn(&ReceivedRequest) -> ReceiverReply + Send + Sync + 'static,
{
    /// Remembers a request and answers it.
    async fn answer(&self, request: Request) -> Response {
        let (parts, mut upload) = request.into_parts();
        let body = match receive(&mut upload, BODY_MAX_BYTES).await {
            Received::Complete(bytes) => bytes,
            Received::TooLarge => return plain(StatusCode::PAYLOAD_TOO_LARGE, String::new()),
            Received::Broken => return plain(StatusCode::BAD_REQUEST, String::new()),
            Received::TimedOut => return plain(StatusCode::REQUEST_TIMEOUT, String::new()),
            Received::NoMemory => return plain(StatusCode::SERVICE_UNAVAILABLE, String::new()),
        };
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let request = ReceivedRequest { method: parts.method, path, headers: parts.headers, body };
        let reply = (self.answer)(&request);
        self.inbox.add(request);
        if !reply.delay.is_zero() {
            tokio::select! {
                () = tokio::time::sleep(reply.delay) => {}
                () = until_stopped(self.stopped.clone()) => {
                    return plain(StatusCode::SERVICE_UNAVAILABLE, String::new());
                }
            }
        }
        plain(StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), reply.body)
    }
}

fn plain(status: StatusCode, body: String) -> Response {
    let mut response = Response::new(HttpBody::from(body));
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body_bytes: usize, count: usize, lost: u64) {
        let inbox = Inbox::default();
        let body = Bytes::from(vec![b'x'; body_bytes]);
        for number in 0..count {
            let (path, headers) = (number.to_string(), HeaderMap::new());
            inbox.add(ReceivedRequest { method: Method::POST, path, headers, body: Bytes::clone(&body) });
        }
        let mut state = inbox.lock();
        assert_eq!((state.received, state.lost), (u64::try_from(count).unwrap(), lost));
        assert_eq!(state.waiting.back().unwrap().path, (count - 1).to_string());
        assert_eq!(state.take().unwrap().path, lost.to_string(), "the oldest are lost");
    }

    #[test]
    fn what_is_lost_is_old_and_counted() {
        check(10, 100, 0);
        check(0, WAITING_MAX + 3, 3);
        check(1024 * 1024, 260, 4);
    }
}
