//! Sends parcels: one request, one outcome.

use std::{
    error::Error,
    fmt, io,
    sync::{Arc, OnceLock},
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use estoppel_simulator::{AttemptOutcome, Parcel};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, Uri, header, uri::Scheme};
use http_body::Body;
use http_body_util::{BodyExt, Full};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, ResponseFuture},
    rt::{TokioExecutor, TokioTimer},
};
use rustls::crypto::ring;
use url::Url;

use crate::{
    connector::{ConnectError, Connector},
    target_policy::TargetPolicy,
};

/// Most that is read of a reply's body, in bytes; a longer one costs its connection.
const REPLY_MAX_BYTES: u64 = 64 * 1024;

/// How long the rest of a reply's body may take, in real time; after that the connection is given up.
const REPLY_REST_MAX: Duration = Duration::from_secs(1);

/// How long an idle connection is kept, in real time: shorter than common receivers keep theirs, so that a parcel
/// rarely meets a connection that is just being closed.
const IDLE_MAX: Duration = Duration::from_secs(4);

/// What it calls itself.
const USER_AGENT: HeaderValue = HeaderValue::from_static(concat!("estoppel/", env!("CARGO_PKG_VERSION")));

/// Sends parcels. It follows no redirect, uses no proxy, tries nothing twice, and keeps connections. Copies of it share
/// them.
#[derive(Clone)]
pub struct Sender {
    clients: Arc<Clients>,
}

struct Clients {
    policy: Arc<TargetPolicy>,
    plain: Client<Connector, Full<Bytes>>,
    /// Made when the first parcel needs it: the certificates of the machine take their time and memory, and there may
    /// be none.
    secure: OnceLock<Option<Client<HttpsConnector<Connector>, Full<Bytes>>>>,
}

impl fmt::Debug for Sender {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sender")
    }
}

impl Sender {
    /// A sender without connections, which connects to what the policy allows and to nothing else.
    pub fn new(policy: TargetPolicy) -> Self {
        let policy = Arc::new(policy);
        let plain = client().build(Connector::new(Arc::clone(&policy)));
        let clients = Clients { policy, plain, secure: OnceLock::new() };
        Self { clients: Arc::new(clients) }
    }

    /// Sends a parcel and says how it went. A receiver's status counts as soon as it is there, whatever becomes of the
    /// rest of its reply.
    pub async fn send(&self, parcel: &Parcel) -> AttemptOutcome {
        let Some(request) = request(parcel) else {
            return AttemptOutcome::NoReply("the request cannot be written".to_owned());
        };
        let Some(response) = self.clients.begin(request) else {
            return AttemptOutcome::NoReply("TLS failed".to_owned());
        };
        match tokio::time::timeout(parcel.timeout, response).await {
            Ok(Ok(response)) => {
                let status = response.status().as_u16();
                drain(response).await;
                AttemptOutcome::Status(status)
            }
            Ok(Err(error)) => AttemptOutcome::NoReply(reason(&error).to_owned()),
            Err(_) => AttemptOutcome::TimedOut,
        }
    }
}

impl Clients {
    /// Begins to send. `None` where it needs TLS and this machine has no certificates to trust.
    fn begin(&self, request: Request<Full<Bytes>>) -> Option<ResponseFuture> {
        if request.uri().scheme() != Some(&Scheme::HTTPS) {
            return Some(self.plain.request(request));
        }
        let secure = || secure(Connector::new(Arc::clone(&self.policy)));
        Some(self.secure.get_or_init(secure).as_ref()?.request(request))
    }
}

fn client() -> hyper_util::client::legacy::Builder {
    let mut client = Client::builder(TokioExecutor::new());
    client.timer(TokioTimer::new()).pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE_MAX);
    client
}

fn secure(connector: Connector) -> Option<Client<HttpsConnector<Connector>, Full<Bytes>>> {
    let tls = HttpsConnectorBuilder::new().with_provider_and_platform_verifier(ring::default_provider());
    Some(client().build(tls.ok()?.https_only().enable_all_versions().wrap_connector(connector)))
}

/// A parcel as a request. `None` where its URL or its headers are such that it cannot be written.
fn request(parcel: &Parcel) -> Option<Request<Full<Bytes>>> {
    let url = Url::parse(&parcel.url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let mut request = Request::post(Uri::try_from(url.as_str()).ok()?);
    let headers = request.headers_mut()?;
    headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
    headers.insert(header::USER_AGENT, USER_AGENT);
    add_credentials(headers, &url)?;
    for (name, value) in &parcel.headers {
        let mut value = HeaderValue::from_str(value).ok()?;
        value.set_sensitive(true);
        headers.append(HeaderName::from_bytes(name.as_bytes()).ok()?, value);
    }
    request.body(Full::new(Bytes::clone(&parcel.body))).ok()
}

/// Sends the name and password of a URL as other clients do.
fn add_credentials(headers: &mut HeaderMap, url: &Url) -> Option<()> {
    if url.username().is_empty() && url.password().is_none() {
        return Some(());
    }
    let decoded = |text: &str| percent_encoding::percent_decode_str(text).collect::<Vec<u8>>();
    let password = decoded(url.password().unwrap_or_default());
    let credentials = [decoded(url.username()), b":".to_vec(), password].concat();
    let mut value = HeaderValue::try_from(format!("Basic {}", STANDARD.encode(credentials))).ok()?;
    value.set_sensitive(true);
    headers.insert(header::AUTHORIZATION, value);
    Some(())
}

/// Reads what is left of a reply, so that its connection can be used again, unless that is much or slow.
async fn drain(response: Response<impl Body + Unpin>) {
    let mut body = response.into_body();
    if body.is_end_stream() || body.size_hint().exact().is_some_and(|bytes| bytes > REPLY_MAX_BYTES) {
        return;
    }
    let rest = async {
        let mut read = 0_u64;
        while let Some(Ok(frame)) = body.frame().await {
            let bytes = frame.data_ref().map_or(0, bytes::Buf::remaining);
            read = read.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
            if read > REPLY_MAX_BYTES {
                return;
            }
        }
    };
    // Where it takes too long the connection is dropped with the response.
    drop(tokio::time::timeout(REPLY_REST_MAX, rest).await);
}

/// Why no reply came: one of a few fixed words, the same on every machine.
fn reason(error: &hyper_util::client::legacy::Error) -> &'static str {
    let mut causes =
        std::iter::successors(error.source(), |cause: &&(dyn Error + 'static)| (*cause).source());
    let known = causes.find_map(|cause| {
        match cause.downcast_ref::<ConnectError>() {
            Some(ConnectError::NotAllowed) => return Some("the target is not allowed"),
            Some(ConnectError::Unknown(_)) => return Some("the host is not known"),
            Some(ConnectError::Unreachable(_)) | None => {}
        }
        let text = cause.to_string();
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
