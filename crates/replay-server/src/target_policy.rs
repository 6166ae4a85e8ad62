//! Where webhooks may go: to this machine, and wherever the operator says.
//!
//! A target is judged by the addresses that its host has when it is connected to, not by what it is called. Ranges that
//! are not public are reached by no wildcard: an entry has to name the host, or a range within.

use std::{fmt, net::IpAddr, str::FromStr};

use estoppel_simulator::NewEndpoint;
use http::Uri;
use ipnet::IpNet;
use thiserror::Error;
use url::Url;

use crate::{
    host::HostName,
    special_ranges::{Names, effective, special_range},
};

/// Which targets of webhooks are allowed besides this machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetPolicy {
    rules: Vec<TargetRule>,
}

/// An entry of the list of allowed targets: `HOST`, `HOST:PORT`, a range such as `10.1.0.0/16`, or `*` for everything that
/// is public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetRule {
    /// A host, on every port or on one.
    Host(HostName, Option<u16>),
    /// All addresses of a range.
    Range(IpNet),
    /// All public addresses.
    Public,
}

/// Why a text is no entry of the list.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{0}` is no webhook target: expected a host, HOST:PORT, or a range such as 10.1.0.0/16")]
pub struct TargetRuleError(String);

/// Why a target is not allowed. No message holds more of its URL than host and port.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum TargetFault {
    #[error("webhooks to `{0}` are not allowed")]
    NotAllowed(Target),
    #[error("the header `{name}` is not allowed to `{target}`, which no --allow-webhook-target names")]
    Header { name: String, target: Target },
}

impl TargetFault {
    /// The target.
    pub(crate) const fn target(&self) -> &Target {
        match self {
            Self::NotAllowed(target) | Self::Header { target, .. } => target,
        }
    }
}

/// A host and a port that webhooks are to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) host: HostName,
    pub(crate) port: u16,
}

impl Target {
    fn of_url(url: &str) -> Option<Self> {
        let url = Url::parse(url).ok()?;
        Some(Self { host: url.host()?.into(), port: url.port_or_known_default()? })
    }

    /// The target of a request.
    pub(crate) fn of_uri(uri: &Uri) -> Option<Self> {
        let (host, port) = HostName::of_authority(uri.authority()?.as_str())?;
        let default = if uri.scheme() == Some(&http::uri::Scheme::HTTPS) { 443 } else { 80 };
        Some(Self { host, port: port.unwrap_or(default) })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.host, self.port)
    }
}

impl TargetPolicy {
    /// The policy that allows these besides this machine.
    pub fn new(rules: Vec<TargetRule>) -> Self {
        Self { rules }
    }

    /// The policy that allows the host and port of a URL too: what an operator names is allowed by name.
    pub fn with_url(mut self, url: &str) -> Self {
        self.rules.extend(Target::of_url(url).map(|target| TargetRule::Host(target.host, Some(target.port))));
        self
    }

    /// Whether an endpoint may be registered. Which addresses a host has is not asked here.
    pub(crate) fn check(&self, endpoint: &NewEndpoint) -> Result<(), TargetFault> {
        let Some(target) = Target::of_url(&endpoint.url) else { return Ok(()) };
        let may_be_allowed = match &target.host {
            HostName::Address(address) => self.allows(&target, *address),
            HostName::Name(_) => self.may_allow(&target),
        };
        if !may_be_allowed {
            return Err(TargetFault::NotAllowed(target));
        }
        if self.names(&target) {
            return Ok(());
        }
        match endpoint.headers.iter().find(|(name, _)| could_impersonate(name)) {
            Some((name, _)) => Err(TargetFault::Header { name: name.chars().take(64).collect(), target }),
            None => Ok(()),
        }
    }

    /// Whether the target is this machine, or an entry names its host as the URL does.
    pub(crate) fn names(&self, target: &Target) -> bool {
        let named = |rule: &TargetRule| match rule {
            TargetRule::Host(host, port) => {
                *host == target.host && port.is_none_or(|port| port == target.port)
            }
            TargetRule::Range(_) | TargetRule::Public => false,
        };
        target.host.is_loopback() || self.rules.iter().any(named)
    }

    /// Whether a name may have addresses that are allowed.
    pub(crate) fn may_allow(&self, target: &Target) -> bool {
        let may = |rule: &TargetRule| !matches!(rule, TargetRule::Host(HostName::Name(_), _));
        self.names(target) || self.rules.iter().any(may)
    }

    /// Whether a connection of this target may go to this address.
    pub(crate) fn allows(&self, target: &Target, address: IpAddr) -> bool {
        let address = address.to_canonical();
        if address.is_loopback() {
            return true;
        }
        let address = effective(address);
        let special = special_range(address);
        let allows = |rule: &TargetRule| match rule {
            TargetRule::Host(host, port) => {
                let is_host = match host {
                    HostName::Address(named) => effective(*named) == address,
                    HostName::Name(_) => {
                        *host == target.host && special.is_none_or(|special| special.names == Names::Enough)
                    }
                };
                is_host && port.is_none_or(|port| port == target.port)
            }
            TargetRule::Range(range) => {
                range.contains(&address) && special.is_none_or(|special| special.range.contains(range))
            }
            TargetRule::Public => special.is_none(),
        };
        self.rules.iter().any(allows)
    }
}

