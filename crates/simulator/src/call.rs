//! A call: as it arrives, and as an operation sees it.

use std::{borrow::Cow, fmt, sync::Arc};

use bytes::Bytes;
use estoppel_contract::Endpoint;
use http::{HeaderMap, Method, Uri};
use jiff::Timestamp;

/// A call as it arrives.
#[derive(Clone)]
pub struct RawCall {
    /// HTTP method.
    pub method: Method,
    /// The whole request target.
    pub uri: Uri,
    /// How many bytes of the path stand before the API's own.
    pub prefix_length: usize,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Body,
}

/// The body of a call.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// All of it.
    Complete(Bytes),
    /// Longer than the limit; it was not kept.
    TooLarge,
}

/// Shows no content: it may hold secrets.
impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Complete(bytes) => write!(formatter, "Complete({} bytes)", bytes.len()),
            Self::TooLarge => formatter.write_str("TooLarge"),
        }
    }
}

impl RawCall {
    /// A call without headers or body, on the API's own path.
    pub fn new(method: Method, uri: Uri) -> Self {
        Self { method, uri, prefix_length: 0, headers: HeaderMap::new(), body: Body::Complete(Bytes::new()) }
    }

    /// The API's own path, still percent-encoded.
    pub fn path(&self) -> &str {
        match self.uri.path().get(self.prefix_length..) {
            None | Some("") => "/",
            Some(path) => path,
        }
    }

    /// The value of a header, where it is text.
    pub fn header(&self, name: &http::HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The values of a header that may stand on several lines, where they are text.
    pub fn header_lines(&self, name: &http::HeaderName) -> impl Iterator<Item = &str> {
        self.headers.get_all(name).iter().filter_map(|value| value.to_str().ok())
    }

    /// The pairs of the query string. Text that is not UTF-8 holds replacement characters.
    pub fn query(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        form_urlencoded::parse(self.uri.query().unwrap_or_default().as_bytes())
    }
}

/// Shows no header and no body: both may hold secrets.
impl fmt::Debug for RawCall {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.method, self.path())
    }
}

/// A call as its operation sees it: decoded, authorized and checked.
#[derive(Debug)]
pub struct Call<E: Endpoint> {
    /// Path parameters.
    pub path: E::Path,
    /// Query parameters.
    pub query: E::Query,
    /// JSON body.
    pub body: E::Body,
    /// The time on the session's clock.
    pub now: Timestamp,
    /// Where callers reach the API, without a slash at the end.
    pub base_url: Arc<str>,
}
