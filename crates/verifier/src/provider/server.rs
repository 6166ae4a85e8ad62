//! The server that is verified, over HTTP.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, header};

use super::{
    VerifyError,
    call::{Reply, Request},
};

/// The longest reply that is read, in bytes.
const REPLY_BYTES_MAX: usize = 32 * 1024 * 1024;

/// How long an unused connection is kept: shorter than servers keep theirs, so that none is found closed.
const IDLE: Duration = Duration::from_secs(1);

/// The server that is verified.
#[derive(Debug)]
pub(super) struct Server {
    client: reqwest::Client,
    base_url: String,
    timeout: Duration,
    pub(super) requests_sent: u64,
}

/// No reply came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoReply {
    /// Why, in one line.
    pub(super) reason: String,
    /// Whether there is no server at all.
    pub(super) unreachable: bool,
}

impl Server {
    /// A server at this base URL, without a slash at its end.
    pub(super) fn new(base_url: &str, timeout: Duration) -> Result<Self, VerifyError> {
        Ok(Self { client: client(timeout)?, base_url: base_url.to_owned(), timeout, requests_sent: 0 })
    }

    /// Where it is.
    pub(super) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Sends a request and waits for the whole reply, up to the time-out.
    pub(super) async fn send(&mut self, request: &Request) -> Result<Reply, NoReply> {
        self.requests_sent += 1;
        let url = format!("{}{}", self.base_url, request.target);
        let method = request.method.parse().unwrap_or(http::Method::GET);
        let mut builder = self.client.request(method, url).body(request.body.clone());
        let headers = [
            (header::AUTHORIZATION, request.authorization.as_deref()),
            (header::ACCEPT, request.accept),
            (header::CONTENT_TYPE, request.content_type),
        ];
        for (name, value) in headers {
            if let Some(value) = value {
                builder = builder.header(name, value);
            }
        }
        for header in &request.credential_headers {
            builder = builder.header(&header.name, &header.value);
        }
        let mut response = builder.send().await.map_err(|error| self.no_reply(&error))?;
        let header = |name: header::HeaderName| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let mut reply = Reply {
            status: response.status().as_u16(),
            content_type: header(header::CONTENT_TYPE),
            allow: header(header::ALLOW),
            body: Bytes::new(),
        };
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.no_reply(&error))? {
            if body.len() + chunk.len() > REPLY_BYTES_MAX {
                let reason = format!("a reply of more than {REPLY_BYTES_MAX} bytes");
                return Err(NoReply { reason, unreachable: false });
            }
            body.extend_from_slice(&chunk);
        }
        reply.body = body.freeze();
        Ok(reply)
    }

    fn no_reply(&self, error: &reqwest::Error) -> NoReply {
        if error.is_timeout() {
            let reason = format!("no complete answer within {} ms", self.timeout.as_millis());
            return NoReply { reason, unreachable: error.is_connect() };
        }
        NoReply { reason: chain(error), unreachable: error.is_connect() }
    }
}

/// A client that follows no redirect and takes so long at most for a call.
pub(super) fn client(timeout: Duration) -> Result<reqwest::Client, VerifyError> {
    client_with(timeout, HeaderMap::new())
}

/// A client that sends these headers with every call.
pub(super) fn client_with(timeout: Duration, headers: HeaderMap) -> Result<reqwest::Client, VerifyError> {
    install_tls();
    let builder = reqwest::Client::builder()
        .default_headers(headers)
        .timeout(timeout)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .pool_idle_timeout(IDLE);
    builder.build().map_err(|error| VerifyError::Client(chain(&error)))
}

/// An error and its causes, in one line. The URL is left out: it may hold what must not be shown.
fn chain(error: &reqwest::Error) -> String {
    let mut causes = Vec::new();
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    causes.last().cloned().unwrap_or_else(|| "the request failed".to_owned())
}

/// Chooses the cryptography of HTTPS. A process that has chosen before keeps its choice.
fn install_tls() {
    drop(rustls::crypto::ring::default_provider().install_default());
}