impl FromStr for TargetRule {
    type Err = TargetRuleError;

    fn from_str(text: &str) -> Result<Self, TargetRuleError> {
        let fault = || TargetRuleError(text.chars().take(64).collect());
        if text == "*" {
            return Ok(Self::Public);
        }
        if text.contains('/') {
            return Ok(Self::Range(canonical(text.parse().map_err(|_| fault())?)));
        }
        if let Ok(host) = text.parse::<HostName>() {
            return Ok(Self::Host(host, None));
        }
        HostName::of_authority(text).map(|(host, port)| Self::Host(host, port)).ok_or_else(fault)
    }
}

/// A range by its first address; one of mapped addresses is one of those that are mapped.
fn canonical(range: IpNet) -> IpNet {
    let mapped = range.prefix_len().checked_sub(96).filter(|_| range.addr().is_ipv6());
    let IpAddr::V4(address) = range.addr().to_canonical() else { return range.trunc() };
    let prefix = if range.addr().is_ipv6() { mapped } else { Some(range.prefix_len()) };
    prefix.and_then(|prefix| IpNet::new(address.into(), prefix).ok()).unwrap_or(range).trunc()
}

/// Beginnings of header names that carry credentials, open metadata services, or say who asked.
const IMPERSONATING: [&str; 19] = [
    "authorization",
    "cookie",
    "forwarded",
    "metadata",
    "origin",
    "private-token",
    "proxy-",
    "referer",
    "sec-",
    "via",
    "x-amz-",
    "x-api-key",
    "x-aws-",
    "x-estoppel-",
    "x-forwarded-",
    "x-goog",
    "x-ms-",
    "x-real-ip",
    "x-vault-",
];

