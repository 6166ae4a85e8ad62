//! Names and addresses of hosts, of which all spellings are one.

use std::{fmt, net::IpAddr, str::FromStr};

use thiserror::Error;
use url::Host;

/// A host: a name in small letters without a dot at its end, or an address. All spellings of an address are one:
/// `127.1`, `0x7f000001` and `[::ffff:127.0.0.1]` are `127.0.0.1`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum HostName {
    /// A name.
    Name(String),
    /// An address.
    Address(IpAddr),
}

/// Why a text is no host.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{0}` is no host: expected a name or an address, such as sandbox.example.com or 10.0.0.5")]
pub struct HostError(String);

impl HostName {
    /// The host and the port of an authority, as the `Host` header and URLs write it. `None` where it is none.
    pub(crate) fn of_authority(authority: &str) -> Option<(Self, Option<u16>)> {
        let (name, port) = match authority.rfind(']') {
            Some(end) => authority.split_at_checked(end + 1)?,
            None => authority.split_at_checked(authority.find(':').unwrap_or(authority.len()))?,
        };
        let port = match port.strip_prefix(':') {
            None if port.is_empty() => None,
            Some("") => None,
            Some(digits) if digits.bytes().all(|digit| digit.is_ascii_digit()) => Some(digits.parse().ok()?),
            _ => return None,
        };
        Some((Self::parse(name)?, port))
    }

    /// A host without a port. An IPv6 address stands in brackets or alone.
    fn parse(text: &str) -> Option<Self> {
        if let Ok(address) = text.parse::<IpAddr>() {
            return Some(Self::Address(address.to_canonical()));
        }
        if text.contains(['%', '*']) {
            return None;
        }
        Some(Self::from(Host::parse(text).ok()?)).filter(|host| *host != Self::Name(String::new()))
    }

    /// Whether it is this machine, as `localhost`, 127.0.0.0/8 and ::1 are.
    pub(crate) fn is_loopback(&self) -> bool {
        match self {
            Self::Name(name) => name == "localhost",
            Self::Address(address) => address.is_loopback(),
        }
    }
}

impl<S: Into<String>> From<Host<S>> for HostName {
    fn from(host: Host<S>) -> Self {
        match host {
            Host::Domain(name) => {
                let name: String = name.into();
                Self::Name(name.strip_suffix('.').unwrap_or(&name).to_ascii_lowercase())
            }
            Host::Ipv4(address) => Self::Address(address.into()),
            Host::Ipv6(address) => Self::Address(IpAddr::from(address).to_canonical()),
        }
    }
}

impl FromStr for HostName {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, HostError> {
        Self::parse(text).ok_or_else(|| HostError(text.chars().take(64).collect()))
    }
}

impl fmt::Display for HostName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => formatter.write_str(name),
            Self::Address(IpAddr::V4(address)) => address.fmt(formatter),
            Self::Address(IpAddr::V6(address)) => write!(formatter, "[{address}]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(authority: &str, expected: Option<(&str, Option<u16>)>) {
        let read = HostName::of_authority(authority).map(|(host, port)| (host.to_string(), port));
        let expected = expected.map(|(host, port)| (host.to_owned(), port));
        assert_eq!(read, expected, "{authority}");
    }

    #[test]
    fn all_spellings_of_a_host_are_one() {
        check("LocalHost.:8080", Some(("localhost", Some(8080))));
        check("localhost:", Some(("localhost", None)));
        check("127.1:80", Some(("127.0.0.1", Some(80))));
        check("2130706433", Some(("127.0.0.1", None)));
        check("0x7f.0.0.1", Some(("127.0.0.1", None)));
        check("0177.0.0.1.", Some(("127.0.0.1", None)));
        check("[::ffff:127.0.0.1]:1", Some(("127.0.0.1", Some(1))));
        check("[0:0:0:0:0:0:0:1]", Some(("[::1]", None)));
        check("[::1", None);
        check("::1", None);
        check("[::1]x", None);
        check("a@localhost", None);
        check("localhost:80:90", None);
        check("localhost:x", None);
        check("localhost:99999", None);
        check("local%68ost", None);
        check("a b", None);
        check(".", None);
        check("", None);
    }

    #[test]
    fn a_host_that_is_given_has_no_port() {
        assert_eq!("Sandbox.Example.com.".parse(), Ok(HostName::Name("sandbox.example.com".to_owned())));
        assert_eq!("::1".parse(), "[::1]".parse::<HostName>());
        for wrong in ["sandbox:80", "http://sandbox", "*", "a/b", ""] {
            let error = wrong.parse::<HostName>().unwrap_err().to_string();
            assert!(error.contains("is no host: expected"), "{wrong}: {error}");
        }
    }
}
