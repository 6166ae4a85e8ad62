//! A call: as it arrives, and as an operation sees it.

use std::{borrow::Cow, fmt, sync::Arc};

use bytes::Bytes;
use estoppel_contract::Endpoint;
use http::{HeaderMap, Method, Uri};
use jiff::Timestamp;

/// A call as it arrives.
#[derive(Clone, PartialEq, Eq)]
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
    /// It was not read: the head was enough to refuse the call.
    Unread,
}

impl Body {
    /// From this many bytes on a body is long: to check it takes a good part of a millisecond.
    const LONG_BYTES: usize = 16 * 1024;

    /// Whether the call takes so long that others should not wait for it.
    pub fn is_long(&self) -> bool {
        matches!(self, Self::Complete(bytes) if bytes.len() >= Self::LONG_BYTES)
    }
}

/// Shows no content: it may hold secrets.
impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Complete(bytes) => write!(formatter, "Complete({} bytes)", bytes.len()),
            Self::TooLarge => formatter.write_str("TooLarge"),
            Self::Unread => formatter.write_str("Unread"),
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

    /// The token of `Authorization: Bearer …`, without spaces around it. The scheme is compared in any case (RFC 7235).
    pub fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.header(&http::header::AUTHORIZATION)?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bearer_token_is_found_in_any_case_of_its_scheme() {
        let check = |value: Option<&'static str>, expected: Option<&str>| {
            let mut call = RawCall::new(Method::GET, Uri::from_static("/"));
            if let Some(value) = value {
                call.headers.insert(http::header::AUTHORIZATION, http::HeaderValue::from_static(value));
            }
            assert_eq!(call.bearer(), expected, "{value:?}");
        };
        check(Some("Bearer abc"), Some("abc"));
        check(Some("bEARER   abc "), Some("abc"));
        check(Some("Bearer a b"), Some("a b"));
        check(Some("Bearer"), None);
        check(Some("Bearerabc"), None);
        check(Some("Basic abc"), None);
        check(Some(""), None);
        check(None, None);
    }
}
