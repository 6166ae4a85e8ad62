//! The host that a request names (RFC 9112, 3.2; RFC 9113, 8.3.1).

use std::net::Ipv6Addr;

use http::{HeaderMap, Method, Request, Version, header};
use thiserror::Error;

/// What is wrong with the host of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum HostFault {
    #[error("the request has no Host header")]
    Missing,
    #[error("the request has several Host headers")]
    Several,
    #[error("the Host header is no host with an optional port")]
    Malformed,
    #[error("the request's target is no path and no URL with a valid host")]
    Target,
    #[error("the Host header and :authority differ")]
    Different,
}

impl HostFault {
    /// What the caller can do.
    pub(crate) const fn help(self) -> &'static str {
        match self {
            Self::Target => "a target is a path, or http://HOST:PORT/PATH",
            _ => "send one Host header such as `Host: 127.0.0.1:8080`",
        }
    }
}

/// Checks the host that a request names.
pub(crate) fn check<B>(request: &Request<B>) -> Result<(), HostFault> {
    let named = header_of(request.headers())?;
    if named.is_some_and(|named| !is_host(named)) {
        return Err(HostFault::Malformed);
    }
    let target = request.uri().authority().map(http::uri::Authority::as_str);
    // Only CONNECT has a target that is a host and nothing else.
    let is_host_alone = request.uri().scheme().is_none() && request.method() != Method::CONNECT;
    if target.is_some_and(|target| is_host_alone || !is_host(target)) {
        return Err(HostFault::Target);
    }
    match (request.version(), target, named) {
        (Version::HTTP_11, _, None) | (Version::HTTP_2, None, None) => Err(HostFault::Missing),
        (Version::HTTP_2, Some(target), Some(named)) if !target.eq_ignore_ascii_case(named) => {
            Err(HostFault::Different)
        }
        _ => Ok(()),
    }
}

/// The value of the Host header, where there is one.
fn header_of(headers: &HeaderMap) -> Result<Option<&str>, HostFault> {
    let mut lines = headers.get_all(header::HOST).iter();
    let Some(first) = lines.next() else { return Ok(None) };
    if lines.next().is_some() {
        return Err(HostFault::Several);
    }
    first.to_str().map(Some).map_err(|_| HostFault::Malformed)
}

/// Whether this is a host with an optional port. An empty one is valid: the target has none.
fn is_host(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else { return false };
        let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        return is_port && address.parse::<Ipv6Addr>().is_ok();
    }
    let (name, port) = text.split_once(':').unwrap_or((text, ""));
    (text.is_empty() || !name.is_empty()) && is_name(name) && is_port(port)
}

fn is_port(text: &str) -> bool {
    text.is_empty() || (text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok())
}

/// Whether this is a registered name or an IPv4 address (RFC 3986, 3.2.2).
fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let is_fine = match byte {
            b'%' => [bytes.next(), bytes.next()]
                .iter()
                .all(|digit| digit.is_some_and(|digit| digit.is_ascii_hexdigit())),
            _ => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&byte),
        };
        if !is_fine {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(version: Version, target: &str, hosts: &[&str], expected: Result<(), HostFault>) {
        let mut request = Request::builder().version(version).uri(target);
        for host in hosts {
            request = request.header(header::HOST, *host);
        }
        assert_eq!(check(&request.body(()).unwrap()), expected, "{version:?} {target} {hosts:?}");
    }

    #[test]
    fn a_request_names_one_host() {
        let check = |hosts: &[&str], expected| checked(Version::HTTP_11, "/", hosts, expected);
        for host in ["localhost", "127.0.0.1:8080", "[::1]:80", "[::1]", "a_b.example:", "x%2Dy", ""] {
            check(&[host], Ok(()));
        }
        for host in [
            "a b",
            "a/b",
            "user@host",
            "host:x",
            "host:65536",
            "a:b:c",
            "::1",
            "[::1",
            "[::g]",
            ":80",
            "%zz",
            "é",
        ] {
            check(&[host], Err(HostFault::Malformed));
        }
        check(&[], Err(HostFault::Missing));
        check(&["a", "a"], Err(HostFault::Several));
        checked(Version::HTTP_10, "/", &[], Ok(()));
        checked(Version::HTTP_10, "/", &["a", "b"], Err(HostFault::Several));
        checked(Version::HTTP_11, "http://a/", &["b"], Ok(()));
        checked(Version::HTTP_11, "http://a/", &[], Err(HostFault::Missing));
        checked(Version::HTTP_11, "http://u:p@a/", &["a"], Err(HostFault::Target));
        checked(Version::HTTP_2, "http://a/", &[], Ok(()));
        checked(Version::HTTP_2, "http://a/", &["A"], Ok(()));
        checked(Version::HTTP_2, "http://a/", &["b"], Err(HostFault::Different));
        checked(Version::HTTP_2, "/", &[], Err(HostFault::Missing));
    }
}