fn could_impersonate(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    IMPERSONATING.iter().any(|beginning| name.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(rules: &[&str]) -> TargetPolicy {
        TargetPolicy::new(rules.iter().map(|rule| rule.parse().unwrap()).collect())
    }

    fn check(rules: &[&str], url: &str, headers: &[&str], expected: Result<(), &str>) {
        let headers = headers.iter().map(|name| ((*name).to_owned(), String::new())).collect();
        let endpoint = NewEndpoint { api: "ferry", url: url.to_owned(), headers };
        match (policy(rules).check(&endpoint).map_err(|fault| fault.to_string()), expected) {
            (Ok(()), Ok(())) => {}
            (Err(error), Err(part)) => assert!(error.contains(part), "{rules:?} {url}: {error}"),
            (checked, expected) => panic!("{rules:?} {url}: {checked:?} is not {expected:?}"),
        }
    }

    #[test]
    fn this_machine_is_open_in_all_spellings() {
        for url in [
            "http://127.0.0.1:9000/x?y",
            "http://localhost",
            "http://LOCALHOST.:1",
            "http://[::1]:9",
            "http://127.1",
            "http://2130706433",
            "http://0x7f000001:80",
            "http://0177.0.0.1",
            "http://[::ffff:127.0.0.1]",
            "https://[::ffff:7f00:1]",
            "http://127.255.0.9",
        ] {
            check(&[], url, &["authorization"], Ok(()));
        }
    }

    #[test]
    fn nothing_else_is_open_by_itself_nor_private_by_a_wildcard() {
        for host in [
            "10.0.0.5",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "169.254.1.1",
            "100.64.0.1",
            "100.100.100.200",
            "224.0.0.1",
            "255.255.255.255",
            "0.0.0.0",
            "0",
            "0.1.2.3",
            "168.63.129.16",
            "192.0.0.192",
            "198.18.0.1",
            "240.0.0.1",
            "[::]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "[fe80::1]",
            "[fec0::1]",
            "[ff02::1]",
            "[::ffff:10.0.0.5]",
            "[::ffff:a9fe:a9fe]",
            "[::10.0.0.5]",
            "[::127.0.0.1]",
            "[2002:a00:5::]",
            "[2002:7f00:1::]",
            "[64:ff9b::a00:5]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b:1::1]",
            "[::ffff:0:a00:5]",
            "[2001:0:1::f5ff:fffa]",
            "0xa9fea9fe",
            "2852039166",
            "0251.0376.0251.0376",
        ] {
            let url = format!("http://{host}:9000/");
            check(&[], &url, &[], Err("are not allowed"));
            check(
                &["*", "0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1", "8.0.0.0/5"],
                &url,
                &[],
                Err("are not allowed"),
            );
        }
        for public in ["http://1.1.1.1", "http://[2606:4700::1111]", "http://[2002:101:101::]"] {
            check(&[], public, &[], Err("are not allowed"));
            check(&["*"], public, &[], Ok(()));
            check(&["0.0.0.0/0", "::/0"], public, &[], Ok(()));
        }
        check(&["*"], "http://receiver.example", &[], Ok(()));
        check(&[], "http://receiver.example", &[], Err("`receiver.example:80`"));
        check(
            &[],
            "https://metadata.google.internal/x?token=hush",
            &[],
            Err("`metadata.google.internal:443`"),
        );
    }

    #[test]
    fn an_entry_opens_what_it_names() {
        check(&["10.0.0.5"], "http://10.0.0.5:9", &[], Ok(()));
        check(&["10.0.0.5"], "http://[::ffff:10.0.0.5]", &[], Ok(()));
        check(&["::ffff:10.0.0.5"], "http://0xa000005", &[], Ok(()));
        check(&["10.0.0.5:9"], "http://10.0.0.5:9", &[], Ok(()));
        check(&["10.0.0.5:9"], "http://10.0.0.5:10", &[], Err("`10.0.0.5:10`"));
        check(&["10.0.0.0/8"], "http://10.9.9.9", &[], Ok(()));
        check(&["::ffff:10.0.0.0/104"], "http://10.9.9.9", &[], Ok(()));
        check(&["10.1.2.3/16"], "http://10.1.9.9", &[], Ok(()));
        check(&["10.1.0.0/16"], "http://10.2.0.1", &[], Err("10.2.0.1"));
        check(&["10.1.0.0/16"], "http://anything.example", &[], Ok(()));
        check(&["fd00::/16"], "http://[fd00::7]", &[], Ok(()));
        check(&["fd00::/16"], "http://[fd00:ec2::254]", &[], Err("fd00:ec2::254"));
        check(&["169.254.0.0/16"], "http://169.254.7.7", &[], Ok(()));
        check(&["169.254.0.0/16"], "http://169.254.169.254", &[], Err("169.254.169.254"));
        check(&["169.254.169.254"], "http://169.254.169.254", &[], Ok(()));
        check(&["0.0.0.0"], "http://0.0.0.0:9000", &[], Ok(()));
        check(&["Receiver.example."], "http://receiver.EXAMPLE:81", &[], Ok(()));
        check(&["receiver.example:80"], "http://receiver.example", &[], Ok(()));
        check(&["receiver.example:80"], "https://receiver.example", &[], Err("receiver.example:443"));
    }

    #[test]
    fn a_name_that_is_allowed_opens_private_addresses_and_never_metadata() {
        let resolved = |rules: &[&str], host: &str, address: &str| {
            let target = Target { host: host.parse().unwrap(), port: 80 };
            policy(rules).allows(&target, address.parse().unwrap())
        };
        for address in ["10.0.0.5", "100.64.0.1", "fd00::7", "1.1.1.1", "127.0.0.1", "::1"] {
            assert!(resolved(&["inside.example"], "inside.example", address), "{address}");
        }
        for address in
            ["169.254.169.254", "169.254.1.1", "fd00:ec2::254", "fe80::1", "0.0.0.0", "::", "224.0.0.1"]
        {
            assert!(!resolved(&["inside.example", "*"], "inside.example", address), "{address}");
        }
        assert!(!resolved(&["inside.example"], "other.example", "10.0.0.5"));
        assert!(resolved(&["10.0.0.5"], "other.example", "10.0.0.5"));
        assert!(resolved(&["inside.example", "169.254.1.1"], "inside.example", "169.254.1.1"));
    }

    #[test]
    fn headers_that_impersonate_go_to_named_targets_only() {
        let header = |name| [name];
        for name in
            ["Authorization", "cookie", "X-Forwarded-For", "Metadata-Flavor", "X-aws-ec2-metadata-token"]
        {
            check(
                &["10.0.0.0/8"],
                "http://10.0.0.5",
                &header(name),
                Err("which no --allow-webhook-target names"),
            );
            check(&["*"], "http://receiver.example", &header(name), Err("is not allowed to"));
            check(&["10.0.0.5"], "http://10.0.0.5", &header(name), Ok(()));
            check(&["receiver.example"], "http://receiver.example", &header(name), Ok(()));
        }
        check(&["10.0.0.0/8"], "http://10.0.0.5", &header("x-own"), Ok(()));
    }

    #[test]
    fn what_the_operator_names_is_allowed_by_name() {
        let operators = TargetPolicy::default().with_url("https://10.0.0.5/hook?key=hush");
        let endpoint = |url: &str, header: &str| NewEndpoint {
            api: "ferry",
            url: url.to_owned(),
            headers: vec![(header.to_owned(), String::new())],
        };
        assert_eq!(operators.check(&endpoint("https://10.0.0.5/other", "authorization")), Ok(()));
        assert!(operators.check(&endpoint("http://10.0.0.5/other", "x-own")).is_err(), "another port");
    }

    #[test]
    fn an_entry_that_is_none_says_what_was_expected() {
        for wrong in [
            "10.0.0.0/33",
            "10.0.0/x",
            "/8",
            "http://a.example",
            "a b",
            "host:99999",
            "*.example.com",
            "",
            "::/129",
        ] {
            let error = wrong.parse::<TargetRule>().unwrap_err().to_string();
            assert!(error.contains("is no webhook target: expected"), "{wrong}: {error}");
        }
    }
}
